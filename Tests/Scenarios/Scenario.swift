// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Logs
package import Simulation

/// The logs of a few devices, written line by line in the notation of the pages.
///
/// Log f is the founder's; it founds the partnership in f1 and enrols the others in the order of
/// their names. A device's own log begins with the first line that is written for it.
package struct Scenario {
    package internal(set) var vocabulary: Vocabulary
    package private(set) var builders: [Character: LogBuilder] = [:]
    /// Of each log: where its birth, its first entry, its second and so on end.
    package private(set) var ends: [Character: [Int]] = [:]
    var chains: [Character: [Bytes16]] = [:]
    /// Of each history of a log that has forked: the seqs at which it parts from another.
    var splits: [Character: Set<UInt64>] = [:]
    var kinds: [Spot: Kind] = [:]
    private var minute: UInt64 = 0
    /// By how many minutes the clock of a log's device is wrong; those not listed are right.
    package var clocks: [Character: Int] = [:]
    private let isEnrolled: Bool

    package static let startMilliseconds: UInt64 = 1_400_000_000_000

    /// `field`, `coordinators` and `auditors` are letters, one a device. They are enrolled at once
    /// unless `isEnrolling` is false. `recovery` is the letter of who has the words on paper.
    package init(
        _ field: String = "abc", coordinators: String = "", auditors: String = "",
        vocabulary: Vocabulary = .clashes, isEnrolling: Bool = true, recovery: Character? = nil
    ) {
        self.vocabulary = vocabulary
        isEnrolled = isEnrolling
        let words = recovery.map { Scenario.device($0).words }
        add(LogBuilder(Scenario.device("f"), in: nil, recovery: words), as: "f")
        let founder = DeviceHolder(callSign: "F")
        append(.founded(partnership: "Thanet", by: founder), by: "f")
        for name in field + coordinators + auditors { begin(name) }
        guard isEnrolling else { return }
        for name in coordinators { enrol(name, as: .coordinator) }
        for name in field { enrol(name, as: .field) }
        for name in auditors { enrol(name, as: .auditor) }
    }

    package var partnership: PartnershipID {
        PartnershipID(builders["f"]?.log.origin ?? .zero)
    }

    package var names: [Character] { builders.keys.sorted() }

    package static func device(_ name: Character) -> TestDevice {
        TestDevice(name.asciiValue ?? 0)
    }

    /// The last entry of a log.
    package func last(_ name: Character) -> Spot {
        Spot(name, builders[name]?.position.tip.seq ?? 0)
    }

    package func id(_ spot: Spot) -> EntryID {
        guard let log = builders[spot.log]?.log.id else {
            preconditionFailure("there is no log \(spot.log)")
        }
        let from = splits[spot.log]?.filter { $0 <= spot.seq }.max()
        return EntryID(
            log: log, seq: spot.seq,
            branch: from.flatMap {
                $0 <= UInt64(chains[spot.log]?.count ?? 0) ? chain(Spot(spot.log, $0)) : nil
            })
    }

    /// How an entry of a log names another one.
    private func link(_ spot: Spot, in author: Character) -> Link {
        let id = id(spot)
        guard id.log != self.id(Spot(author, 1)).log else { return Link(own: spot.seq) }
        return Link(EntryID(log: id.log, seq: id.seq), chain: chain(spot))
    }

    /// Writes lines; `Line` says how they read.
    package mutating func write(_ lines: String...) {
        for text in lines { write(Line(text)) }
    }

    private mutating func write(_ line: Line) {
        precondition(line.spot.seq == last(line.spot.log).seq + 1, "\(line.spot) is out of turn")
        if let minute = line.minute { self.minute = minute - 1 }
        let author = line.spot.log
        switch line.subject {
        case .none:
            append(author, EventName.received, .none, nil, line.base)
        case .vocabulary(let number):
            append(
                author, EventName.updated, .none, ["vocabulary": .unsigned(number)], line.base)
        case .creates(let name):
            let kind = vocabulary.kind(name)
            kinds[line.spot] = kind
            append(author, "\(name).opened", .creates, changes(line, kind), line.base)
        case .about(let record):
            let link = link(record, in: author)
            let subject =
                link.log.map {
                    EntrySubject.other(EntryID(log: $0, seq: link.seq), branch: link.chain)
                } ?? .own(seq: record.seq)
            let kind = kinds[record]
            append(
                author, "\(kind?.name ?? "thing").changed", subject, changes(line, kind), line.base)
        }
    }

    private func changes(_ line: Line, _ kind: Kind?) -> [String: CBORValue] {
        var changes: [String: CBORValue] = [:]
        for text in line.changes {
            if text == "again=?" {
                changes[EntryNote.again] = .unsigned(5)
                continue
            }
            if text.hasPrefix("again=") {
                changes[EntryNote.again] = pinned(Spot(text.dropFirst(6))).value
                continue
            }
            let word = ChangeWord(text, kind: kind) { link($0, in: line.spot.log) }
            changes[word.field] = changes[word.field]?.joined(word.change) ?? word.change
        }
        return changes
    }

    /// Adds the log of one more device, or a second one of a device, under a letter of its own.
    package mutating func add(_ builder: LogBuilder, as name: Character) {
        builders[name] = builder
        ends[name] = [builder.bytes.count]
        chains[name] = []
    }

    mutating func take(_ builder: LogBuilder, ends: [Int], as name: Character) {
        builders[name] = builder
        self.ends[name] = ends
    }

    private mutating func begin(_ name: Character) {
        add(LogBuilder(Scenario.device(name), in: partnership), as: name)
    }

    /// Signs a log up to its last entry.
    package mutating func seal(_ name: Character) {
        builders[name]?.seal()
        guard let size = builders[name]?.bytes.count, let last = ends[name]?.indices.last else {
            return
        }
        ends[name]?[last] = size
    }

    /// One entry as a batch of its own; the base names places of other logs.
    package mutating func append(
        _ author: Character, _ type: String, _ subject: EntrySubject,
        _ changes: [String: CBORValue]?, _ base: [Named], with oddity: Oddity? = nil
    ) {
        guard var builder = builders[author] else { preconditionFailure("no log \(author)") }
        minute += 1
        let named = base + enrolments(besides: base, for: author)
        let elements = named.flatMap(elements) + odd(oddity, base, of: author)
        let salt = [UInt8](repeating: author.asciiValue ?? 0, count: Limits.salt)
        let body = Event(type, .none, changes).encodedChanges.map {
            EntryBody.bytes(salt: salt, changes: $0)
        }
        let header = EntryHeader(
            place: (builder.position.tip.seq + 1, time(in: builder)), type: type,
            subject: subject, base: elements, bodyDigest: body.map { EntryBody.digest($0) })
        builder.append([shaped(header, body, by: oddity)])
        if oddity == .rottenBody { builder.rotLastBody() }
        builders[author] = builder
        ends[author]?.append(builder.bytes.count)
        chains[author]?.append(builder.position.tip.chain.first)
    }

    /// What a clock says, but after the entry before.
    private func time(in builder: LogBuilder) -> HybridTime {
        let name = builders.first { $0.value.log.id == builder.log.id }?.key
        let wrong = name.flatMap { clocks[$0] } ?? 0
        let told = HybridTime(
            milliseconds: Scenario.startMilliseconds + UInt64(max(0, Int(minute) + wrong)) * 60_000)
        return max(told, HybridTime(raw: builder.position.tip.time.raw + 1))
    }

    /// The items of a base that say what it names.
    private func elements(_ name: Named) -> [BaseElement] {
        let log = id(name.spot).log
        let seen = BaseElement.seen(log: log, seq: name.spot.seq, chain: chain(name.spot))
        return name.except.isEmpty ? [seen] : [.except(log: log, runs: name.except), seen]
    }

    /// Who has seen an entry of a device has seen its enrolment too, where the scenario began with
    /// everyone enrolled.
    private func enrolments(besides base: [Named], for author: Character) -> [Named] {
        guard isEnrolled, author != "f", base.isEmpty == false,
            base.contains(where: { $0.spot.log == "f" }) == false
        else { return [] }
        return [Named(last("f"))]
    }

    /// The first half of the chain value after an entry.
    package func chain(_ spot: Spot) -> Bytes16 {
        chains[spot.log]?[Int(spot.seq) - 1] ?? Bytes16(high: 0, low: 0)
    }
}
