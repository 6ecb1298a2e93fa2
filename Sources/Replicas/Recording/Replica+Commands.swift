// SPDX-License-Identifier: MIT
import Basics
package import Commands
import Events
import Logs
import Merging
import Projections
import Queries

extension Replica {
    /// Who this device records as. Throws a rejection for an auditor's device or one that is cut.
    package func author(today: String) throws -> DecisionContext {
        let enrolled = book.roster.device(device.key)
        if enrolled?.isCut == true {
            throw Rejection(
                "This device's access has ended, so that nothing can be recorded on it.",
                advice: "Ask a coordinator.")
        }
        // Before it is enrolled a device may record: its entries wait until it is.
        let book = book
        return DecisionContext(
            role: enrolled?.role ?? .field, log: device.log, today: today,
            find: { (text, kind) throws(Rejection) in
                try Replica.rejecting {
                    book.logs.entry(
                        at: try book.find(text, kind: kind.flatMap { book.vocabulary.kind($0) }))
                }
            },
            findPart: { (text, record, field) throws(Rejection) in
                let place = try book.findEntry(text).map { book.seen.repeats.counted($0) }
                let parts = try Replica.rejecting { try book.parts(of: record.place) }
                guard let part = parts.first(where: { $0.entry == place && $0.field == field })
                else {
                    throw Rejection(
                        "'\(text)' is no entry under '\(field.label)' of this \(record.kind.name).",
                        advice: "'beatbook show' names each of them, such as W07#112.")
                }
                return KnownPart(
                    entry: book.logs.entry(at: part.entry), isVoid: part.standing == .void)
            },
            preview: { [self] (record, events) throws(Rejection) in
                try Replica.rejecting { try preview(record, after: events) }
            },
            pins: { (conflicts) throws(Rejection) in
                try Replica.rejecting { try Replica.pins(conflicts, in: book) }
            })
    }

    /// Who has this device; empty where no record says it.
    package var holderName: String {
        get throws(Failure) {
            guard let device = book.roster.device(device.key) else { return "" }
            return try book.holder(of: device).name
        }
    }

    /// Decides a wish and records nothing yet.
    package func decide(_ wish: Command, today: String) throws -> Decision {
        try Decider(try author(today: today)).decide(wish)
    }

    /// Decides what settles a conflict and records nothing yet.
    package func decide(_ settlement: Settlement, today: String) throws -> Decision {
        try Decider(try author(today: today)).decide(settlement)
    }

    /// The record as it would read after events, which would carry what is news now. Nil where a
    /// new log would be begun for them, or nothing that this device writes counts yet.
    private func preview(_ record: RecordView, after events: [Event]) throws(Failure) -> Preview? {
        guard let own = heldOwnLog, damage[own.id] == nil,
            let index = row(ofOwn: own.id)?.index
        else { return nil }
        var encoder = EntryEncoder(
            log: own.id, tip: try position(of: own).tip, surroundings: surroundings,
            observed: observedTime(), base: try nextBase(of: own.id))
        guard let preview = try book.preview(record, after: encoder.entries(events), of: index)
        else { return nil }
        var missing: [Conflict.Matter: String] = [:]
        let unseen = Set(preview.unseen)
        let waiting = unseen.isEmpty ? [] : try book.waiting()
        for conflict in record.conflicts where unseen.isEmpty == false {
            missing[conflict.matter] = whatIsMissing(conflict, unseen, waiting)
        }
        return Preview(record: preview.record, missing: missing)
    }

    /// Which sides of a conflict the next entry would not have in sight, and why; nil for none.
    private func whatIsMissing(
        _ conflict: Conflict, _ unseen: Set<EntryRef>, _ waiting: [(entry: EntryRef, need: String)]
    ) -> String? {
        let sentences = conflict.sides.map(\.entry).filter(unseen.contains).map { side in
            let name = book.entryName(side)
            let first = waiting.first { $0.entry.log == side.log && $0.entry.seq <= side.seq }
            guard let first else { return "your entry would not have \(name) in sight." }
            let (what, need) = (book.entryName(first.entry), first.need)
            return """
                your entry would not have \(name) in sight, since \(what) waits for a \(need) that \
                is not here.
                """
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " Also, ")
    }

    /// The sides of conflicts with the histories that they stand in, each once, by log and seq: of
    /// very many as many as an entry has room for.
    private static func pins(
        _ conflicts: [Conflict], in book: Book
    ) throws(Failure) -> [PinnedEntry] {
        let order = CanonicalOrder(book.logs)
        let sides = Set(
            conflicts.flatMap { $0.sides.prefix(Conflict.sideLimit) }.prefix(pinLimit).map(\.entry))
        var pins: [PinnedEntry] = []
        for side in sides.sorted(by: order.precedes) {
            guard let chain = try book.chain(side) else { continue }
            let id = book.logs.id(of: side.log)
            pins.append(PinnedEntry(log: id, seq: side.seq, chain: chain))
        }
        return pins
    }

    private static let pinLimit = 1_024

    /// Index trouble during a look-up is told as a rejection: the look-up found nothing to use.
    private static func rejecting<Result>(
        _ body: () throws -> Result
    ) throws(Rejection) -> Result {
        do { return try body() } catch let error as Rejection { throw error } catch {
            let failure = error as? Failure
            throw Rejection(
                failure?.sentence ?? "The book could not be looked into.",
                advice: failure?.advice ?? "")
        }
    }
}
