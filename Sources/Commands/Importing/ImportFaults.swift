// SPDX-License-Identifier: MIT
import Basics

extension CSVImport {
    /// What of a table cannot be used: how many places, and the first kinds of them in whole
    /// sentences.
    struct Faults {
        private struct Fault {
            /// Which column, after the line; empty for a whole row.
            let column: String
            let sentence: String
            let line: Int
            var count = 1
        }

        private(set) var count = 0
        private var faults: [Fault] = []
        private var untold = 0

        /// A fault at a line, which others in the column may repeat.
        mutating func add(_ rejection: Rejection, at line: Int, _ column: String = "") {
            count += 1
            let sentence = "\(rejection.sentence) \(rejection.advice)".trimmed
            let known = faults.firstIndex { $0.column == column && $0.sentence == sentence }
            if let known {
                faults[known].count += 1
            } else if faults.count < 10 {
                faults.append(Fault(column: column, sentence: sentence, line: line))
            } else {
                untold += 1
            }
        }

        var rejection: Rejection {
            let places = count == 1 ? "1 place" : "\(count) places"
            let sentences = faults.map { fault in
                let others = fault.count > 1 ? " and \(fault.count - 1) more" : ""
                return "Line \(fault.line)\(others)\(fault.column): \(fault.sentence)"
            }
            let more = untold > 0 ? "\nand \(untold) more." : ""
            return Rejection(
                """
                The file cannot be used as it is at \(places), so nothing was written:
                \(sentences.joined(separator: "\n"))\(more)
                """,
                advice: """

                    Put it right in the file, say what is meant with --values \
                    "COLUMN:PRINTED=MEANT", say what is missing everywhere with --set \
                    FIELD=VALUE, or leave a column out with --map "COLUMN=".
                    """)
        }
    }
}
