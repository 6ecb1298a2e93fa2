// SPDX-License-Identifier: MIT
import Basics
package import Events
import Merging
import Projections
package import Queries

/// What an entry's body says, in words.
package struct ChangeText {
    let values: ValueText
    private let author: EntryReport

    package init(_ entry: EntryReport, _ values: ValueText) {
        author = entry
        self.values = values
    }

    /// One line a change, in the order of the kind's fields, names it does not know last.
    package func lines(_ kind: Kind?) throws -> [String] {
        guard let changes = author.changes else {
            guard author.isBodyRotten == false else {
                return ["(what it says is damaged on this disk and is not shown)"]
            }
            return author.isBodyAbsent ? ["(what it says is not here)"] : []
        }
        let known = kind?.fields.map(\.name) ?? []
        let names = changes.keys.sorted { left, right in
            let places = (known.firstIndex(of: left) ?? .max, known.firstIndex(of: right) ?? .max)
            return places.0 != places.1 ? places.0 < places.1 : left < right
        }
        return try names.map { name in
            let label = kind?.field(name)?.label ?? label(of: name)
            return "\(label): \(try text(changes[name] ?? .null, kind?.field(name)))"
        }
    }

    private func label(of name: String) -> String {
        name.prefix(1).uppercased() + name.dropFirst().replacing("-", with: " ")
    }

    private func text(_ change: CBORValue, _ field: Field?) throws -> String {
        switch field?.family {
        case .set?: try signed(change)
        case .entries?: try acts(change)
        case .tally?: try counted(change)
        case .latest?, .cautious?, .standing?, .reading?, nil: try values.text(own(change))
        }
    }

    private func signed(_ change: CBORValue) throws -> String {
        guard case .map(let pairs) = change else { return try values.text(change) }
        return try [("+", "with"), ("-", "without")].compactMap { sign, word in
            guard case .array(let items)? = pairs[.text(sign)] else { return nil }
            return "\(word) \(try items.map { try values.text(own($0)) }.joined(separator: ", "))"
        }.joined(separator: "; ")
    }

    private func counted(_ change: CBORValue) throws -> String {
        guard case .map(let pairs) = change else { return try values.text(change) }
        return try pairs.map { key, value in
            let amount = try values.text(value)
            return "\(try values.text(key)) \(amount.hasPrefix("-") ? amount : "+\(amount)")"
        }.sorted().joined(separator: ", ")
    }

    private func acts(_ change: CBORValue) throws -> String {
        guard case .array(let acts) = change else { return try values.text(change) }
        return try acts.map { act in
            guard case .array(let items) = act, items.count >= 2 else {
                return try values.text(act)
            }
            switch (items[0], items.count) {
            case (.unsigned(0), _): return try values.text(items[1])
            case (.unsigned(1), _): return "voids \(try part(items[1]))"
            case (.unsigned(2), 3):
                return "corrects \(try part(items[1])): \(try values.text(items[2]))"
            default: return try values.text(act)
            }
        }.joined(separator: "; ")
    }

    /// A part is named by its entry.
    private func part(_ link: CBORValue) throws -> String {
        guard case .array(let items) = own(link), items.count == 2,
            case .bytes(let bytes) = items[0], case .unsigned(let seq) = items[1],
            let id = Bytes16(bytes),
            let place = values.book.logs.place(of: EntryID(log: LogID(id), seq: seq))
        else { return try values.text(link) }
        return values.book.entryName(place)
    }

    /// A link with its log in full.
    private func own(_ value: CBORValue) -> CBORValue {
        guard case .array(let items) = value, items.count == 2, items[0] == .unsigned(0),
            case .unsigned = items[1]
        else { return value }
        return .array([.bytes(values.book.logs.id(of: author.place.log).bytes.array), items[1]])
    }
}
