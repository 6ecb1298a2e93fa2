// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections

/// The rows of a table that were read, by the field that tells them apart.
struct KnownRows {
    let key: Field?
    private var rows: [EncodedValue: (values: [String: [String]], line: Int)] = [:]
    private var repeated = 0

    init(_ key: Field?) { self.key = key }

    /// Whether no row before had this key; throws where one had that says something else.
    mutating func isNew(
        _ value: EncodedValue, _ values: [String: [String]], _ text: String, _ line: Int
    ) throws(Rejection) -> Bool {
        guard let other = rows[value] else {
            rows[value] = (values, line)
            return true
        }
        guard other.values == values else {
            throw Rejection(
                "'\(text)' stands at line \(other.line) too, where it says something else.",
                advice: "Take one of the two out.")
        }
        repeated += 1
        return false
    }

    var remarks: [String] {
        guard repeated > 0 else { return [] }
        let rows = repeated == 1 ? "1 row says" : "\(repeated) rows say"
        return ["\(rows) what one before says, and counted once."]
    }
}
