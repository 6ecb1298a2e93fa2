// SPDX-License-Identifier: MIT
package import Events
import Projections
import Queries

extension Shelf {
    /// Who is enrolled, by call sign: `W07 field`.
    package func roster() throws -> [String] {
        try book().roster.devices.map { "\($0.callSign) \($0.role.rawValue)" }
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
