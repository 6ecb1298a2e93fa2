// SPDX-License-Identifier: MIT
package import Basics
import Events

/// What a record has to read to be in a list. A comparison with what a field does not say holds for
/// no record, but for `differs`.
package struct RecordCondition: Hashable, Sendable {
    package enum Comparison: String, Hashable, Sendable, CaseIterable {
        case equals = "="
        case differs = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        /// The text stands somewhere in it.
        case contains = "~"

        /// Whether it asks which of two values comes first.
        package var isOrdering: Bool {
            switch self {
            case .less, .lessOrEqual, .greater, .greaterOrEqual: true
            case .equals, .differs, .contains: false
            }
        }
    }

    package enum Value: Hashable, Sendable {
        /// Compared without regard to case.
        case text(String)
        case number(Int64)
        case flag(Bool)
        /// A year, a month or a day: `2017`, `2017-03`, `2017-03-31`.
        case date(String)
        case record(EntryID)
        /// That nothing is said.
        case nothing
    }

    package let field: String
    package let comparison: Comparison
    /// One of which has to fit, or none for `differs`.
    package let values: [Value]

    package init(_ field: String, _ comparison: Comparison, _ values: [Value]) {
        self.field = field
        self.comparison = comparison
        self.values = values
    }
}

/// A list's conditions on one kind in SQL, with the values to bind.
struct ConditionSQL {
    private let kind: Kind
    private(set) var clauses: [String] = []
    private(set) var cells: [Statement.Cell] = []
    private let firstPlace: Int

    /// Values are bound from `firstPlace` on. Nil if the kind lacks one of the fields.
    init?(_ conditions: [RecordCondition], on kind: Kind, firstPlace: Int) {
        self.kind = kind
        self.firstPlace = firstPlace
        for condition in conditions {
            guard let place = kind.index(of: condition.field) else { return nil }
            clauses.append(clause(condition, kind.fields[place], place))
        }
    }

    /// What a field reads, in the row of a record: of the status, suspended ones included.
    static func expression(_ field: Field, of kind: Kind) -> String {
        field.name == kind.status ? "r.status" : "t.\(SQLNames.name(field.name))"
    }

    private mutating func clause(
        _ condition: RecordCondition, _ field: Field, _ place: Int
    ) -> String {
        let isNot = condition.comparison == .differs
        let comparison = isNot ? .equals : condition.comparison
        let tests: (String) -> [String]
        var values: [(RecordCondition.Value, [String])] = []
        for value in condition.values { values.append((value, bind(value))) }
        tests = { column in
            values.map { ConditionSQL.test(column, comparison, $0.0, $0.1) }
        }
        var clause: String
        if field.isPlain {
            clause = tests(ConditionSQL.expression(field, of: kind)).joined(separator: " OR ")
        } else {
            let column = field.family == .set ? "e.value" : "e.key"
            let isEmpty = condition.values == [.nothing]
            let inside = isEmpty ? "1" : tests(column).joined(separator: " OR ")
            clause =
                "\(isEmpty ? "NOT " : "")EXISTS (SELECT 1 FROM elements e WHERE e.record=r.id "
                + "AND e.field=\(place) AND (\(inside)))"
        }
        return isNot ? "NOT coalesce((\(clause)), 0)" : "(\(clause))"
    }

    private mutating func bind(_ value: RecordCondition.Value) -> [String] {
        switch value {
        case .text(let text): [add(.text(Array(SQLFunctions.folded(text).utf8)))]
        case .number(let number): [add(.integer(number))]
        case .flag(let flag): [add(.integer(flag ? 1 : 0))]
        case .date(let date):
            [
                add(.text(Array(SQLFunctions.firstDay(date).utf8))),
                add(.text(Array(SQLFunctions.lastDay(date).utf8))),
            ]
        case .record(let id): [add(.text(Array(id.text.utf8)))]
        case .nothing: []
        }
    }

    private mutating func add(_ cell: Statement.Cell) -> String {
        cells.append(cell)
        return "?\(firstPlace + cells.count - 1)"
    }

    private static func test(
        _ column: String, _ comparison: RecordCondition.Comparison, _ value: RecordCondition.Value,
        _ bound: [String]
    ) -> String {
        switch value {
        case .nothing: "\(column) IS NULL OR \(column) = ''"
        case .text:
            comparison == .contains
                ? "instr(folded(\(column)), \(bound[0])) > 0" : "folded(\(column)) = \(bound[0])"
        case .number, .record: "\(column) \(sign(comparison)) \(bound[0])"
        // What nobody said of a flag is no.
        case .flag: "coalesce(\(column), 0) = \(bound[0])"
        // A month is over with its last day.
        case .date:
            switch comparison {
            case .less, .greaterOrEqual:
                "last_day(\(column)) \(sign(comparison)) \(bound[0])"
            case .lessOrEqual, .greater:
                "last_day(\(column)) \(sign(comparison)) \(bound[1])"
            case .equals, .differs, .contains:
                "last_day(\(column)) BETWEEN \(bound[0]) AND \(bound[1])"
            }
        }
    }

    private static func sign(_ comparison: RecordCondition.Comparison) -> String {
        switch comparison {
        case .equals, .differs, .contains: "="
        case .less, .lessOrEqual, .greater, .greaterOrEqual: comparison.rawValue
        }
    }
}
