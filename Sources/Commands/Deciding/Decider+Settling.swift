// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Projections

/// What a person decides about a field on which people disagree.
package struct Settlement {
    package let record: RecordView
    package let field: Field
    /// The register's key for a keyed field, the part's entry for a part, else empty.
    package let key: String
    /// What it shall read.
    package let answer: Answer
    package let notes: Command.Notes

    /// What a person says that a field shall read.
    package enum Answer: Hashable, Sendable {
        case value(String)
        /// Nothing: it is cleared.
        case cleared
        /// Nothing is said: all elements of a set stay, and anything else is refused.
        case none
    }

    package init(
        _ record: RecordView, _ field: Field, key: String, answer: Answer, notes: Command.Notes
    ) {
        self.record = record
        self.field = field
        self.key = key
        self.answer = answer
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
        let matters = try matters(of: settlement)
        var body = [field.name: try change(settlement, matters[0])]
        try addFollowing(&body, kind, settlement.record)
        guard settlement.notes.hasReason, let reason = settlement.notes.reason else {
            throw Rejection(
                "A settlement needs to know why.",
                advice: "Add --reason \"...\": it stays in the history. Nothing was written.")
        }
        body[EntryNote.reason] = .text(reason.trimmed)
        let event = Event("\(kind.name).settled", .record(settlement.record.id), body)
        let check = try SettlementCheck(author, settlement.record, [event])
        let decision = try check.decision(hasReason: true)
        for matter in matters where decision.settled.contains(matter) == false {
            throw stays(matter, check.preview)
        }
        return decision
    }

    /// What is open on the field, under the key that is named. Never empty.
    private func matters(of settlement: Settlement) throws(Rejection) -> [Conflict] {
        let field = settlement.field
        let open = settlement.record.conflicts(on: field.name)
        guard open.isEmpty == false else {
            throw Rejection(
                "Nobody disagrees on '\(field.label)' of this \(settlement.record.kind.name).",
                advice: "'beatbook conflicts' shows what waits.")
        }
        let decided = open.filter { $0.isOfCounts == false }
        guard decided.isEmpty == false else {
            throw Rejection(
                "'\(field.label)' is put right by what is missing: a correction with its reason.",
                advice: "See 'beatbook \(settlement.record.kind.name) --help'.")
        }
        let isOfParts = decided.contains { if case .part = $0.cause { true } else { false } }
        var part: EntryID?
        if isOfParts, settlement.key.isEmpty == false {
            part = try author.findPart(settlement.key, settlement.record, field).entry
        }
        let fitting = decided.filter { conflict in
            guard case .part(let name) = conflict.cause else {
                return conflict.key == settlement.key
            }
            return name.id == part
        }
        guard fitting.isEmpty == false else { throw askForKey(settlement, decided) }
        return fitting
    }

    private func askForKey(_ settlement: Settlement, _ open: [Conflict]) -> Rejection {
        let keys = open.map(\.key).filter { $0.isEmpty == false }
        let known =
            keys.isEmpty
            ? "'beatbook conflicts' names each." : "Disputed are: \(keys.joined(separator: ", "))."
        return Rejection(
            "'\(settlement.field.label)' has several parts: say which one, after a colon.",
            advice: "\(known) Nothing was written.")
    }

    /// Why what would be written would not settle the matter.
    private func stays(_ conflict: Conflict, _ preview: Preview?) -> Rejection {
        guard conflict.settlers.allows(author.role) else {
            return Rejection(
                "'\(conflict.field.label)' is settled by a coordinator.",
                advice: "Nothing was written.")
        }
        if let missing = preview?.missing[conflict.matter] {
            return Rejection(
                "That would not settle '\(conflict.field.label)': \(missing)",
                advice: "Sync, then try again. Nothing was written.")
        }
        return Rejection(
            "That would not settle '\(conflict.field.label)': it would be disputed as before.",
            advice: "'beatbook show' tells what each side says. Nothing was written.")
    }

    private func change(
        _ settlement: Settlement, _ matter: Conflict
    ) throws(Rejection) -> CBORValue {
        let field = settlement.field
        switch (matter.cause, matter.way) {
        case (.part(let part), _):
            guard case .value(let text) = settlement.answer else { throw askForWords(settlement) }
            let words = try content(text, field)
            return Change.parts([.corrected(Link(part.id, in: author.log), words)]).encoded
        case (_, .elements): return try kept(settlement, matter)
        case (.values, _), (.additions, _), (.finding, _):
            let value: CBORValue
            switch settlement.answer {
            case .none: throw askForValue(settlement)
            case .cleared where field.name == settlement.record.kind.title:
                throw Rejection(
                    "A \(settlement.record.kind.name) is not left without a title.",
                    advice: "Say what it shall read; nothing was written.")
            case .cleared: value = .null
            case .value(let text): value = try reader.value(text, for: field)
            }
            return field.key == nil ? value : Change.keyed([settlement.key: value]).encoded
        }
    }

    /// The values that were chosen stay, the others go; without a choice all stay.
    private func kept(
        _ settlement: Settlement, _ matter: Conflict
    ) throws(Rejection) -> CBORValue {
        guard case .elements(let shown) = matter.shown else { throw askForValue(settlement) }
        let elements = shown.map(\.value)
        var chosen: [CBORValue] = []
        switch settlement.answer {
        case .none: return Change.added(elements).encoded
        case .cleared: return Change.removed(elements).encoded
        case .value(let text):
            for part in text.split(separator: ";") {
                chosen.append(try reader.value(String(part), for: settlement.field))
            }
        }
        let named = chosen.map { normal($0, settlement.field) }
        let others = elements.filter { named.contains($0) == false }
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

    private func askForWords(_ settlement: Settlement) -> Rejection {
        let kind = settlement.record.kind.name
        return Rejection(
            "Say what '\(settlement.key)' shall read: it is not settled without its right words.",
            advice: """
                If it shall not count at all, void it: beatbook \(kind) void REF \
                --\(settlement.field.name) \(settlement.key) --reason WHY. Nothing was written.
                """)
    }
}
