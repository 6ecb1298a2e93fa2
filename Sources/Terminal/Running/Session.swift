// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Reports

/// What every verb works with: the book that is meant, the console, the present.
struct Session {
    let console: Console
    let surroundings: Surroundings
    let folder: String
    let isJSON: Bool
    private let interruptions: Interruptions
    private let variables: (String) -> String?

    init(
        _ invocation: Invocation, _ console: Console, _ surroundings: Surroundings,
        _ interruptions: Interruptions, _ variables: @escaping (String) -> String?
    ) throws(Failure) {
        self.console = console
        self.surroundings = surroundings
        self.interruptions = interruptions
        self.variables = variables
        folder = try Session.folder(invocation.text("book"), variables, surroundings)
        isJSON = invocation.has("json")
    }

    /// The book's folder: as said, as the environment says, this folder if it is one, else
    /// `beatbook` in the home folder. Throws where this folder cannot be looked into: another book
    /// is not to be taken for it.
    static func folder(
        _ said: String?, _ variables: (String) -> String?, _ surroundings: Surroundings
    ) throws(Failure) -> String {
        if let said {
            guard said.isEmpty == false else {
                throw Failure(
                    .other, "--book names no folder.", advice: "Say which, or leave --book out.")
            }
            return withoutSlash(said)
        }
        if let set = variables("BEATBOOK"), set.isEmpty == false { return withoutSlash(set) }
        if try surroundings.files.size("./device.key") != nil { return "." }
        return "\(variables("HOME") ?? ".")/beatbook"
    }

    /// A path without slashes at its end, the root excepted.
    static func withoutSlash(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Today's date where the book is kept.
    var today: String { Dates.shownDay(surroundings.clock.nowMilliseconds()) }

    /// Records, and says what was put right or found odd; from then on the command is done, and is
    /// answered. `once` is what must not be done again: "entered".
    func record(
        _ events: [Event], in replica: Replica, once: String
    ) throws -> Recorded {
        interruptions.hold()
        let recorded: Recorded
        do { recorded = try replica.record(events) } catch {
            interruptions.release()
            throw error
        }
        console.noteDone("It is recorded, and must not be \(once) again")
        sayRemarks(of: replica)
        return recorded
    }

    /// Opens the book to take in what others have, for the command named, and does that. What was
    /// found at the opening is said with what came of it: what is missing may come back.
    func exchanging<Result>(
        _ command: String, _ body: (Replica) throws -> Result
    ) throws -> (Replica, Result) {
        let replica = try Replica.writing(in: folder, surroundings, for: command)
        do { return (replica, try body(replica)) } catch {
            sayRemarks(of: replica)
            throw error
        }
    }

    /// Opens the book to write to it, for the command named.
    func replica(
        writing command: String, replacesIndex: Bool = false
    ) throws(Failure) -> Replica {
        let replica =
            replacesIndex
            ? try Replica(opening: folder, surroundings, writing: command, replacesIndex: true)
            : try Replica.writing(in: folder, surroundings, for: command)
        sayRemarks(of: replica)
        return replica
    }

    /// Says what was put right or found odd since this was last done, each once.
    func sayRemarks(of replica: Replica) {
        say(replica.remarks)
        replica.forgetRemarks()
        if console.isDelivered { replica.keepTold() }
    }

    /// Opens the book to read it.
    func replica() throws(Failure) -> Replica {
        let replica = try Replica(opening: folder, surroundings, writing: nil)
        say(replica.remarks)
        return replica
    }

    /// The book as the call wants it: as it is, as at a date, or as known to a device.
    func book(_ invocation: Invocation, isSearched: Bool = false) throws -> Book {
        try book(invocation, of: try replica(), isSearched: isSearched)
    }

    /// The same of a book that is open.
    func book(
        _ invocation: Invocation, of replica: Replica, isSearched: Bool = false
    ) throws -> Book {
        guard let bounds = try bounds(invocation, replica.book) else { return replica.book }
        return try replica.book.past(bounds, isSearched: isSearched)
    }

    /// The bounds that `--as-at` and `--known-to` set; nil for the present.
    func bounds(_ invocation: Invocation, _ book: Book) throws -> Bounds? {
        var bounds: Bounds?
        if let period = invocation.period("as-at") {
            bounds = try book.bounds(asAt: HybridTime(endOf: period.last))
        }
        guard let name = invocation.text("known-to") else { return bounds }
        let known = book.bounds(knownTo: try entry(name, book))
        return bounds?.narrowed(to: known) ?? known
    }

    /// The entry that a call sign or an entry's name means: `W02` its last one, `W02#4` its fourth.
    private func entry(_ name: String, _ book: Book) throws(Rejection) -> EntryRef {
        if let entry = try book.findEntry(name) { return entry }
        let tips = try book.logs(ofDevice: name).compactMap { log in
            book.row(log).position.map { (log: log, tip: $0.tip) }
        }
        if let last = tips.max(by: { $0.tip.time < $1.tip.time }), last.tip.seq > 0 {
            return EntryRef(last.log, last.tip.seq)
        }
        let signs = book.rows.map { book.callSign(of: $0.index) }.listed
        throw Rejection(
            "No device or entry is called '\(name)'.", advice: "Devices of this book: \(signs).")
    }

    /// The record that a person means. Says so where the text is the label of another one too.
    func find(_ name: String, in book: Book, kind: Kind? = nil) throws -> EntryRef {
        let place = try book.find(name, kind: kind)
        let others = try book.alsoCalled(name).map { try book.reference($0) }
        if others.isEmpty == false {
            console.note(
                """
                '\(name)' is also the label of \(others.listed); the record with \
                this reference is meant here.
                """)
        }
        return place
    }

    func say(_ remarks: [String]) {
        for remark in remarks { console.note("\(remark)") }
    }
}

/// The options of every verb that reads.
enum Reading {
    static let options: [OptionDeclaration] = [
        .value("as-at", "Show it as it was recorded by the end of a date or time.", .date)
            .showing("DATE"),
        .value(
            "known-to",
            "Show it as a device knew it by its last entry (W02), or by one of them (W02#4)."
        ).showing("DEVICE"),
    ]
}
