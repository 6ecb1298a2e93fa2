// SPDX-License-Identifier: MIT
import Basics
import Logs

/// What opening a book found of the log that is written there, beside what the folder and the
/// machine remember of it. In any but the first, the next entry begins a new log: the places after
/// the log's end may have been used already.
package enum OwnLogState: Hashable, Sendable {
    /// It is as it was left, and is gone on with.
    case whole
    /// It is not held.
    case missing
    /// Bytes in it are not valid that were once.
    case damaged
    /// It holds entries up to `held`, and those up to `answered` were answered for.
    case cutShort(held: UInt64, answered: UInt64)
    /// The folder remembers less than this machine does of it, or something else.
    case putBack
    /// The same, where this machine knows up to which entry was answered for.
    case putBackFrom(held: UInt64, answered: UInt64)
    /// This machine remembers nothing of it: the folder came from elsewhere.
    case copied
    /// Nothing in the folder says how far it was answered for.
    case unwitnessed

    private static func entries(_ first: UInt64, _ last: UInt64) -> String {
        first == last
            ? "Entry \(first) of this device's own log is"
            : "Entries \(first) to \(last) of this device's own log are"
    }

    /// What happened and what is safe; nil where nothing is to be said.
    var sentence: String? { finding.map { "\($0) \(advice)" } }

    /// What happened, whatever became of it since.
    var finding: String? {
        switch self {
        case .whole, .missing, .damaged: nil
        case .cutShort(let held, let answered):
            """
            This device's own log ended at entry \(held), and entries up to \(answered) had been \
            recorded: its folder was put back from an older copy, or the disk lost its end or let \
            it rot.
            """
        case .putBack, .putBackFrom:
            "This book's folder is an older copy of what this machine had: it was put back."
        case .copied: "This book's folder came from another place or machine."
        case .unwitnessed:
            """
            Nothing in this book's folder says how far its own log was recorded: the file \
            'witness' is missing or damaged.
            """
        }
    }

    private var advice: String {
        switch self {
        case .whole, .missing, .damaged: ""
        case .cutShort: "What was synced comes back with the next sync."
        case .putBack:
            """
            What was recorded since and synced comes back with the next sync; what does not come \
            was never synced and is lost: enter it again.
            """
        case .putBackFrom(let held, let answered):
            """
            \(OwnLogState.entries(held + 1, answered)) not here. What was synced comes back with a \
            sync; what does not come was never synced and is lost: enter it again.
            """
        case .copied: "If the one it came from is used on, tell your coordinator."
        case .unwitnessed:
            "All that the log holds is safe; what is recorded next goes into a new log."
        }
    }

    /// Whether a sync that is done has answered for what was found.
    var isAnsweredBySync: Bool {
        switch self {
        case .cutShort, .putBack, .putBackFrom: true
        case .whole, .missing, .damaged, .copied, .unwitnessed: false
        }
    }
}
