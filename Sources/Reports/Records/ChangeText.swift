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
            if author.isSealed { return ["(for the members of a circle)"] }
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
            if kind?.field(name) == nil, name == EntryNote.settles {
                return "\(label): \(try settles())"
            }
            if kind?.field(name) == nil, name == EntryNote.again, let named = notes.again {
                return "Recorded again from: \(try values.book.entryName(named))"
            }
            return "\(label): \(try text(changes[name] ?? .null, kind?.field(name)))"
        }
    }

    /// What an entry put into a set, in words.
    func elements(addedTo field: Field) throws -> [String] {
        guard let change = author.changes?[field.name],
            case .set(let adding, _)? = Change(change, of: field)
        else { return [] }
        return try adding.map { try values.text(own($0)) }
    }

    private var notes: EntryNotes { EntryNotes(author.changes ?? [:]) }

    private func settles() throws -> String {
        try notes.settles.map { try values.book.entryName($0) }
            .joined(separator: ", ")
    }

    private func label(of name: String) -> String {
        name.prefix(1).uppercased() + name.dropFirst().replacing("-", with: " ")
    }

    /// What has no form that is known here is shown as it is.
    private func text(_ value: CBORValue, _ field: Field?) throws -> String {
        switch field.flatMap({ Change(value, of: $0) }) {
        case .set(let adding, let removing)?: try signed(adding, removing)
        case .parts(let acts)?: try acts.map(act).joined(separator: "; ")
        case .counted(let amounts)?: counted(amounts)
        case .value?, .keyed?, nil: try values.text(own(value))
        }
    }

    private func signed(_ adding: [CBORValue], _ removing: [CBORValue]) throws -> String {
        try [("with", adding), ("without", removing)].filter { $1.isEmpty == false }
            .map { word, elements in
                "\(word) \(try elements.map { try values.text(own($0)) }.joined(separator: ", "))"
            }.joined(separator: "; ")
    }

    private func counted(_ amounts: [String: Int64]) -> String {
        amounts.map { "\($0.key) \($0.value < 0 ? "" : "+")\($0.value)" }.sorted()
            .joined(separator: ", ")
    }

    private func act(_ act: PartChange) throws -> String {
        switch act {
        case .added(let content): try values.text(content.encoded)
        case .void(let link): "voids \(try part(link))"
        case .corrected(let link, let content):
            "corrects \(try part(link)): \(try values.text(content.encoded))"
        }
    }

    /// A part is named by its entry.
    private func part(_ link: Link) throws -> String {
        guard let place = try values.book.place(of: link, by: author.place) else {
            return try values.text(link.value)
        }
        return values.book.entryName(place)
    }

    /// A link to an entry of the own log as state names it.
    private func own(_ value: CBORValue) -> CBORValue {
        guard let link = Link(value), link.log == nil, link.seq < EntryRef.seqLimit else {
            return value
        }
        let logs = values.book.logs
        let id = logs.entry(at: logs.entry(link.seq, before: author.place.log))
        return Link(id, chain: id.branch).value
    }
}
