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
        guard try find.step() else { return entryName(place) }
        defer { find.reset() }
        return reference(place, number: find.unsigned(0))
    }

    /// The same of a record whose number is known.
    func reference(_ place: EntryRef, number: UInt64) -> String {
        let isAlone = formerNames.records[place.log]?[number] == nil
        return "\(isAlone ? callSign(of: place.log) : longerCallSign(of: place.log))-\(number)"
    }

    /// The record that a person means: its reference, or the label that it has.
    ///
    /// A record's own reference wins over any label, so that a label can never shut a record out.
    /// Throws a rejection where nothing or more than one thing is meant; `kind` narrows it down.
    package func find(_ text: String, kind: Kind? = nil) throws -> EntryRef {
        let own = try owners(of: text)
        try refuseShared(text, own)
        guard own.isEmpty else { return try find(text, own, kind) }
        let labelled = try labelled(text)
        if labelled.isEmpty == false, isShapedLikeReference(text) {
            throw Rejection(
                "No record has the reference '\(text)'.",
                advice: "It is the label of \(try named(labelled)): use that reference.")
        }
        let fitting = try labelled.filter { try isOf(kind, $0) }
        if fitting.count == 1 { return fitting[0] }
        if let survivor = try survivor(of: fitting) { return survivor }
        let what = kind?.name ?? "record"
        guard fitting.isEmpty == false else {
            throw Rejection(
                "There is no \(what) called '\(text)' in this book.",
                advice: """
                    'beatbook list\(kind.map { " \($0.name)" } ?? "")' shows what there is; \
                    'beatbook search WORDS' finds it by its words.
                    """)
        }
        throw Rejection(
            "'\(text)' is the label of more than one \(what): \(try named(fitting)).",
            advice: "Say which one by its own reference.")
    }

    /// Throws a rejection for a reference whose call sign is more than one log's, whether or not
    /// each of them has a record of that number here.
    private func refuseShared(_ text: String, _ own: [EntryRef]) throws {
        guard let (sign, _) = Book.parted(text, by: "-") else { return }
        let logs = logs(called: sign)
        guard own.count < 2 || isShared(sign, logs) else {
            throw Rejection(
                "'\(text)' could be any of these: \(try named(own)).",
                advice: """
                    A device was put back from a copy, and its numbers were used twice: use the \
                    other reference of the one you mean.
                    """)
        }
        guard isShared(sign, logs) else { return }
        throw Rejection(
            own.isEmpty
                ? "'\(sign)' is the call sign of more than one log: \(signs(of: logs))."
                : own.count == 1
                    ? "'\(text)' could be \(try named(own)), or one that is not here."
                    : "'\(text)' could be any of these: \(try named(own)).",
            advice: "Use the longer call sign of the one you mean: \(signs(of: logs)).")
    }

    /// The record with this reference, if it is of the kind wanted.
    private func find(_ text: String, _ own: [EntryRef], _ kind: Kind?) throws -> EntryRef {
        guard let kind, try isOf(kind, own[0]) == false else { return own[0] }
        let other = try labelled(text).filter { try isOf(kind, $0) }
        throw Rejection(
            "'\(text)' is the reference of another kind of record: \(try named(own)).",
            advice: other.isEmpty
                ? "'beatbook list \(kind.name)' shows the \(kind.plural)."
                : "It is also the label of \(try named(other)): use that reference.")
    }

    /// Records that have a text as their label while it is the reference of another.
    package func alsoCalled(_ text: String) throws(Failure) -> [EntryRef] {
        let own = Set(try owners(of: text))
        return own.isEmpty ? [] : try labelled(text).filter { own.contains($0) == false }
    }

    /// Whether a record of a kind is called so already.
    package func isTaken(_ text: String, by kind: Kind) throws(Failure) -> Bool {
        for record in try candidates(text) where try isOf(kind, record) { return true }
        return false
    }

    /// What a record is called in lists: its label where that means this record alone, else its
    /// reference.
    package func name(of record: EntryRef, label: String?) throws(Failure) -> String {
        guard let label, label.isEmpty == false, isShapedLikeReference(label) == false,
            try owners(of: label).isEmpty
        else { return try reference(record) }
        let labelled = try labelled(label)
        let isAlone = labelled == [record]
        if isAlone { return label }
        return try survivor(of: labelled) == record ? label : try reference(record)
    }

    /// References with their kind and title, in one line.
    private func named(_ records: [EntryRef]) throws(Failure) -> String {
        var names: [String] = []
        for record in records {
            let summary = try summary(record)
            let what = summary.map { " (\($0.kind.name), \($0.title))" } ?? ""
            names.append(try reference(record) + what)
        }
        return names.listed
    }

    private func isOf(_ kind: Kind?, _ record: EntryRef) throws(Failure) -> Bool {
        guard let kind else { return true }
        return try self.kind(of: record) == kind
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
        let order = TimelineOrder(logs)
        return made.min { order.precedes(($0.time, $0.place), ($1.time, $1.place)) }?.place
    }

    package func kind(of place: EntryRef) throws(Failure) -> Kind? {
        let find = try store.database.statement("SELECT kind FROM records WHERE id=?1")
            .bind(1, place.raw)
        guard try find.step() else { return nil }
        defer { find.reset() }
        return find.isNull(0) ? nil : try kind(at: find.integer(0))
    }

    /// References and labels that begin so, for completion.
    package func references(
        beginning prefix: String, kind: Kind?, limit: Int
    ) throws(Failure) -> [(reference: String, title: String)] {
        var filter = RecordFilter()
        filter.kind = kind
        filter.limit = 2_000
        var found: [(reference: String, title: String)] = []
        for record in try list(filter).records {
            let names =
                record.name == record.reference
                ? [record.name] : [record.reference, record.name]
            for name in names where name.hasPrefix(prefix) { found.append((name, record.title)) }
            if found.count >= limit { break }
        }
        return found
    }

    /// Every record that a text is a name of, its own reference first.
    func candidates(_ text: String) throws(Failure) -> [EntryRef] {
        let own = try owners(of: text)
        let labelled = isShapedLikeReference(text) ? [] : try labelled(text)
        return (own + labelled).unique()
    }

    /// The records with this reference: one, unless two logs share a call sign, or a device used
    /// the number twice. That of a record which was recorded again is one of both.
    private func owners(of text: String) throws(Failure) -> [EntryRef] {
        guard let (sign, number) = Book.parted(text, by: "-") else { return [] }
        var places: [EntryRef] = []
        for log in logs(called: sign) {
            var held: [EntryRef] = []
            for node in [log] + (isWord(sign) ? histories(of: log) : []) {
                held += try store.record(number, of: node).map { [$0] } ?? []
            }
            let former = isWord(sign) ? formerNames.records[log]?[number] ?? [] : []
            places += (held + former).map { seen.repeats.counted($0) }
        }
        return places.unique().sorted { CanonicalOrder(logs).precedes($0, $1) }
    }

    /// The nodes into which a log has split: its word was shown for the records of each.
    private func histories(of log: LogIndex) -> [LogIndex] {
        guard row(log).end != nil else { return [] }
        return logs.nodes(of: row(log).id).filter { $0 != log }
    }

    /// The records with this label.
    private func labelled(_ text: String) throws(Failure) -> [EntryRef] {
        var places: [EntryRef] = []
        let find = try store.database.statement("SELECT record FROM aliases WHERE alias=?1")
            .bind(1, IndexStore.folded(text))
        while try find.step() { places.append(EntryRef(raw: find.unsigned(0))) }
        return places.sorted { CanonicalOrder(logs).precedes($0, $1) }
    }

    /// Whether a text could be a record's reference, now or once another log is here: a label of
    /// this shape is shown beside the record, and never finds it.
    private func isShapedLikeReference(_ text: String) -> Bool {
        guard let (sign, _) = Book.parted(text, by: "-") else { return false }
        return Book.isUsualCallSign(sign) || logs(called: sign).isEmpty == false
    }

    /// One to three letters, one to three digits, and at most a letter or a suffix after them.
    private static func isUsualCallSign(_ sign: String) -> Bool {
        let stem = sign.prefix { $0 != "~" }
        let letters = stem.prefix { $0.isASCII && $0.isLetter }
        let rest = stem.dropFirst(letters.count)
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let end = rest.dropFirst(digits.count)
        return (1...3).contains(letters.count) && (1...3).contains(digits.count)
            && end.count <= 1 && end.allSatisfy { $0.isASCII && $0.isLetter }
    }

    /// What stands before the last mark of a kind, and the number after it.
    static func parted(_ text: String, by mark: Character) -> (String, UInt64)? {
        guard let place = text.lastIndex(of: mark) else { return nil }
        let digits = text[text.index(after: place)...]
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = UInt64(digits)
        else { return nil }
        return (String(text[..<place]), number)
    }
}
