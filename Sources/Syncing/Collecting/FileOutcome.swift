// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// What came of one file that was looked at.
package enum FileOutcome: Hashable, Sendable {
    /// These entries are new here and were checked; the file lacks the bodies of some of all that
    /// it holds.
    case accepted(LogID, SeqRange, lacking: [SeqRange])
    case alreadyHeld(LogID, SeqRange, lacking: [SeqRange])
    case waitingForKey(Bytes16)
    case waitingForEntries(LogID, SeqRange)
    case notHereYet
    case setAside(FileFault)
    case forked(Fork)

    /// What happened, what is safe, what next.
    package var sentence: String {
        switch self {
        case .accepted(_, let range, _):
            "New here: \(range.words), checked and taken in."
        case .alreadyHeld(_, let range, _):
            "Held already: \(range.words)."
        case .waitingForKey:
            "The file is locked with a key that has not reached this device; it is kept for when"
                + " the key comes. Ask a coordinator if that does not happen."
        case .waitingForEntries(_, let range):
            "The file is good and waits for \(range.words) of the same device, which another file"
                + " brings."
        case .notHereYet:
            "The file is not here whole yet; it is read again at the next sync."
        case .setAside(let reason): reason.sentence
        case .forked(let fork):
            "The file holds another history of this device's own entries from \(fork.seq) on; what"
                + " was recorded here was never shared, and has to make room for it first."
        }
    }
}
