// SPDX-License-Identifier: MIT
package import Basics
import Events
import Projections

/// Decides a wish: the events that follow, or why not. It knows verbs and fields, and no kind.
package struct Decider {
    let author: DecisionContext
    let reader: ValueReader

    package init(_ author: DecisionContext) {
        self.author = author
        reader = ValueReader(author)
    }

    package func decide(_ wish: Command) throws(Rejection) -> Decision {
        try checkNotes(wish)
        var changes: [String: CBORValue] = [:]
        var remarks: [String] = []
        for fixed in wish.verb.fixed {
            let field = wish.kind.declared(fixed.field)
            let isThere = wish.record?.field(fixed.field)?.shown.isNull == false
            guard let value = fixed.value else {
                if isThere { changes[field.name] = .null }
                continue
            }
            if field.hasHappened, wish.origin != .person { continue }
            let day = wish.notes.occurred.map { String($0.prefix(10)) }
            changes[field.name] = try reader.value(
                field.hasHappened ? day ?? value : value, for: field)
        }
        for given in wish.values where given.texts.isEmpty == false {
            let field = wish.kind.declared(given.input.field)
            let change = try change(given, field, wish)
            try checkLinks(change, field, wish)
            changes[field.name] = change.encoded
            remarks += newNames(change, field, wish)
            remarks += try revived(given, field, wish)
        }
        if let record = wish.record { try addFollowing(&changes, wish.kind, record) }
        let isTold = changes.isEmpty == false
        for name in changes.keys.sorted() {
            guard let field = wish.kind.field(name) else { continue }
            guard field.writers.allows(author.role) else { throw refusal(field, wish.kind) }
            if isIdle(changes[name] ?? .null, field, wish.record) {
                changes[name] = nil
            } else if let remark = easing(changes[name] ?? .null, field, wish.record) {
                remarks.append(remark)
            }
        }
        guard changes.isEmpty == false else { throw idle(wish, isTold: isTold) }
        try DemandCheck(wish).check(changes)
        let events = events(wish, changes)
        guard let record = wish.record else { return Decision(events: events, remarks: remarks) }
        return try SettlementCheck(author, record, events).decision(
            remarks, hasReason: wish.notes.hasReason)
    }

    /// Why a wish changes nothing: it said nothing, or what is so already.
    private func idle(_ wish: Command, isTold: Bool) -> Rejection {
        guard isTold else {
            let fields = wish.verb.inputs.map(\.field).joined(separator: ", ")
            return Rejection(
                "'\(wish.kind.name) \(wish.verb.name)' was not told what to change.",
                advice: "Say which of these, and how: \(fields). Nothing was written.")
        }
        return Rejection(
            "Nothing changes: the \(wish.kind.name) reads so already.",
            advice: "'beatbook show' tells what it says now.")
    }

    /// Says that something is counted under a name which the record has nowhere yet, where it has
    /// others: a slip of the pen would be a count of its own for good.
    private func newNames(_ change: Change, _ field: Field, _ wish: Command) -> [String] {
        guard case .counted(let amounts) = change, let record = wish.record else { return [] }
        var known: Set<String> = []
        for other in wish.kind.fields where other.key == field.key {
            switch record.field(other.name)?.content {
            case .tally(let sums)?: known.formUnion(sums.map(\.key))
            case .registers(let registers)?: known.formUnion(registers.map(\.key))
            case .set?, .parts?, nil: continue
            }
        }
        guard known.isEmpty == false else { return [] }
        return amounts.keys.filter { known.contains($0) == false }.sorted().map { name in
            let others = known.sorted().prefix(5).map { "'\($0)'" }.joined(separator: ", ")
            return "'\(name)' is new on this \(wish.kind.name), which has \(others)."
        }
    }

    /// Says that a correction makes something count again that was void.
    private func revived(
        _ given: Command.Given, _ field: Field, _ wish: Command
    ) throws(Rejection) -> [String] {
        guard given.input.act == .correct,
            let name = given.texts.first?.split(separator: " ").first.map(String.init),
            try part(name, field, wish).isVoid
        else { return [] }
        return ["\(name) was void, and counts again with these words."]
    }

    private func checkNotes(_ wish: Command) throws(Rejection) {
        for input in wish.verb.inputs where input.isRequired {
            let texts = wish.values.first { $0.input == input }?.texts ?? []
            guard texts.isEmpty == false else {
                throw Rejection("'\(wish.kind.name) \(wish.verb.name)' needs '\(input.field)'.")
            }
        }
        if wish.verb.needsReason, wish.notes.hasReason == false {
            throw Rejection(
                "'\(wish.kind.name) \(wish.verb.name)' needs to know why.",
                advice: "Add --reason \"...\": it stays in the history.")
        }
        if let occurred = wish.notes.occurred, CalendarDate.isValid(occurred) == false {
            throw Rejection(
                "'\(occurred)' is no date.", advice: "Write it as 2015-03-14 or 2015-03-14T09:30.")
        }
        // A day, a month or a year that begins after today has not come.
        if let occurred = wish.notes.occurred, occurred.prefix(10) > author.today {
            throw Rejection(
                "It cannot have happened on \(occurred): that has not come yet; nothing was "
                    + "written.",
                advice: "Look at the year, or leave --occurred out for now.")
        }
    }

    private func change(
        _ given: Command.Given, _ field: Field, _ wish: Command
    ) throws(Rejection) -> Change {
        switch given.input.act {
        case .remove:
            let values = try values(given.texts, field)
            try checkRemoved(values, field, wish)
            return .removed(values)
        case .void:
            let name = try only(given.texts, field)
            let part = try self.part(name, field, wish)
            guard part.isVoid == false else {
                throw Rejection(
                    "'\(name)' is void already; nothing was written.",
                    advice: "'beatbook history' tells who voided it, and why.")
            }
            return .parts([.void(Link(part.entry, in: author.log))])
        case .correct:
            let text = try only(given.texts, field)
            guard let space = text.firstIndex(of: " ") else {
                throw Rejection(
                    "To correct one of the \(field.label.lowercasedASCII), say which entry and "
                        + "what it should say.", advice: "For example: 'W07#112 The right words'.")
            }
            let part = try self.part(String(text[..<space]), field, wish)
            let content = try content(String(text[space...]), field)
            return .parts([.corrected(Link(part.entry, in: author.log), content)])
        case .write:
            let change = try written(given.texts, field, wish.notes)
            try checkTotals(change, field, wish.record)
            try checkCorrected(change, field, wish)
            return change
        }
    }

    private func written(
        _ texts: [String], _ field: Field, _ notes: Command.Notes
    ) throws(Rejection) -> Change {
        switch field.family {
        case .set: return .added(try values(texts, field))
        case .entries: return .parts([.added(try content(try only(texts, field), field))])
        case .tally:
            let amounts = try amounts(texts, field)
            guard amounts.values.allSatisfy({ $0 >= 0 }) || notes.reason != nil else {
                throw Rejection(
                    "Taking away from \(field.label.lowercasedASCII) is a correction.",
                    advice: "Add --reason \"...\": it stays in the history.")
            }
            return .counted(amounts)
        case .latest, .cautious, .standing, .reading:
            guard field.key != nil else {
                return .value(try reader.value(try only(texts, field), for: field))
            }
            var registers: [String: CBORValue] = [:]
            for text in texts {
                let (key, value) = try reader.keyed(text, for: field)
                registers[key] = value
            }
            return .keyed(registers)
        }
    }

    /// What a part says, as a person types it: one text.
    func content(_ text: String, _ field: Field) throws(Rejection) -> PartContent {
        guard case .text(let text) = try reader.value(text, for: field) else {
            preconditionFailure("the parts of '\(field.name)' are no texts")
        }
        return .text(text)
    }

    /// A record is not linked to itself.
    private func checkLinks(
        _ change: Change, _ field: Field, _ wish: Command
    ) throws(Rejection) {
        guard case .link = field.type, let own = wish.record?.id else { return }
        let link = Link(own, in: author.log).value
        let isOwn =
            switch change {
            case .value(let value): value == link
            case .keyed(let values): values.values.contains(link)
            case .set(let adding, _): adding.contains(link)
            case .counted, .parts: false
            }
        guard isOwn == false else {
            throw Rejection(
                "A \(wish.kind.name) cannot be linked to itself under '\(field.label)'.")
        }
    }

    private func part(
        _ text: String, _ field: Field, _ wish: Command
    ) throws(Rejection) -> KnownPart {
        guard let record = wish.record else {
            throw Rejection("A new \(wish.kind.name) has nothing that could be put right.")
        }
        return try author.findPart(text, record, field)
    }

    /// Several values, as several texts or parted by semicolons.
    private func values(_ texts: [String], _ field: Field) throws(Rejection) -> [CBORValue] {
        var values: [CBORValue] = []
        for text in texts.flatMap({ $0.split(separator: ";") }) {
            values.append(try reader.value(String(text), for: field))
        }
        return values.unique(by: \.encoded)
    }

    private func only(_ texts: [String], _ field: Field) throws(Rejection) -> String {
        guard texts.count == 1 else {
            throw Rejection("\(field.label) takes one value, and \(texts.count) were given.")
        }
        return texts[0]
    }

    private func refusal(_ field: Field, _ kind: Kind) -> Rejection {
        let who =
            author.role == .auditor
            ? "An auditor's device reads and records nothing"
            : "Only a coordinator changes '\(field.label)' of \(kind.plural)"
        return Rejection("\(who).", advice: "Ask your coordinator; nothing was written.")
    }
}
