// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// What reading new bytes of the logs brought in, before any record is touched.
struct LogReading {
    /// One new entry about a record.
    struct Fresh {
        /// The record's place, raw.
        var record: UInt64
        /// The entry's place, raw.
        let place: UInt64
        let offset: Int
        /// Which record of its log an entry creates, counted from 1; 0 if it creates none.
        let number: UInt64
        /// Whether its record was looked for: nothing else can be meant.
        var isFound = false
    }

    /// A new entry, by its place in `fresh`, that gives its record's history.
    struct Pin {
        var entry: Int
        let link: EntryID
        let history: Bytes16
    }

    /// One entry of which it is not known which record it is about.
    struct Stranded {
        let link: EntryID
        let place: EntryRef
        let offset: Int
    }

    /// A log that could be read only in part.
    struct Trouble {
        let log: LogIndex
        let offset: Int
        let error: LogError
    }

    static let markDistance = 16_384
    /// About so many bytes of a log are one entry.
    private static let usualSize = 192

    var fresh: [Fresh] = []
    var pins: [Pin] = []
    var stranded: [Stranded] = []
    var claims: [Claim] = []
    var repeats: [Repeat] = []
    var chains: [LogIndex: ChainRun] = [:]
    var marks: [(log: LogIndex, mark: Mark)] = []
    var roster: [(place: EntryRef, offset: Int)] = []
    /// Entries about no record of which this program does not know all.
    var unread: [(entry: EntryRef, why: Unread)] = []
    var troubles: [Trouble] = []
    /// How many entries were read by log, and how many of them were not automatic.
    var counts: [LogIndex: (all: Int, told: Int)] = [:]
    /// Whether entries about records are gathered: a check has no use for them.
    let keepsFresh: Bool
    /// How far the log's bases have named each other one in what was read now.
    private var named: [LogID: UInt64] = [:]
    private var read = 0
    private var told = 0

    private static let automatic = EventName.automatic.map { EntryType($0) }
    /// A sealed entry about no record says who opened a restricted one.
    static func isAutomatic(_ header: EntryHeader) -> Bool {
        header.subject == .none && (automatic.contains(header.label) || header.label == .sealed)
    }

    static let aboutSoftware = EntryType(EventName.updated)
    private static let aboutRoster = RosterEvent.types.map { EntryType($0) }
    private static let known = EventName.used.map { EntryType($0) }

    init(keepsFresh: Bool = true) { self.keepsFresh = keepsFresh }

    /// Lets go of all that is said of single entries.
    mutating func forgetPlaces() {
        fresh = []
        pins = []
        stranded = []
        claims = []
        repeats = []
        chains = [:]
    }

    /// Reads what is new of one log, with a reading that has read no other; `row` moves on to its
    /// end.
    mutating func read(
        _ source: LogSource, _ row: inout LogRow, _ table: LogTable, bounds: Bounds
    ) throws(Failure) {
        let bytes = try source.view().bytes
        row.identity = source.identity
        row.sizeRead = source.size
        do throws(LogError) {
            var scanner =
                if let position = row.position {
                    LogScanner(bytes, of: source.identity, from: position)
                } else {
                    try LogScanner(bytes)
                }
            try read(&scanner, source, &row, table, bounds: bounds)
        } catch {
            troubles.append(
                Trouble(log: row.index, offset: row.position?.offset ?? 0, error: error))
        }
    }

    private mutating func read(
        _ scanner: inout LogScanner, _ source: LogSource, _ row: inout LogRow,
        _ table: LogTable, bounds: Bounds
    ) throws(LogError) {
        let limit = min(bounds.limit(of: row.index), row.end ?? .max)
        var run = ChainRun(first: max(scanner.position.tip.seq + 1, row.from))
        // Room for about all of them: to grow is to copy, and what is not used costs nothing.
        let expected = (source.size - scanner.position.offset) / LogReading.usualSize
        run.reserve(expected)
        if keepsFresh { fresh.reserveCapacity(expected) }
        var marked = scanner.position.offset
        if row.position == nil { row.position = scanner.position }
        defer {
            chains[row.index] = run
            if read > 0 { counts[row.index] = (read, told) }
        }
        var sealed = Sealed(self, row, run)
        defer { if source.countsUnsealed == false { goBack(to: sealed, &row, &run) } }
        // An entry within the bounds may be covered by a seal that stands behind them.
        while scanner.position.tip.seq < limit
            || source.countsUnsealed == false && scanner.isSealed == false,
            let step = try scanner.next()
        {
            if step == .batch {
                for entry in scanner.entries where entry.header.seq <= limit {
                    guard entry.header.seq >= row.from else {
                        pass(entry, &row)
                        continue
                    }
                    take(entry, &row, table, within: bounds)
                    run.append(entry)
                }
            }
            let position = scanner.position
            if step == .seal || position.offset - marked >= LogReading.markDistance {
                marked = position.offset
                let mark = Mark(
                    seq: position.tip.seq, offset: position.offset, time: position.tip.time,
                    chain: position.tip.chain)
                marks.append((row.index, mark))
            }
            row.position = row.end == nil ? position : end(of: row, position, scanner.entries)
            if step == .seal { sealed = Sealed(self, row, run) }
        }
    }

    /// How much had been read when the last seal was.
    private struct Sealed {
        let row: LogRow
        let fresh: Int
        let pins: Int
        let stranded: Int
        let claims: Int
        let repeats: Int
        let roster: Int
        let unread: Int
        let marks: Int
        let values: Int
        let read: Int
        let told: Int

        init(_ reading: LogReading, _ row: LogRow, _ run: ChainRun) {
            self.row = row
            fresh = reading.fresh.count
            pins = reading.pins.count
            stranded = reading.stranded.count
            claims = reading.claims.count
            repeats = reading.repeats.count
            roster = reading.roster.count
            unread = reading.unread.count
            marks = reading.marks.count
            values = run.values.count
            read = reading.read
            told = reading.told
        }
    }

    /// What follows the last seal of another device's log does not exist.
    private mutating func goBack(
        to sealed: Sealed, _ row: inout LogRow, _ run: inout ChainRun
    ) {
        let sizeRead = row.sizeRead
        row = sealed.row
        row.sizeRead = sizeRead
        fresh.removeLast(fresh.count - sealed.fresh)
        pins.removeLast(pins.count - sealed.pins)
        stranded.removeLast(stranded.count - sealed.stranded)
        claims.removeLast(claims.count - sealed.claims)
        repeats.removeLast(repeats.count - sealed.repeats)
        roster.removeLast(roster.count - sealed.roster)
        unread.removeLast(unread.count - sealed.unread)
        marks.removeLast(marks.count - sealed.marks)
        run.keep(sealed.values)
        read = sealed.read
        told = sealed.told
    }

    private mutating func take(
        _ entry: EntryView, _ row: inout LogRow, _ table: LogTable, within bounds: Bounds
    ) {
        let place = EntryRef(row.index, entry.header.seq)
        read += 1
        if LogReading.isAutomatic(entry.header) == false {
            told += 1
            row.toldSeq = entry.header.seq
            row.toldChain = entry.chain
        }
        row.absent.add(entry)
        takeBase(of: entry, at: place)
        var number: UInt64 = 0
        if case .creates = entry.header.subject {
            row.records += 1
            number = row.records
        }
        guard let subject = Subject(of: entry.header, at: place, table, named: named) else {
            if LogReading.aboutRoster.contains(entry.header.label) {
                roster.append((place, entry.offset))
            } else if entry.header.label == LogReading.aboutSoftware,
                let number = LogReading.vocabulary(entry)
            {
                row.vocabulary.add(number, at: place.seq)
            }
            noteUnread(entry, at: place)
            return
        }
        guard keepsFresh, bounds.contains(place) else { return }
        if let named = entry.again {
            repeats.append(Repeat(entry: place, offset: entry.offset, named: named))
        }
        switch subject {
        case .held(let record):
            if case .other(let id, let history?) = entry.header.subject {
                pins.append(Pin(entry: fresh.count, link: id, history: history))
            }
            fresh.append(
                Fresh(
                    record: record.raw, place: place.raw, offset: entry.offset, number: number))
        case .unknown(let link):
            stranded.append(Stranded(link: link, place: place, offset: entry.offset))
        }
    }

    private mutating func noteUnread(_ entry: EntryView, at place: EntryRef) {
        if entry.header.isFromLaterVersion {
            unread.append((place, .header))
        } else if LogReading.known.contains(entry.header.label) == false {
            unread.append((place, .type))
        }
    }

    private mutating func takeBase(of entry: EntryView, at place: EntryRef) {
        // What a later version says is not known, its base neither.
        guard entry.header.base.isEmpty == false, entry.header.isFromLaterVersion == false
        else { return }
        let exceptions = BaseElement.exceptions(entry.header.base)
        for case .seen(let log, let upTo, let chain) in entry.header.base {
            named[log] = max(
                named[log] ?? 0, LogReading.reach(upTo, except: exceptions[log] ?? []))
            claims.append(
                Claim(
                    place: place, about: log, upTo: upTo, chain: chain,
                    except: exceptions.isEmpty ? [] : exceptions[log] ?? []))
        }
    }

    /// The last entry that a base names, where its last ones may be left out.
    static func reach(_ upTo: UInt64, except: [ClosedRange<UInt64>]) -> UInt64 {
        except.reversed().reduce(upTo) { reach, run in
            run.contains(reach) ? run.lowerBound - 1 : reach
        }
    }

    /// The vocabulary number that an entry states; nil for one that cannot be used.
    static func vocabulary(_ entry: EntryView) -> UInt64? {
        guard entry.header.isFromLaterVersion == false, case .map(let pairs)? = entry.said,
            case .unsigned(let number)? = pairs[.text("vocabulary")], number > 0
        else { return nil }
        return number
    }
}
