// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Logs

/// Gives events their places at the end of a log: seq, time, base, salt, digest.
package struct EntryEncoder {
    let log: LogID
    let surroundings: Surroundings
    private var seq: UInt64
    private var time: HybridTime
    /// The latest time taken in from others that may be adopted.
    private let observed: HybridTime
    /// What the entries to come say was newly taken in, a header each.
    private var bases: [[BaseElement]]
    /// The latest time that the entries may have, where others are to follow that happened before
    /// now.
    var latest: HybridTime?

    package init(
        log: LogID, tip: LogTip, surroundings: Surroundings,
        observed: HybridTime = HybridTime(raw: 0), base: [BaseElement] = []
    ) {
        self.log = log
        self.surroundings = surroundings
        self.observed = observed
        bases = BaseElement.byHeader(base)
        seq = tip.seq
        time = tip.time
    }

    /// The entries of one batch. A base that is too long for one header comes first, in receipts.
    package mutating func entries(_ events: [Event]) -> [EntryBytes] {
        var entries: [EntryBytes] = []
        while bases.count > 1 {
            entries.append(entry(Event(EventName.received, .none, nil), first: 0))
        }
        let first = seq + 1
        for event in events { entries.append(entry(event, first: first)) }
        return entries
    }

    /// `first` is the seq of the batch's first event, which links within the batch count from.
    private mutating func entry(_ event: Event, first: UInt64) -> EntryBytes {
        seq += 1
        time = HybridTime.next(
            clockMilliseconds: surroundings.clock.nowMilliseconds(), last: time, observed: observed)
        if let latest { time = min(time, latest) }
        var linked = event
        if event.links.isEmpty == false {
            var changes = event.changes ?? [:]
            for (field, place) in event.links {
                changes[field] = .array([.unsigned(0), .unsigned(first + UInt64(place))])
            }
            linked = Event(event.type, event.subject, changes)
        }
        let body = linked.encodedChanges.map {
            EntryBody.bytes(salt: surroundings.entropy.bytes(Limits.salt), changes: $0)
        }
        let header = EntryHeader(
            place: (seq, time), type: event.type, subject: subject(event.subject, first),
            base: bases.isEmpty ? [] : bases.removeFirst(),
            bodyDigest: body.map { EntryBody.digest($0) })
        return EntryBytes(header: header.encoded, body: body)
    }

    private func subject(_ subject: EventSubject, _ first: UInt64) -> EntrySubject {
        switch subject {
        case .creates: .creates
        case .none: .none
        case .record(let id):
            id.log == log
                ? .own(seq: id.seq)
                : .other(EntryID(log: id.log, seq: id.seq), branch: id.branch)
        case .created(let place): .own(seq: first + UInt64(place))
        }
    }
}
