// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections
package import Queries

/// What a check of every byte found, as a table and in sentences.
package struct VerificationPage {
    private let verification: Verification
    let book: Book
    private let forks: [LogSplit]
    private let seenWhole: [LogIndex: [String]]
    /// What the index says otherwise than the logs.
    private var indexFindings: [String] = []
    private let clocks: [ClockDifference]
    /// Entries that were lost, this device's own and others', as sentences begin.
    private let (lost, missing): (String?, String?)

    package init(
        _ verification: Verification, _ book: Book, lost: String?, missing: String?
    ) throws {
        (self.lost, self.missing) = (lost, missing)
        self.verification = verification
        self.book = book
        forks = try book.forks()
        seenWhole = VerificationPage.seenWhole(book)
        clocks = try book.clockDifferences()
        try book.seen.causality.check()
        indexFindings = try sentences(on: verification.index)
    }

    /// Whether nothing needs a look.
    package var isClean: Bool { verification.isClean && forks.isEmpty }

    package var table: Table {
        var table = Table([
            .init("device", "Device"), .init("entries", "Entries", alignment: .right),
            .init("sealed", "Sealed", alignment: .right),
            .init("bytes", "Bytes", alignment: .right),
            .init("seenBy", "Seen whole by", .wrapped(minimum: 12)), .init("verdict", "Verdict"),
        ])
        let logs = verification.logs.sorted {
            name($0).utf8.lexicographicallyPrecedes(name($1).utf8)
        }
        for log in logs {
            let readers = node(log).flatMap { seenWhole[$0] } ?? []
            table.append([
                .init(name(log), .reference), .init(log.entries), .init(log.sealed),
                .init(log.bytes),
                Table.Cell(
                    readers.listed, .plain,
                    json: .array(readers.map { .string($0) })),
                verdict(log),
            ])
        }
        return table
    }

    private func verdict(_ log: Verification.Log) -> Table.Cell {
        guard log.isForeign == false else { return .init("another partnership's", .bad) }
        guard log.trouble == nil, log.rottenBodies == nil else { return .init("damaged", .bad) }
        return log.missingBodies == nil ? .init("good", .good) : .init("bodies absent", .bad)
    }

    /// What is said of entries whose bodies are not here as their headers say.
    private func bodiless(_ log: Verification.Log) -> [String] {
        var sentences: [String] = []
        if let missing = log.missingBodies {
            sentences.append("What \(missing) of \(name(log)) says is not here.")
        }
        if let rotten = log.rottenBodies {
            sentences.append(
                "What \(rotten) of \(name(log)) says is damaged on this disk and not used.")
        }
        return sentences.map {
            "\($0) The chain holds; 'beatbook sync FOLDER --thorough', or a merge of any good "
                + "copy, brings it back. What nobody has, whoever recorded it says again."
        }
    }

    /// One sentence for each thing that needs a look.
    package var findings: [String] {
        verification.logs.compactMap { log in
            log.trouble.map { trouble in
                "The log of \(name(log)) is damaged at byte \(log.troubleOffset): \(trouble). "
                    + "The \(log.entries) entries before it are good. "
                    + "'beatbook sync FOLDER --thorough' brings a good copy of the rest."
            }
        }
            + verification.logs.flatMap(bodiless)
            + verification.logs.filter(\.isForeign).map { log in
                """
                Among this book's logs stands one of another partnership, \(name(log)). Nothing \
                of it counts; the next command that writes moves it aside. Look who put it there.
                """
            }
            + verification.damagedFiles.map { file in
                """
                The file \(file) among the logs is damaged, and what is good of it stands in \
                another file too: a history of that log may be missing here. A sync, or a merge of \
                any good copy, brings it back.
                """
            }
            + losses + absences
            + verification.contradictions.map { odd in
                "\(name(odd.author.log)), in entry \(odd.author.seq), had seen another history of "
                    + "\(name(odd.about.log)) up to entry \(odd.about.seq) than the one held here. "
                    + "Somebody's book was copied or changed: a coordinator has to look."
            }
            + forks.map { ForkText($0, book).finding }
            + indexFindings
    }

    /// What this book had, and lost.
    private var losses: [String] {
        verification.lost.sorted { $0.key < $1.key }.map { log, had in
            "Of \(name(log)) \(verification.held(of: log)) entries are here, of \(had) that this "
                + "book had. A sync brings what others hold of the rest."
        }
    }

    /// What others had and this book has not: by the log for the first of them, since anyone may
    /// name logs that there are not.
    private var absences: [String] {
        let missing = verification.missing
        let sentences = missing.prefix(VerificationPage.namedAbsences).map { missing in
            "Of \(name(missing.log)) \(missing.held) entries are here; "
                + "\(missing.seenBy.map(name).listed) had seen "
                + "\(missing.seenUpTo). The rest is missing here: sync or ask them."
        }
        let rest = missing.dropFirst(VerificationPage.namedAbsences)
        guard rest.isEmpty == false else { return sentences }
        let authors = Set(rest.flatMap(\.seenBy)).map(name).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        return sentences + [
            "Of \(rest.count) more logs less is here than \(authors.listed) had "
                + "seen."
        ]
    }

    private static let namedAbsences = 20

    /// What is worth a sentence and needs nobody to look.
    package var notes: [String] {
        verification.logs.filter { $0.tornBytes > 0 }.map { log in
            """
            At the end of the log of \(name(log)) stand \(log.tornBytes) bytes that are no whole \
            entry: a write that was cut short, or an end that the disk spoilt. They count for \
            nothing, and the next command that writes puts them aside; a sync brings what others \
            hold of that log.
            """
        } + ClockText(book).sentences(clocks)
            + [
                lost.map {
                    """
                    \($0): once in this book, and not come back since. What this device recorded \
                    there is lost unless somebody has it: enter it again, if that was not done.
                    """
                },
                missing.map {
                    "\($0): once in this book, and not come back since. Whoever recorded it has it."
                },
            ].compactMap(\.self)
    }

    package var verdict: StyledText {
        let what =
            "\(verification.entries) \(verification.entries == 1 ? "entry" : "entries") in "
            + "\(verification.logs.count) \(verification.logs.count == 1 ? "log" : "logs"), "
            + "\(verification.basesChecked) statements of what was seen"
        return isClean
            ? "\("Clean:", .good) \(what), every chain, seal and body good."
            : "\("Not clean:", .bad) \(what) were checked; see above."
    }

    /// `words` are nil where the index does not say what the logs do.
    package func json(_ words: ReadingWords?) -> JSON {
        .object([
            .init("clean", .bool(isClean)), .init("logs", table.json),
            .init("bases", JSON(verification.basesChecked)),
            .init("forks", .array(forks.map { ForkText($0, book).json })),
            .init("findings", .array(findings.map { .string($0) })),
            .init("notes", .array(notes.map { .string($0) })),
            .init("clocks", ClockText(book).json(clocks)),
            .init("digest", words.map { .string($0.digest) } ?? .null),
            .init("readingSeal", words.map { .string($0.seal) } ?? .null),
        ])
    }

    /// The devices that have said they hold all that is held here of a log, by the log.
    private static func seenWhole(_ book: Book) -> [LogIndex: [String]] {
        var names: [LogIndex: [String]] = [:]
        for row in book.rows where row.position != nil {
            let name = book.callSign(of: row.index)
            for (other, steps) in book.seen.causality.steps(of: row.index) {
                let told = book.row(other).toldSeq
                if told > 0, steps.last >= told { names[other, default: []].append(name) }
            }
        }
        return names.mapValues { names in
            names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    private func node(_ log: Verification.Log) -> LogIndex? {
        book.logs.place(of: EntryID(log: log.id, seq: log.entries, branch: log.branch))?.log
    }

    private func name(_ log: Verification.Log) -> String {
        node(log).map { book.callSign(of: $0) } ?? name(log.id)
    }

    func name(_ log: LogID) -> String { book.callSign(of: log) }
}

/// What two books are compared by.
package struct ReadingWords {
    /// The state digest, 64 digits.
    package let digest: String
    /// The eight words of the reading seal.
    package let seal: String

    package init(digest: String, seal: String) {
        self.digest = digest
        self.seal = seal
    }
}
