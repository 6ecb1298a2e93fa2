// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Syncing

/// A log of this device's own of which others hold another history: its folder was put back from a
/// copy, or copied and used twice.
///
/// What was never shared is written again in a new log, and only then cut from the old one, which
/// takes in what the others hold. So no second history gets about. Ended at any place, it goes on
/// from there when the book is next opened for writing.
extension Replica {
    /// Gives way where what was collected is another history of what was never shared here. Gives
    /// whether it did: what was collected then has to be collected anew.
    func giveWay(to collected: Collected, _ report: inout SyncReport) throws(Failure) -> Bool {
        var starts: [LogID: UInt64] = [:]
        for file in collected.files {
            guard case .forked(let fork) = file.outcome, let start = try unsharedStart(of: fork)
            else { continue }
            starts[fork.log] = min(starts[fork.log] ?? .max, start)
        }
        var hasGivenWay = false
        var isKept = false
        for (log, start) in starts.sorted(by: { $0.key < $1.key }) {
            guard let source = ownSource(log) else { continue }
            if try giveWay(source, from: start) { hasGivenWay = true } else { isKept = true }
        }
        // What cannot be moved is signed, and is then one of the log's histories.
        if isKept { try sealOwnLogs() }
        guard hasGivenWay else { return isKept }
        report.remarks.append(
            """
            This device was put back from an older copy, or another copy of it is in use. What it \
            had recorded and not shared was recorded again in a new log; what others hold of the \
            old one is taken in.
            """)
        return true
    }

    /// Ends what was begun and stopped: a later log of this device says that an earlier one ends
    /// before what is written there and not shared.
    func finishGivingWay() throws(Failure) {
        for source in sources where source.isOwn {
            guard let row = row(of: source), let position = row.position,
                let end = try namedEnd(of: source, row.index, position)
            else { continue }
            _ = try giveWay(source, from: end + 1)
        }
        try tellRenamed()
    }

    /// The file of a log that this device writes, or wrote.
    private func ownSource(_ log: LogID) -> LogSource? {
        sources.first { $0.isOwn && $0.identity.id == log }
    }

    /// From which entry on this device holds another history than was met, and never shared it; nil
    /// if it did, or has none.
    private func unsharedStart(of fork: Fork) throws(Failure) -> UInt64? {
        guard let source = ownSource(fork.log),
            let row = row(of: source), let position = row.position, damage[fork.log] == nil,
            fork.seq > position.sealedTip.seq, fork.seq <= position.tip.seq,
            try book.chain(EntryRef(row.index, fork.seq)) == fork.held.first
        else { return nil }
        // Where they part is known only if they agree on the entry before.
        return fork.isFirst ? fork.seq : position.sealedTip.seq + 1
    }

    /// Where the log that was begun after this one says that it ends, if that is before its end and
    /// among what was never shared.
    private func namedEnd(
        of source: LogSource, _ index: LogIndex, _ position: LogPosition
    ) throws(Failure) -> UInt64? {
        for later in sources where later.isOwn {
            guard let previous = later.identity.birth.previous,
                previous.log == source.identity.id, previous.seq < position.tip.seq,
                previous.seq >= position.sealedTip.seq
            else { continue }
            let chain =
                previous.seq == 0
                ? source.identity.origin.first
                : try book.chain(EntryRef(index, previous.seq))
            if chain == previous.chain.first { return previous.seq }
        }
        return nil
    }

    private func giveWay(_ source: LogSource, from seq: UInt64) throws(Failure) -> Bool {
        let log = source.identity
        let view = try source.view()
        guard let tail = OwnTail(view.bytes, of: log, from: seq) else { return false }
        var repeats = Repeats()
        for other in sources where other.isOwn && other.identity.id != log.id {
            repeats.read(try other.view().bytes, of: other.identity, repeating: tail)
        }
        // What was written since may rest on the old history: then both are kept.
        guard device.log == log.id || repeats.mixed.contains(device.log) == false else {
            return false
        }
        repeating = (log.id, tail.ranges)
        defer { repeating = nil }
        let sight = try sight(of: log, upTo: tail.before)
        let names = try references(of: tail)
        if device.log == log.id {
            _ = try beginNewLog(
                after: log, endingAt: tail.before, before: tail.items.first?.header.time)
        }
        let moved = try repeatEntries(of: tail, besides: repeats.entries, seeing: [sight])
        _ = try cut(log.id, view, at: tail.offset)
        written = nil
        try refreshSources()
        _ = try rebuildIndex()
        rename(names, as: moved)
        return true
    }

    /// The records that a tail makes, by seq, as they were called.
    func references(of tail: OwnTail) throws(Failure) -> [(seq: UInt64, name: String)] {
        let made = Set(
            tail.items.filter { $0.header.subject == .creates }.map(\.header.seq))
        if let known = calledBefore[tail.log.id] { return known.filter { made.contains($0.seq) } }
        guard let log = row(ofOwn: tail.log.id)?.index else { return [] }
        return try references(of: log, among: made.sorted())
    }

    /// What records are called that entries of a log made, by seq; those that no index has read
    /// have no references.
    func references(
        of log: LogIndex, among seqs: some Sequence<UInt64>
    ) throws(Failure) -> [(seq: UInt64, name: String)] {
        var names: [(seq: UInt64, name: String)] = []
        for seq in seqs {
            let place = EntryRef(log, seq)
            guard try book.kind(of: place) != nil else { continue }
            names.append((seq, try book.reference(place)))
        }
        return names
    }

    /// Remembers what records were called that are recorded elsewhere now.
    func rename(_ names: [(seq: UInt64, name: String)], as moved: [UInt64: EntryID]) {
        renamed += names.compactMap { name in moved[name.seq].map { (name.name, $0) } }
    }

    /// Says how records are called that were called otherwise before, once all is there that gives
    /// them names.
    func tellRenamed() throws(Failure) {
        var sentences: [String] = []
        for (name, entry) in renamed.prefix(Replica.toldNames) {
            guard let place = book.logs.place(of: entry) else { continue }
            sentences.append("\(name) is now \(try book.reference(place))")
        }
        let rest = renamed.count - Replica.toldNames
        renamed = []
        guard sentences.isEmpty == false else { return }
        if rest > 0 { sentences.append("and \(rest) more") }
        remarks.append(
            """
            Records that were recorded again have new references: \
            \(sentences.joined(separator: ", ")).
            """)
    }

    private static let toldNames = 10

    /// Gives where each entry of the tail stands now.
    func repeatEntries(
        of tail: OwnTail, besides repeated: [UInt64: EntryID], seeing sights: [[BaseElement]]
    ) throws(Failure) -> [UInt64: EntryID] {
        let log = try ownLog
        var writer = LogWriter(
            log, at: paths.log(log.id), after: try position(of: log), files: surroundings.files)
        let book = book
        let index = row(ofOwn: tail.log.id)?.index
        var repeater = EntryRepeater(
            tail, after: writer.position.tip, of: log.id, knowing: repeated,
            entropy: surroundings.entropy
        ) { (seq) throws(Failure) in
            try index.flatMap { (index) throws(Failure) in
                try book.chain(EntryRef(index, seq))
            }
        }
        if repeated.isEmpty { for sight in sights { repeater.receive(sight) } }
        for item in tail.items {
            try repeater.add(item)
            if repeater.size >= Replica.repeatedSize || repeater.entries.count >= 1_000 {
                try writer.append(repeater.takeEntries(), sealingWith: device.signing)
            }
        }
        if repeater.entries.isEmpty == false {
            try writer.append(repeater.takeEntries(), sealingWith: device.signing)
        }
        try bearWitness(log, writer.position.tip)
        remember()
        return repeater.repeated
    }

    /// No batch that is repeated is much larger: the largest body fits beside it.
    private static let repeatedSize = 262_144

    /// All that an entry of the own log had in sight, itself included, as a base says it; of other
    /// logs up to `known`, where the index has read further.
    func sight(
        of log: LogIdentity, upTo tip: LogTip, known: UInt64? = nil
    ) throws(Failure) -> [BaseElement] {
        let seq = max(tip.seq, known ?? 0)
        guard tip.seq > 0, let index = row(ofOwn: log.id)?.index else { return [] }
        var base = [BaseElement.seen(log: log.id, seq: tip.seq, chain: tip.chain.first)]
        for row in book.rows where row.id != log.id {
            let steps = book.seen.causality.steps(of: index, about: row.index)
            let reach = steps.reach(at: seq)
            guard reach > 0, let chain = try book.chain(EntryRef(row.index, reach)) else {
                continue
            }
            let holes = steps.holes(at: seq)
            if holes.isEmpty == false { base.append(.except(log: row.id, runs: holes)) }
            base.append(.seen(log: row.id, seq: reach, chain: chain))
        }
        try book.seen.causality.check()
        return base
    }
}
