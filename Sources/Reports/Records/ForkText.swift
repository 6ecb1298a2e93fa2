// SPDX-License-Identifier: MIT
import Basics
import Merging
package import Queries

/// A place where a log parts into several signed histories, in words and with its proof.
package struct ForkText {
    private let fork: LogSplit
    private let book: Book

    package init(_ fork: LogSplit, _ book: Book) {
        self.fork = fork
        self.book = book
    }

    /// What happened, for a list of what waits for a person.
    package var summary: String {
        guard fork.isTooMany == false else { return tooMany }
        return """
            \(count) signed histories of \(device) are about: its device was cloned, or put back \
            and used on. They part at entry \(fork.seq): \(names.joined(separator: ", ")). \
            'beatbook verify' tells more.
            """
    }

    /// The same with what proves it.
    package var finding: String {
        guard fork.isTooMany == false else { return tooMany }
        let proof = zip(names, fork.histories).map { name, chain in "\(name) \(chain.hex)" }
        return """
            \(count) signed histories of \(device) are about. They part at entry \(fork.seq), \
            where their chain values begin so: \(proof.joined(separator: ", ")). Its device was \
            cloned, or put back and used on. All of them are read; a coordinator has to ask its \
            holder, and to stop one of the copies.
            """
    }

    package var json: JSON {
        .object([
            .init("device", .string(device)), .init("from", JSON(fork.seq)),
            .init(
                "histories",
                .array(
                    zip(names, fork.histories).map { name, chain in
                        .object([
                            .init("device", .string(name)), .init("chain", .string(chain.hex)),
                        ])
                    })),
            .init("tooMany", .bool(fork.isTooMany)),
            .init("waiting", .array(fork.waiting.map { .string(book.entryName($0)) })),
        ])
    }

    private var tooMany: String {
        """
        More signed histories of \(device) are about than can count. Only what comes before entry \
        \(fork.seq) does, until a coordinator has looked.\(waiting)
        """
    }

    /// What others recorded about records that do not count: it is read in no list.
    private var waiting: String {
        guard fork.waiting.isEmpty == false else { return "" }
        let names = fork.waiting.prefix(5).map { book.entryName($0) }.joined(separator: ", ")
        let more = fork.waiting.count > 5 ? " and \(fork.waiting.count - 5) more" : ""
        return " Entries about records that it made behind that wait: \(names)\(more). "
            + "'beatbook replay' shows what they say."
    }

    private var count: String {
        let words = ["Two", "Three", "Four", "Five", "Six", "Seven", "Eight"]
        let place = fork.histories.count - 2
        return words.indices.contains(place) ? words[place] : "\(fork.histories.count)"
    }

    /// The node before the split, which is the device's own where that is its first.
    private var device: String { book.callSign(of: fork.log) }

    /// How the histories are called from there on.
    private var names: [String] {
        fork.histories.map { first in
            let entry = EntryID(log: fork.log, seq: fork.seq, branch: first)
            return book.logs.place(of: entry).map { book.callSign(of: $0.log) }
                ?? Book.unnamed(fork.log)
        }
    }
}
