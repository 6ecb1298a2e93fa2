// SPDX-License-Identifier: MIT
import Basics
package import Events
import Merging
import Projections
import Queries

extension Shelf {
    /// Who is enrolled, by call sign: `W07 field`.
    package func roster() throws -> [String] {
        try book().roster.devices.map { "\($0.callSign) \($0.role.rawValue)" }
    }

    /// What is told about the roster: `enrolled-twice A f2,k1`.
    package func rosterFindings() throws -> [String] {
        let book = try book()
        return book.roster.findings.map { finding in
            let sign = book.roster.device(finding.key)?.callSign ?? "?"
            let entries = finding.entries.map { "\(spot($0))" }.sorted().joined(separator: ",")
            return "\(finding.matter.rawValue) \(sign) \(entries)"
        }.sorted()
    }

    /// What the entries of a log count as: `1 field, 4 -`.
    package func spans(_ name: Character) throws -> String {
        let book = try book()
        guard let log = book.logs.index(of: scenario.id(Spot(name, 1)).log),
            let admission = book.row(log).admission
        else { return "not admitted" }
        return admission.spans.map { "\($0.from) \($0.role?.rawValue ?? "-")" }
            .joined(separator: ", ")
    }
}

extension Scenario {
    /// The same logs for a reader with another vocabulary.
    package func known(to vocabulary: Vocabulary) -> Scenario {
        var copy = self
        copy.vocabulary = vocabulary
        return copy
    }
}
