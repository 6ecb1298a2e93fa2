// SPDX-License-Identifier: MIT
import Basics
import Events

extension CSVImport {
    /// The texts of a row, by field.
    func values(
        _ row: [CSVCell], _ columns: [Field?], _ extras: Extras, _ number: Int,
        _ outcome: inout Outcome
    ) throws(Rejection) -> [String: [String]] {
        var values: [String: [String]] = [:]
        for (cell, column) in zip(row, columns) {
            guard let field = column, cell.text.trimmed.isEmpty == false else { continue }
            let texts = field.takesSeveral || field.spill != nil ? split(cell.text) : [cell.text]
            if field.takesSeveral == false, texts.count > 1, let spill = field.spill {
                values[field.name] = [texts[0]]
                values[spill, default: []] += texts.dropFirst()
                outcome.remarks.append(
                    """
                    Line \(cell.line), column \(cell.column): '\(cell.text.trimmed)' names \
                    \(texts.count); \(texts[0]) is the \(field.label.lowercasedASCII), the others \
                    are under '\(spill)'.
                    """)
            } else {
                values[field.name, default: []] += texts
            }
        }
        if let alias = kind.alias, extras.referencePrefix.isEmpty == false {
            let printed = values[alias]?.first?.trimmed ?? "\(number)"
            values[alias] = [extras.referencePrefix + printed]
        }
        return values
    }

    /// The event that a row becomes. The place of a fault is its cell's.
    func event(
        _ verb: Verb, _ values: [String: [String]], _ extras: Extras
    ) throws(Rejection) -> Event {
        guard values[kind.title]?.isEmpty == false else {
            throw Rejection("There is no \(kind.title) in this row.")
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
            notes: Command.Notes(), isImported: true)
        let event = try decider.decide(wish).events[0]
        guard let link = extras.link else { return event }
        return Event(event.type, event.subject, event.changes, links: [link.field: link.event])
    }

    private func split(_ text: String) -> [String] {
        text.split(separator: ";").map { String($0).trimmed }.filter { $0.isEmpty == false }
    }
}

extension Field {
    /// Whether one record has any number of values of it.
    var takesSeveral: Bool {
        switch family {
        case .set: true
        case .latest, .cautious, .standing, .tally, .entries, .reading: false
        }
    }
}
