// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Scenarios

@testable import Queries

/// What this program makes of a book, in the lines of `Tests/Vectors/statelines.py`.
struct BookLines {
    private let book: Book

    init(_ book: Book) { self.book = book }

    func all() throws -> [String] {
        var lines = [
            "digest  \(try book.stateDigest().bytes.hex)",
            "seal  \(book.readingSeal().bytes.hex)", "order  \(try order())",
        ]
        for row in held { lines += logLines(row) }
        lines += rosterLines()
        for (entry, need) in try book.waiting() { lines.append("waits \(name(entry))  \(need)") }
        for (entry, reason) in try book.asides() {
            lines.append("aside \(name(entry))  \(reason.rawValue)")
        }
        return lines + (try recordLines())
    }

    private var held: [LogRow] { book.rows.filter { $0.identity != nil } }

    private func name(_ place: EntryRef) -> String {
        let id = book.logs.entry(at: place)
        return "\(id.log.hex) \(id.seq)"
    }

    private func order() throws -> String {
        try book.timeline().map { entry in
            let id = book.logs.entry(at: entry.place)
            return "\(id.log.hex.prefix(6)):\(id.seq)"
        }.joined(separator: " ")
    }

    private func logLines(_ row: LogRow) -> [String] {
        guard let tip = row.position?.tip else { return [] }
        let id = row.id.hex
        var lines = ["head \(id)  \(tip.seq) \(tip.chain.hex)"]
        let numbers = stride(from: UInt64(1), through: tip.seq, by: 1).map {
            "\(row.vocabulary.number(at: $0))"
        }
        lines.append("numbers \(id)  \(numbers.joined(separator: " "))")
        for other in held where other.index != row.index {
            let last = other.position?.tip.seq ?? 0
            let first = stride(from: UInt64(1), through: last, by: 1).map { seq in
                let first = book.seen.causality.firstSight(
                    of: EntryRef(other.index, seq), from: row.index)
                return first > tip.seq ? "-" : "\(first)"
            }
            lines.append("sight \(id) \(other.id.hex)  \(first.joined(separator: " "))")
        }
        return lines + admissionLines(row, upTo: tip.seq)
    }

    private func admissionLines(_ row: LogRow, upTo last: UInt64) -> [String] {
        guard let admission = row.admission else { return [] }
        let spans = stride(from: UInt64(1), through: last, by: 1).map { seq in
            guard let span = admission.span(at: seq), let role = span.role else {
                return admission.refusal(at: seq).rawValue
            }
            return "\(role.rawValue):" + (span.by.map { name($0) } ?? "nobody")
        }
        return ["admits \(row.id.hex)  \(spans.joined(separator: ", "))"]
    }

    private func rosterLines() -> [String] {
        let roster = book.roster
        var lines = ["words  \(roster.recovery?.signing.bytes.hex ?? "none")"]
        lines.append("writes  \(roster.writingEpoch?.id.hex ?? "none")")
        lines += roster.formerWords.map { "former \($0.bytes.hex)  yes" }
        lines += roster.devices.filter(\.isCut).map { "cut \($0.key.bytes.hex)  yes" }
        if let first = roster.foundingEpoch {
            lines.append("founding  \(name(first.place)) \(first.id.hex)")
        }
        lines += roster.epochs.map { epoch in
            let shares = epoch.shares.map { name($0) }.sorted()
            return "epoch \(name(epoch.place))  \(epoch.id.hex) "
                + (epoch.isFit ? "fit " : "unfit ") + (epoch.isForLeads ? "known " : "hidden ")
                + shares.joined(separator: ", ")
        }
        lines += roster.epochs.map { epoch in
            let boxes = epoch.lacking.map(\.hex).joined(separator: " ")
            return "lacks \(name(epoch.place))  \(boxes)"
        }
        return lines
    }

    private func recordLines() throws -> [String] {
        var lines: [String] = []
        let views = try book.store.database.statement(
            "SELECT id, view FROM states WHERE length(view) > 0")
        while try views.step() {
            let place = EntryRef(raw: views.unsigned(0))
            lines.append("record \(name(place))  \(Hex.text(views.bytes(1)))")
            guard let record = try book.record(place) else { continue }
            lines.append(
                "status \(name(place))  \(record.isOpen ? "open" : "closed") \(record.status)")
            for conflict in record.conflicts {
                guard let key = key(of: conflict) else { continue }
                lines.append("conflict \(name(place)) \(conflict.field.name) \(key)  yes")
            }
        }
        return lines
    }

    /// Nil for what a rule found: the record's bytes have it.
    private func key(of conflict: Conflict) -> String? {
        switch conflict.cause {
        case .values: "=" + Hex.text(Array(conflict.key.utf8))
        case .additions: "set"
        case .part(let part): "\(part.id.log.hex):\(part.id.seq)"
        case .finding: nil
        }
    }
}
