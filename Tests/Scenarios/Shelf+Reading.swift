// SPDX-License-Identifier: MIT
import Basics
package import Merging
package import Projections
import Queries

extension Shelf {
    /// The record as people see it; nil if it is not held.
    package func record(_ spot: String) throws -> RecordView? {
        let book = try book()
        return try held(Spot(spot)).flatMap { try book.record($0) }
    }

    /// What a field reads, as text.
    ///
    ///     high                          a value; `-` where none stands
    ///     high (a2 high | b1 low)       a disputed one, with the writes that are live
    ///     en=Quay fr=Quai               a keyed field
    ///     x y (contested)               a set
    ///     homes=3                       a tally
    ///     2, void 1, disputed 1         parts that count, and others
    package func reads(_ spot: String, _ field: String) throws -> String {
        try reads(spot, [field])[0]
    }

    /// What several fields read, looked up at once.
    package func reads(_ spot: String, _ fields: [String]) throws -> [String] {
        guard let record = try record(spot) else { return fields.map { _ in "not held" } }
        return fields.map { field in record.field(field).map { text($0) } ?? "-" }
    }

    private func text(_ view: FieldView) -> String {
        switch view.content {
        case .registers(let registers):
            return registers.map { register in
                (register.key.isEmpty ? "" : "\(register.key)=") + text(register)
            }.joined(separator: " ")
        case .set(let elements, let isContested):
            return (elements.map { text($0) } + (isContested ? ["(contested)"] : []))
                .joined(separator: " ")
        case .tally(let sums):
            return sums.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        case .parts(let parts):
            var text = "\(parts.counted)"
            if parts.void > 0 { text += ", void \(parts.void)" }
            if parts.disputed > 0 { text += ", disputed \(parts.disputed)" }
            return text
        }
    }

    private func text(_ register: FieldView.Register) -> String {
        guard register.isDisputed else { return text(register.shown) }
        let live = register.live.map { "\(spot($0.place)) \(text($0.value))" }.sorted()
        return "\(text(register.shown)) (\(live.joined(separator: " | ")))"
    }

    private func text(_ value: EncodedValue) -> String {
        switch value.value {
        case .text(let text): text
        case .unsigned(let number): "\(number)"
        case .negative(let number): "\(number)"
        case .bool(let flag): flag ? "yes" : "no"
        case .null: "-"
        case .array(let items):
            if let link = Link(.array(items)), let log = link.log {
                "\(spot(EntryID(log: log, seq: link.seq, branch: link.chain)))"
            } else {
                "?"
            }
        case .map, .bytes: "?"
        }
    }

    /// The entry at a place as the scenario names it.
    package func spot(_ place: EntryRef) -> Spot {
        guard let book = try? book() else { return Spot("?", 0) }
        return spot(book.logs.entry(at: place))
    }

    /// The same of an entry as state names it.
    private func spot(_ id: EntryID) -> Spot {
        let letter = scenario.names.first { scenario.id(Spot($0, id.seq)) == id }
        return Spot(letter ?? name(id.log), id.seq)
    }

    /// The names of a record's findings.
    package func findings(_ spot: String) throws -> [String] {
        try record(spot)?.findings.map(\.name) ?? []
    }

    /// The entries that wait, and for what, such as `b1 record`.
    package func waiting() throws -> [String] {
        try book().waiting().map { "\(spot($0.entry)) \($0.need)" }.sorted()
    }

    /// The entries that are set aside, and why, such as `b1 not-permitted`.
    package func asides() throws -> [String] {
        try book().asides().map { "\(spot($0.entry)) \($0.reason.rawValue)" }.sorted()
    }
}
