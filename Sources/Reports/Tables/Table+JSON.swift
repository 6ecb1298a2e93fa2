// SPDX-License-Identifier: MIT

extension Table {
    /// An array with an object for each row, its keys those of the columns, in their order.
    package var json: JSON {
        .array(
            rows.map { row in
                .object(zip(columns, row).map { JSON.Member($0.key, $1.json) })
            })
    }
}
