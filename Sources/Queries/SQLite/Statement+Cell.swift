// SPDX-License-Identifier: MIT
import CSQLite

extension Statement {
    /// A value as it stands in a column; values have the order in which SQLite sorts them.
    enum Cell: Hashable {
        case null
        case integer(Int64)
        case text([UInt8])
        case blob([UInt8])

        var number: UInt64? {
            if case .integer(let value) = self { UInt64(bitPattern: value) } else { nil }
        }

        func precedes(_ other: Cell) -> Bool {
            switch (self, other) {
            case (.integer(let left), .integer(let right)): left < right
            case (.text(let left), .text(let right)), (.blob(let left), .blob(let right)):
                left.lexicographicallyPrecedes(right)
            default: rank < other.rank
            }
        }

        private var rank: Int {
            switch self {
            case .null: 0
            case .integer: 1
            case .text: 2
            case .blob: 3
            }
        }
    }

    @discardableResult
    func bind(_ place: Int32, _ cell: Cell) -> Statement {
        switch cell {
        case .null: self
        case .integer(let value): bind(place, value)
        case .text(let utf8): bind(place, utf8: utf8)
        case .blob(let bytes): bind(place, bytes)
        }
    }

    /// The value of a column, whatever its type.
    func cell(_ column: Int32) -> Cell {
        switch type(of: column) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_TEXT: .text(Array(text(column).utf8))
        default: .blob(bytes(column))
        }
    }
}
