// SPDX-License-Identifier: MIT
package import Events

/// How the names of the vocabulary are written in SQL: hyphens as underscores, and an underscore
/// after words that SQL keeps to itself, and that every view has.
package enum SQLNames {
    package static func name(_ name: String) -> String {
        let plain = String(name.map { $0 == "-" ? "_" : $0 })
        return reserved.contains(plain) || common.contains(plain) ? plain + "_" : plain
    }

    /// The view of a kind: `cases`.
    package static func view(_ kind: Kind) -> String { name(kind.plural) }

    /// The view of the elements, the keys or the parts of a field: `case_owners`.
    package static func view(_ field: Field, of kind: Kind) -> String {
        name(kind.name + "-" + field.name)
    }

    /// The table that a kind's records have a row in.
    static func table(_ kind: Kind) -> String { "rows_" + name(kind.name) }

    /// Columns that every view of a kind has.
    private static let common: Set<String> = [
        "record", "ref", "circle", "survivor", "is_open", "is_void", "made_at", "made_by",
        "changed_at", "disputed",
    ]

    /// What no version of SQLite takes as a name without quotes. Not asked of SQLite itself: a
    /// name must not come to be another with a newer one.
    private static let reserved: Set<String> = [
        "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "check",
        "collate", "commit", "constraint", "create", "default", "deferrable", "delete", "distinct",
        "drop", "else", "escape", "except", "exists", "foreign", "from", "group", "having", "if",
        "in", "index", "insert", "intersect", "into", "is", "isnull", "join", "limit", "not",
        "nothing", "notnull", "null", "on", "or", "order", "primary", "references", "returning",
        "select", "set", "table", "then", "to", "transaction", "union", "unique", "update",
        "using", "values", "when", "where",
    ]
}
