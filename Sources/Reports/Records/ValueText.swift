// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging
package import Projections
package import Queries

/// Values of fields as people and programs read them: links as references, flags as yes and no.
package struct ValueText {
    let book: Book

    package init(_ book: Book) { self.book = book }

    package func text(_ value: CBORValue) throws -> String {
        switch value {
        case .text(let text): text
        case .unsigned(let number): "\(number)"
        case .negative(let number): "\(number)"
        case .bool(let flag): flag ? "yes" : "no"
        case .null: "none"
        case .array(let items): try link(items) ?? items.map(text).joined(separator: ", ")
        case .map(let pairs):
            try pairs.map { "\(try text($0.key)): \(try text($0.value))" }.sorted().joined(
                separator: "; ")
        case .bytes(let bytes): Hex.text(bytes)
        }
    }

    package func json(_ value: CBORValue) throws -> JSON {
        switch value {
        case .text(let text): .string(text)
        case .unsigned(let number): .integer(Int(clamping: number))
        case .negative(let number): .integer(Int(number))
        case .bool(let flag): .bool(flag)
        case .null: .null
        case .array(let items): try link(items).map { .string($0) } ?? .array(items.map(json))
        case .map(let pairs):
            .object(
                try pairs.map { JSON.Member(try text($0.key), try json($0.value)) }
                    .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        case .bytes(let bytes): .string(Hex.text(bytes))
        }
    }

    /// What a field reads, in one line.
    package func text(_ field: FieldView) throws -> String {
        switch field.content {
        case .registers(let registers):
            try registers.map { register in
                let shown = try text(register.shown.value)
                return register.key.isEmpty ? shown : "\(register.key): \(shown)"
            }.joined(separator: "; ")
        case .set(let elements, _): try elements.map { try text($0.value) }.joined(separator: ", ")
        case .tally(let sums):
            sums.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
        case .parts(let parts):
            "\(parts.counted)" + (parts.void > 0 ? ", \(parts.void) void" : "")
                + (parts.disputed > 0 ? ", \(parts.disputed) disputed" : "")
        }
    }

    /// What a field of a record reads, a rule's word in the place of its value included.
    package func reading(of field: Field, in record: RecordView) throws -> String {
        guard let index = record.kind.index(of: field.name),
            let reading = record.reading(at: index)
        else { return "nothing" }
        return try reading.suspended ?? text(reading.field)
    }

    /// Who wrote an entry: call sign and holder.
    package func author(_ log: LogIndex) throws(Failure) -> String {
        let holder = try book.holderName(of: log)
        return holder.isEmpty ? book.callSign(of: log) : "\(book.callSign(of: log)) \(holder)"
    }

    /// What a list column reads for a field, from a record's canonical contents.
    func column(_ field: Field, _ contents: [String: CBORValue]) throws -> String {
        guard let content = contents[field.name] else { return "" }
        switch field.family {
        case .latest, .cautious, .standing, .reading:
            if case .array(let items) = content, case .array? = items.last {
                return try text(items[0])
            }
            return content == .null ? "" : try text(content)
        case .set:
            if case .array(let items) = content, let elements = items.first {
                return try text(elements)
            }
            return ""
        case .tally: return try text(content)
        case .entries:
            if case .array(let items) = content, let counted = items.first {
                return try text(counted)
            }
            return ""
        }
    }

    /// A link as the reference of what it points to; nil for anything else.
    private func link(_ items: [CBORValue]) throws -> String? {
        guard let link = Link(.array(items)), let log = link.log else { return nil }
        guard let place = try book.place(of: link) else {
            return "\(Book.unnamed(log))#\(link.seq)"
        }
        return try book.reference(place)
    }
}
