// SPDX-License-Identifier: MIT
import Basics
import Merging
package import Queries

/// What is said of clocks that differ. Nothing hangs on it: times order what is shown, and who had
/// seen what decides which value counts.
package struct ClockText {
    private let book: Book

    package init(_ book: Book) { self.book = book }

    /// One sentence for each two logs whose clocks differ, the furthest apart first.
    package func sentences(_ differences: [ClockDifference]) -> [String] {
        differences.map { sentence($0) }
    }

    /// All of it in a few words; nil where all clocks agree.
    package func summary(_ differences: [ClockDifference]) -> String? {
        guard let first = differences.first?.worst else { return nil }
        let more = differences.count == 1 ? "" : ", and so do \(differences.count - 1) more"
        return "\(sign(first.ahead)) and \(sign(first.behind)) differ by "
            + "\(ClockText.length(first))\(more); 'beatbook verify' tells more"
    }

    /// The same for programs; the shape is described in `Docs/Json.md`.
    package func json(_ differences: [ClockDifference]) -> JSON {
        .array(differences.map { json($0.worst, $0.count) })
    }

    /// What one entry shows, for its line in a replay.
    func sentences(of place: EntryRef) throws -> [String] {
        try book.clockFindings(of: place).map { finding in
            let ahead = book.entryName(finding.ahead)
            return book.isOfOneDevice(finding)
                ? "\(ahead), before which this log begins, is \(ClockText.length(finding)) later."
                : "\(ahead), which it had in sight, is \(ClockText.length(finding)) later."
        }
    }

    func json(of place: EntryRef) throws -> JSON {
        .array(try book.clockFindings(of: place).map { json($0, 1) })
    }

    private func json(_ finding: ClockFinding, _ count: Int) -> JSON {
        .object([
            .init("behind", .string(book.entryName(finding.behind))),
            .init("ahead", .string(book.entryName(finding.ahead))),
            .init("milliseconds", JSON(Int(clamping: finding.milliseconds))),
            .init("entries", JSON(count)),
        ])
    }

    private func sentence(_ difference: ClockDifference) -> String {
        let worst = difference.worst
        let length = ClockText.length(worst)
        let (ahead, behind) = (sign(worst.ahead), sign(worst.behind))
        let what =
            book.isOfOneDevice(worst)
            ? "\(behind) begins \(length) before \(ahead) had ended: the clock of that device was "
                + "put back."
            : "\(book.entryName(worst.behind)) had \(book.entryName(worst.ahead)) in sight and is "
                + "\(length) earlier: the clock of \(ahead) was ahead, or that of \(behind) behind."
        let more = difference.count == 1 ? "" : " \(difference.count) entries show it."
        return "\(what)\(more) Lists and replays are in the order of times; which value counts "
            + "does not depend on it."
    }

    private func sign(_ place: EntryRef) -> String { book.callSign(of: place.log) }

    private static func length(_ finding: ClockFinding) -> String {
        let hours = finding.milliseconds / 3_600_000
        if hours >= 48 { return "\(hours / 24) days" }
        return hours == 1 ? "1 hour" : "\(hours) hours"
    }
}
