// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Logs
package import Merging
import Projections

extension Book {
    /// How people say a record: `W07-15`, the fifteenth made on W07.
    package func reference(_ place: EntryRef) throws(Failure) -> String {
        let find = try store.database.statement("SELECT number FROM records WHERE id=?1")
            .bind(1, place.raw)
        guard try find.step() else { return "\(callSign(of: place.log))#\(place.seq)" }
        defer { find.reset() }
        return "\(callSign(of: place.log))-\(find.integer(0))"
    }

    /// How people say an entry: `W07#112`, the hundred and twelfth entry of W07's log.
    package func entryName(_ place: EntryRef) -> String {
        "\(callSign(of: place.log))#\(place.seq)"
    }

    /// The record that a person means: its reference, or the alias that it has.
    ///
    /// Throws a rejection where nothing or more than one thing is meant; `kind` narrows it down.
    package func find(_ text: String, kind: Kind? = nil) throws -> EntryRef {
        let places = try candidates(text).filter { place in
            guard let kind else { return true }
            return try self.kind(of: place) == kind
        }
        if places.count == 1 { return places[0] }
        if let survivor = try survivor(of: places) { return survivor }
        let what = kind?.name ?? "record"
        guard places.isEmpty == false else {
            throw Rejection(
                "There is no \(what) called '\(text)' in this book.",
                advice: "'beatbook list \(kind?.name ?? "case")' shows what there is; "
                    + "'beatbook search WORDS' finds it by its words.")
        }
        let names = try places.map { try reference($0) }.joined(separator: ", ")
        throw Rejection(
            "'\(text)' is the label of more than one \(what): \(names).",
            advice: "Say which one by its own reference.")
    }

    /// Records whose natural key is equal are one thing recorded twice: the first made stands for
    /// it.
    private func survivor(of places: [EntryRef]) throws(Failure) -> EntryRef? {
        guard let first = places.first, let kind = try kind(of: first), kind.naturalKey != nil,
            kind.naturalKey == kind.alias
        else { return nil }
        var made: [EntryReport] = []
        for place in places {
            guard try self.kind(of: place) == kind, let entry = try entry(place) else { return nil }
            made.append(entry)
        }
        return made.min { left, right in
            left.time != right.time
                ? left.time < right.time : logs.precedes(left.place, right.place)
        }?.place
    }

    /// The entry that a person means by `W07#112`; nil if the text has another shape.
    package func findEntry(_ text: String) -> EntryRef? {
        guard let mark = text.lastIndex(of: "#"),
            let seq = UInt64(text[text.index(after: mark)...]),
            let log = log(called: String(text[..<mark])), seq >= 1,
            seq <= row(log).position?.tip.seq ?? 0
        else { return nil }
        return EntryRef(log, seq)
    }

    /// The log with a call sign, in any case of letters.
    package func log(called text: String) -> LogIndex? {
        let wanted = IndexStore.folded(text)
        return rows.first { IndexStore.folded(callSign(of: $0.index)) == wanted }?.index
    }

    package func kind(of place: EntryRef) throws(Failure) -> Kind? {
        let find = try store.database.statement("SELECT kind FROM records WHERE id=?1")
            .bind(1, place.raw)
        guard try find.step() else { return nil }
        defer { find.reset() }
        return find.isNull(0) ? nil : vocabulary.kinds[Int(find.integer(0))]
    }

    /// References and aliases that begin so, for completion.
    package func references(
        beginning prefix: String, kind: Kind?, limit: Int
    ) throws(Failure) -> [(reference: String, title: String)] {
        var filter = RecordFilter()
        filter.kind = kind
        filter.limit = 2_000
        var found: [(reference: String, title: String)] = []
        for record in try list(filter).records {
            var names = [record.reference]
            if let alias = record.kind.alias, case .text(let text)? = record.contents[alias] {
                names.append(text)
            }
            for name in names where name.hasPrefix(prefix) { found.append((name, record.title)) }
            if found.count >= limit { break }
        }
        return found
    }

    private func candidates(_ text: String) throws(Failure) -> [EntryRef] {
        var places: Set<EntryRef> = []
        let find = try store.database.statement("SELECT record FROM aliases WHERE alias=?1")
            .bind(1, IndexStore.folded(text))
        while try find.step() { places.insert(EntryRef(raw: find.unsigned(0))) }
        if let dash = text.lastIndex(of: "-"),
            let number = UInt64(text[text.index(after: dash)...]),
            let log = log(called: String(text[..<dash]))
        {
            if let place = try store.record(number, of: log) { places.insert(place) }
        }
        return places.sorted()
    }
}
