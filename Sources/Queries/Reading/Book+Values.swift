// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging
package import Projections

extension Book {
    /// The records of a kind by what a field of one value reads; those that say nothing there are
    /// left out.
    package func records(
        of kind: Kind, by field: Field
    ) throws(Failure) -> [EncodedValue: [EntryRef]] {
        guard let number = vocabulary.kinds.firstIndex(of: kind) else { return [:] }
        var records: [EncodedValue: [EntryRef]] = [:]
        let find = try store.database.statement(
            "SELECT id, view FROM records JOIN states USING(id) WHERE kind=?1"
        ).bind(1, Int64(number))
        defer { find.reset() }
        while try find.step() {
            guard let content = try contents(find.bytes(1))[field.name] else { continue }
            let shown = EncodedValue(HeadWords.shown(content))
            guard shown.isNull == false else { continue }
            records[shown, default: []].append(EntryRef(raw: find.unsigned(0)))
        }
        return records
    }
}
