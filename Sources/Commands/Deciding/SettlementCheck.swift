// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections

/// Finds out what events settle of the record that they are about, whichever verb makes them: that
/// takes the right to, and a reason, and the first event names what it settles.
struct SettlementCheck {
    private let author: DecisionContext
    private let record: RecordView
    private let events: [Event]
    let preview: Preview?

    init(_ author: DecisionContext, _ record: RecordView, _ events: [Event]) throws(Rejection) {
        self.author = author
        self.record = record
        self.events = events
        preview = record.conflicts.isEmpty ? nil : try author.preview(record, events)
    }

    /// The events with what they settle named in the first of them. Throws a rejection where the
    /// author may not settle that, or does not say why.
    func decision(_ remarks: [String] = [], hasReason: Bool) throws(Rejection) -> Decision {
        let settled = settled
        guard settled.isEmpty == false, let first = events.first else {
            return Decision(events: events, remarks: remarks)
        }
        for conflict in settled { try checkGuarded(conflict) }
        guard hasReason else { throw askForReason(settled) }
        let pins = try author.pins(settled)
        guard pins.isEmpty == false else {
            return Decision(events: events, remarks: remarks, settled: settled)
        }
        var changes = first.changes ?? [:]
        changes[EntryNote.settles] = .array(pins.map(\.value))
        let named = Event(first.type, first.subject, changes, links: first.links)
        return Decision(
            events: [named] + events.dropFirst(), remarks: remarks, settled: settled)
    }

    /// What stands now and would not stand any more. Where that cannot be told, what is written on.
    private var settled: [Conflict] {
        guard record.conflicts.isEmpty == false else { return [] }
        if let preview { return record.settled(in: preview.record) }
        return record.conflicts.filter { $0.isOfCounts == false && writes($0.field.name) }
    }

    private func writes(_ field: String) -> Bool {
        events.contains { $0.subject == .record(record.id) && $0.changes?[field] != nil }
    }

    /// What a rule suspends comes into force by the word of those alone who may decide on that.
    private func checkGuarded(_ conflict: Conflict) throws(Rejection) {
        guard let finding = conflict.finding, finding.guarded.isEmpty == false,
            conflict.settlers.allows(author.role) == false, writes(finding.field)
        else { return }
        let shown = (preview?.record ?? record).field(finding.field)?.shown ?? .null
        guard finding.guarded.contains(shown) else { return }
        let value = shown.text ?? ""
        throw Rejection(
            "\(finding.sentence) Only a coordinator decides that it reads '\(value)' all the same.",
            advice: """
                Tell your coordinator what you know, or add a note to the \(record.kind.name); \
                nothing was written.
                """)
    }

    private func askForReason(_ settled: [Conflict]) -> Rejection {
        let names = settled.map { conflict in
            let key = conflict.key.isEmpty ? "" : " (\(conflict.key))"
            return "'\(conflict.field.label)'\(key)"
        }
        return Rejection(
            "This would settle what is open on \(names.unique().joined(separator: " and ")) of the "
                + "\(record.kind.name), and a settlement needs to know why.",
            advice: """
                'beatbook show' tells what each side says. Add --reason "...": it stays in the \
                history. Nothing was written.
                """)
    }
}

extension Command.Notes {
    /// Whether it is said why.
    var hasReason: Bool { reason?.trimmed.isEmpty == false }
}
