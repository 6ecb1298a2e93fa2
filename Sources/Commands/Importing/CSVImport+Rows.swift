// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections

/// What rows become.
extension CSVImport {
    private var origin: Command.Origin { wish.isAsRecorded ? .earlierRecord : .table }

    /// The event that a row becomes of which nothing is there.
    func event(_ values: [String: [String]]) throws(Rejection) -> Event {
        guard let verb = kind.verbs.first(where: \.creates) else {
            throw Rejection("No \(kind.name) can be imported.")
        }
        guard values[kind.title]?.isEmpty == false else {
            throw Rejection(
                "There is no \(kind.title) in this row.",
                advice:
                    "Where sums or notes stand below the table, --until TEXT ends it above them.")
        }
        let given = values.sorted { $0.key < $1.key }.map { name, texts in
            Command.Given(Verb.Input.option(name), texts)
        }
        let titled = verb.inputs.filter(\.isRequired).compactMap { input in
            values[input.field].map { Command.Given(input, $0) }
        }
        let required = Set(titled.map(\.input.field))
        let wish = Command(
            kind, verb, on: nil,
            values: titled + given.filter { required.contains($0.input.field) == false },
            notes: Command.Notes(), origin: origin)
        let event = try decider.decide(wish).events[0]
        guard let link = extras.link else { return event }
        switch link.owner {
        case .event(let place):
            return Event(event.type, event.subject, event.changes, links: [link.field: place])
        case .record(let record):
            var changes = event.changes ?? [:]
            changes[link.field] = Link(record, in: decider.author.log).value
            return Event(event.type, event.subject, changes)
        }
    }

    /// What a row says of a record that the record does not say, and under which fields. Texts and
    /// counts that are only ever added are none of it: they would be there twice.
    func changes(
        _ record: RecordView, _ values: [String: [String]]
    ) throws(Rejection) -> (events: [Event], fields: [String], left: [String]) {
        let left = values.keys.filter { kind.declared($0).isOnlyAdded }.sorted()
        guard let verb = kind.verbs.first(where: { $0.name == "set" }) else {
            return ([], [], values.keys.sorted())
        }
        var given: [Command.Given] = []
        for (name, texts) in values.sorted(by: { $0.key < $1.key }) {
            let field = kind.declared(name)
            let isNew = try isNew(texts, field, record.field(name))
            if isNew { given.append(Command.Given(Verb.Input.option(name), texts)) }
        }
        guard given.isEmpty == false else { return ([], [], left) }
        let wish = Command(
            kind, verb, on: record, values: given, notes: Command.Notes(), origin: origin)
        return (try decider.decide(wish).events, given.map(\.input.field), left)
    }

    private func isNew(
        _ texts: [String], _ field: Field, _ view: FieldView?
    ) throws(Rejection) -> Bool {
        switch (field.family, view?.content) {
        case (.entries, _), (.tally, _): return false
        case (.set, .set(let elements, _)?):
            var added: Set<EncodedValue> = []
            for text in texts {
                added.insert(EncodedValue(try decider.reader.value(text, for: field)))
            }
            return added.isSubset(of: elements) == false
        case (.set, _): return true
        case (.latest, .registers(let registers)?), (.cautious, .registers(let registers)?),
            (.standing, .registers(let registers)?), (.reading, .registers(let registers)?):
            for text in texts where try isNew(text, field, registers) { return true }
            return false
        case (.latest, _), (.cautious, _), (.standing, _), (.reading, _): return true
        }
    }

    private func isNew(
        _ text: String, _ field: Field, _ registers: [FieldView.Register]
    ) throws(Rejection) -> Bool {
        let (key, value) =
            field.key == nil
            ? ("", try decider.reader.value(text, for: field))
            : try decider.reader.keyed(text, for: field)
        guard let shown = registers.first(where: { $0.key == key })?.shown else { return true }
        guard case .link = field.type, let link = Link(value), let other = Link(shown.value) else {
            return EncodedValue(value) != shown
        }
        // A link may give the history that it is to, or not.
        let log = decider.author.log
        let (wanted, known) = (link.entry(in: log), other.entry(in: log))
        return (wanted.log, wanted.seq) != (known.log, known.seq)
    }
}
