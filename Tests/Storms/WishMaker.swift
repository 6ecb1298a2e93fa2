// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Merging
import Projections
import Queries
import Simulation

/// What a person might type next, whatever kinds and verbs the vocabulary has.
struct WishMaker {
    let book: Book
    let role: Role
    let chance: SeededEntropy

    init(_ book: Book, _ role: Role, _ chance: SeededEntropy) {
        self.book = book
        self.role = role
        self.chance = chance
    }

    /// A command; nil if this verb finds nothing to be about.
    mutating func wish() throws -> Command? {
        let kinds = book.vocabulary.kinds
        let kind = chance.number(below: 4) > 0 ? busiest : any(kinds)
        // Most work goes on with what there is.
        let isNew = chance.number(below: 8) == 0
        let verbs = kind.verbs.filter { isOpen($0, of: kind) && (isNew || $0.creates == false) }
        guard verbs.isEmpty == false else { return nil }
        let verb = any(verbs)
        var record: RecordView?
        if verb.creates == false {
            guard let place = try anyRecord(kind.name) else { return try opening(of: kind) }
            record = try book.record(place)
        }
        return try command(kind, verb, record)
    }

    /// Whether the person's role allows all that a verb must write: most people know what is theirs
    /// to do, and one in eight tries all the same.
    private func isOpen(_ verb: Verb, of kind: Kind) -> Bool {
        let needed = verb.inputs.filter(\.isRequired).map(\.field) + verb.fixed.map(\.field)
        let isTheirs = needed.allSatisfy { kind.field($0)?.writers.allows(role) ?? true }
        return isTheirs || chance.number(below: 8) == 0
    }

    /// The kind on which people have most to disagree about.
    var busiest: Kind {
        var busiest = book.vocabulary.kinds[0]
        for kind in book.vocabulary.kinds where kind.fields.count > busiest.fields.count {
            busiest = kind
        }
        return busiest
    }

    /// The command that makes a record; nil if making one is not this person's to do.
    mutating func opening(of kind: Kind) throws -> Command? {
        guard let verb = kind.verbs.first(where: { $0.creates }), isOpen(verb, of: kind) else {
            return nil
        }
        return try command(kind, verb, nil)
    }

    private mutating func command(
        _ kind: Kind, _ verb: Verb, _ record: RecordView?
    ) throws -> Command? {
        var values: [Command.Given] = []
        for input in verb.inputs where input.isRequired || chance.number(below: 3) == 0 {
            guard let field = kind.field(input.field),
                field.writers.allows(role) || input.isRequired
            else { continue }
            guard let text = try text(input, field, record) else {
                if input.isRequired { return nil }
                continue
            }
            values.append(Command.Given(input, [text]))
        }
        let notes = Command.Notes(
            reason: verb.needsReason || chance.number(below: 4) == 0 ? "as agreed" : nil)
        return Command(kind, verb, on: record, values: values, notes: notes)
    }

    /// The settlement of something that waits for a person; nil if nothing does.
    mutating func settlement() throws -> Settlement? {
        let work = try book.work(limit: 8)
        guard work.isEmpty == false else { return nil }
        let item = any(work)
        let conflict = item.conflict
        guard conflict.isOfCounts == false else { return nil }
        var key = conflict.key
        if case .part(let part) = conflict.cause, let place = book.logs.place(of: part.id) {
            key = book.entryName(place)
        }
        var answer = Settlement.Answer.none
        if conflict.way != .elements,
            let text = try content(conflict.field, like: conflict.sides.last?.value.text)
        {
            answer = .value(text)
        }
        return Settlement(
            item.record, conflict.field, key: key, answer: answer,
            notes: Command.Notes(reason: "at the panel"))
    }

    private func text(
        _ input: Verb.Input, _ field: Field, _ record: RecordView?
    ) throws -> String? {
        switch input.act {
        case .write:
            guard let content = try content(field, like: nil) else { return nil }
            return field.key == nil ? content : "\(any(["homes", "2014|tdc", "calls"]))=\(content)"
        case .remove:
            guard case .set(let elements, _)? = record?.field(field.name)?.content,
                let element = elements.first?.text
            else { return nil }
            return element
        case .void, .correct:
            guard let record else { return nil }
            let parts = try book.parts(of: record.place).filter { $0.field == field }
            guard parts.isEmpty == false else { return nil }
            let name = book.entryName(any(parts).entry)
            return input.act == .void ? name : "\(name) \(try content(field, like: nil) ?? "-")"
        }
    }

    /// A value as a person types it.
    private func content(_ field: Field, like known: String?) throws -> String? {
        if let known, chance.number(below: 2) == 0 { return known }
        switch field.type {
        case .text, .longText:
            return any(["Dane Road", "the harbour steps", "nobody in", "O'Brien"])
        case .code: return any(["tdc", "kcc", "kent-police"])
        case .choice(let names): return any(names)
        case .date: return "2014-05-\(10 + chance.number(below: 20))"
        case .integer: return "\(1 + chance.number(below: 9))"
        case .flag: return any(["yes", "no"])
        case .link(let kind):
            guard let place = try anyRecord(kind) else { return nil }
            return try book.reference(place)
        }
    }

    private func anyRecord(_ kind: String?) throws -> EntryRef? {
        var filter = RecordFilter()
        filter.kind = kind.flatMap { book.vocabulary.kind($0) }
        let records = try book.list(filter).records
        // A few records that all work on, so that people disagree.
        let oldest = records.suffix(2)
        return oldest.isEmpty ? nil : any(Array(oldest)).place
    }

    private func any<Item>(_ items: [Item]) -> Item { items[chance.number(below: items.count)] }
}
