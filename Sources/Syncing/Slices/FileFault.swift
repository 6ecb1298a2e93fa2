// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// Why a file was left where it is and not used.
package enum FileFault: Error, Hashable, Sendable {
    case tooLarge
    /// The system could not read it; the text is the failure's sentence.
    case unreadable(String)
    case notASegment
    case longerThanItSays
    /// Not what the holder of its key wrote.
    case altered
    case headMalformed(CBORError)
    case otherPartnership
    /// Its head names another log than its birth.
    case otherLog
    case broken(LogError)
    case unsealed
    /// An entry about no record lacks its body, and no seal stands before it.
    case bodyNotHere
    case holdsNothing
    /// It is of one more history of a log than can be held.
    case tooManyHistories
    /// The copy of the log on this device cannot be read where the two should be compared.
    case ownCopyUnreadable
    /// An earlier look came to this; the text is its sentence.
    case remembered(String)

    /// What happened, what is safe, what next.
    package var sentence: String {
        switch self {
        case .tooLarge:
            "The file is larger than a segment can be; it was left alone."
        case .unreadable:
            "The file could not be read by the system; it was left alone and is tried again next"
                + " time."
        case .notASegment:
            "The file is not a segment of a book; it was left alone."
        case .longerThanItSays, .altered:
            "The file was changed or damaged on its way and nothing of it was used; what was in it "
                + "comes with another copy, and this one may be deleted."
        case .headMalformed, .broken, .otherLog, .holdsNothing:
            "The file opens but breaks the rules of the format; nothing of it was used. Tell your"
                + " coordinator which device wrote it."
        case .otherPartnership:
            "The file belongs to another partnership; nothing of it was used."
        case .unsealed:
            "The file holds entries that their device has not signed; they come with its next sync."
        case .bodyNotHere:
            "The file lacks what its device said about devices, keys or software; nothing of it was"
                + " used. Another copy of the same entries will do."
        case .tooManyHistories:
            "The file is of one more signed history of a device than can count; it was left alone."
                + " A coordinator has to look at that device."
        case .ownCopyUnreadable:
            "The copy of that log on this device cannot be read there; the file was left alone."
                + " Run 'beatbook verify'."
        case .remembered(let sentence): sentence
        }
    }

    /// Whether a file of this name and size need not be read again: its bytes were whole, and only
    /// what its author wrote is at fault.
    var isCertain: Bool {
        switch self {
        case .headMalformed, .otherPartnership, .otherLog, .broken, .unsealed, .bodyNotHere,
            .holdsNothing, .remembered:
            true
        case .tooLarge, .unreadable, .notASegment, .longerThanItSays, .altered,
            .tooManyHistories, .ownCopyUnreadable:
            false
        }
    }

    /// Whether the file is good, and only what is held of its log has no room for it: until that
    /// changes, it need not be read again.
    var isOfHeld: Bool { self == .tooManyHistories }
}
