// SPDX-License-Identifier: MIT

/// Why an entry that is held changes nothing. Everyone who holds the same entries says the same.
package enum SetAside: String, Hashable, Sendable, CaseIterable {
    case notPermitted = "not-permitted"
    case malformed
    case afterCut = "after-cut"
    case notLetIn = "not-let-in"
    case laterVersion = "later-version"
    case unknownKind = "unknown-kind"
    case noRecord = "no-record"

    package var sentence: String {
        switch self {
        case .notPermitted: "its author's role may not write that"
        case .malformed: "its body does not say what the vocabulary expects"
        case .afterCut: "it was written after its device's access had ended"
        case .notLetIn: "its device was not let in yet when it was written, or no longer"
        case .laterVersion: "it was written by a later version of the format"
        case .noRecord: "the entry that it names as its record creates none, or is set aside"
        case .unknownKind: "it is about a kind of record that this version does not know"
        }
    }
}
