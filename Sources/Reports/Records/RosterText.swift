// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
package import Projections
package import Queries

/// What is told about the roster, in words.
package struct RosterText {
    private let book: Book

    package init(_ book: Book) { self.book = book }

    package var sentences: [String] { book.roster.findings.map { sentence($0) } }

    package func sentence(_ finding: RosterFinding) -> String {
        let device = book.roster.device(finding.key)
        let name = device?.callSign ?? "A device"
        let entries = finding.entries.map { book.entryName($0) }.listed
        switch finding.matter {
        case .enrolledTwice:
            let role = device?.role.rawValue ?? "nothing"
            return """
                \(name) was enrolled more than once, and none of these replaces the others: \
                \(entries). It counts as \(role): whoever ranks higher is believed, and of equals \
                whoever permits least. The lead says what it is by 'beatbook enrol approve' with \
                its words.
                """
        case .lessened:
            let role = device?.role.rawValue ?? "nothing"
            return """
                \(name) is \(role) now, and had been let in as more by an equal of who said so: \
                \(entries). What it recorded meanwhile may not count. If that is wrong, the lead \
                says what it is by 'beatbook enrol approve' with its words.
                """
        case .callSignShared:
            return """
                \(name) has its call sign in common with another device: \(entries) gave them \
                one. Both are shown with the beginning of their log's id. 'beatbook enrol approve' \
                with the words of one gives it another call sign.
                """
        case .tooManyLogs: return tooManyLogs(name, entries)
        case .wordsUsedApart:
            return """
                One set of recovery words was used more than once, by people who could not see \
                each other: \(entries). What they ended is ended; nobody is let in by either, and \
                no recovery words hold any more. What a device recorded that was let in so, and \
                what others recorded on its records, is kept and no longer read. \(lead)
                """
        case .notBelow:
            return """
                What \(entries) says of \(name) changes nothing: its rank is not below that of \
                who wrote it. Someone above both has to decide.
                """
        }
    }

    private func tooManyLogs(_ name: String, _ entries: String) -> String {
        """
        \(name) has more logs than any device begins. What stands in \(entries) and after counts \
        for nobody, and nor does what others wrote on its records. Whoever holds the device, or a \
        copy of its key, made them: let another device in for its holder, and have what is missing \
        entered again.
        """
    }

    /// Who can still act where no recovery words hold.
    private var lead: String {
        let leads = book.roster.devices.filter { $0.role == .lead && $0.isCut == false }
        let signs = leads.map(\.callSign).listed
        guard leads.isEmpty else { return "The lead is still \(signs)." }
        return """
            There is no lead now: coordinators go on letting in field staff and auditors, and what \
            only a lead may do needs a new partnership.
            """
    }

    package var json: JSON {
        .array(
            book.roster.findings.map { finding in
                .object([
                    .init("finding", .string(finding.matter.rawValue)),
                    .init("device", JSON(book.roster.device(finding.key)?.callSign)),
                    .init(
                        "entries", .array(finding.entries.map { .string(book.entryName($0)) })),
                    .init("sentence", .string(sentence(finding))),
                ])
            })
    }
}
