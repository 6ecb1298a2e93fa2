// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections
import Queries

extension VerificationPage {
    /// What the index says otherwise than the logs, as sentences: which record, what of it, and
    /// what to do.
    func sentences(on verdict: IndexVerdict?) throws -> [String] {
        switch verdict {
        case nil, .same?: []
        case .notCompared?:
            [
                """
                Because a log is damaged, it was not checked whether the index says what the logs \
                do. Heal the log first, then verify again.
                """
            ]
        case .different(let named, let count)?: try sentences(on: named, count)
        }
    }

    private func sentences(on named: [IndexDifference], _ count: Int) throws -> [String] {
        var subjects: [IndexDifference.Subject] = []
        var partsBySubject: [IndexDifference.Subject: [String]] = [:]
        for difference in named {
            if partsBySubject[difference.subject] == nil { subjects.append(difference.subject) }
            for part in parts(difference)
            where partsBySubject[difference.subject]?.contains(part) != true {
                partsBySubject[difference.subject, default: []].append(part)
            }
        }
        var sentences: [String] = []
        for subject in subjects {
            let parts = partsBySubject[subject, default: []].joined(separator: ", ")
            sentences.append(
                "What the index says of \(try name(subject)) is not what the logs say: \(parts).")
        }
        if count > named.count { sentences.append("\(count - named.count) more rows differ.") }
        sentences.append(
            """
            Lists and pages may show what is no longer so. The logs are not touched by this: run \
            'beatbook index rebuild', and tell those who make this program.
            """)
        return sentences
    }

    private func parts(_ difference: IndexDifference) -> [String] {
        let table = difference.table
        let isOfRecord = ["records", "states"].contains(table)
        return switch difference.way {
        case .unlike(let columns): columns.map { isOfRecord ? $0 : "\(table) \($0)" }
        case .disordered: ["its \(table) are not found where they stand"]
        case .lacking: [isOfRecord ? "it is missing" : "one of its \(table) is missing"]
        case .extra:
            [isOfRecord ? "it is not in the logs" : "one of its \(table) is not in the logs"]
        }
    }

    private func name(_ subject: IndexDifference.Subject) throws -> String {
        switch subject {
        case .record(let id):
            try book.logs.place(of: id).map { try book.reference($0) } ?? "entry \(id.seq)"
        case .entry(let id):
            book.logs.place(of: id).map { book.entryName($0) } ?? "entry \(id.seq)"
        case .log(let id): "the log of \(name(id))"
        case .book: "the book as a whole"
        }
    }
}
