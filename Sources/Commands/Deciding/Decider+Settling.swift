// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Projections

/// What a person decides about a field on which people disagree.
package struct Settlement {
    package let record: RecordView
    package let field: Field
    /// The register's key for a keyed field, else empty.
    package let key: String
    /// What it shall read; nil keeps all elements of a set, and is refused for anything else.
    package let value: String?
    package let notes: Command.Notes

    package init(
        _ record: RecordView, _ field: Field, key: String, value: String?, notes: Command.Notes
    ) {
        self.record = record
        self.field = field
        self.key = key
        self.value = value
        self.notes = notes
    }
}

extension Decider {
    /// The event that settles a conflict or a finding: a write by someone who has seen all sides.
    package func decide(_ settlement: Settlement) throws(Rejection) -> Decision {
        let field = settlement.field
        let kind = settlement.record.kind
        guard field.writers.allows(author.role) else {
            throw Rejection(
                "Only a coordinator settles '\(field.label)' of \(kind.plural).",
                advice: "Ask your coordinator; nothing was written.")
        }
        if case .cautious(let caution) = field.family, caution.mayEase.allows(author.role) == false
        {
            throw Rejection(
                "'\(field.label)' is settled by a coordinator.", advice: "Nothing was written.")
        }
        let view = settlement.record.field(field.name)
        let isAsked =
            view?.isDisputed == true
            || settlement.record.findings.contains { $0.field == field.name }
        guard isAsked, let view else {
            throw Rejection(
                "Nobody disagrees on '\(field.label)' of this \(kind.name).",
                advice: "'beatbook conflicts' shows what waits.")
        }
        var body = [field.name: try settled(settlement, view)]
        guard let reason = settlement.notes.reason?.trimmed, reason.isEmpty == false else {
            throw Rejection(
                "A settlement needs to know why.",
                advice: "Add --reason \"...\": it stays in the history. Nothing was written.")
        }
        body[EntryNote.reason] = .text(reason)
        let event = Event("\(kind.name).settled", .record(settlement.record.id), body)
        return Decision(events: [event])
    }

    /// The values that were chosen stay, the others go; without a choice all stay.
    private func kept(
        _ settlement: Settlement, of elements: [CBORValue]
    ) throws(Rejection) -> CBORValue {
        guard let text = settlement.value else { return Change.added(elements).encoded }
        var chosen: [CBORValue] = []
        for part in text.split(separator: ";") {
            chosen.append(try reader.value(String(part), for: settlement.field))
        }
        let others = elements.filter { chosen.contains($0) == false }
        guard others.isEmpty == false else { return Change.added(chosen).encoded }
        return Change.set(adding: chosen, removing: others).encoded
    }

    /// Nothing is settled by leaving the answer out: what is shown may be a closing that harm
    /// suspends.
    private func askForValue(_ settlement: Settlement) -> Rejection {
        let field = settlement.field
        let choices =
            field.choices.isEmpty
            ? "" : " It is one of: \(field.choices.joined(separator: ", "))."
        return Rejection(
            "Say what '\(field.label)' shall read: it is not settled without a value.",
            advice: "'beatbook show' tells what each side says.\(choices) Nothing was written.")
    }

    private func settled(
        _ settlement: Settlement, _ view: FieldView
    ) throws(Rejection) -> CBORValue {
        let field = settlement.field
        switch view.content {
        case .set(let elements, _):
            return try kept(settlement, of: elements.map(\.value))
        case .tally, .parts:
            throw Rejection(
                "'\(field.label)' is put right by what is missing: a correction with its reason.",
                advice: "See 'beatbook \(settlement.record.kind.name) --help'.")
        case .registers(let registers):
            guard let text = settlement.value else { throw askForValue(settlement) }
            let value = try reader.value(text, for: field)
            guard field.key != nil else { return value }
            guard settlement.key.isEmpty == false,
                registers.contains(where: { $0.key == settlement.key })
            else {
                let keys = registers.filter(\.isDisputed).map(\.key).joined(separator: ", ")
                throw Rejection(
                    "'\(field.label)' has several parts: say which one.",
                    advice: "Disputed are: \(keys).")
            }
            return Change.keyed([settlement.key: value]).encoded
        }
    }
}
