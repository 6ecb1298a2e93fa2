// SPDX-License-Identifier: MIT
package import Basics

/// Which rule of `Docs/Formats/Entry.md` an entry breaks.
package enum EntryError: Error, Hashable, Sendable {
    case headerTooLong
    case headerMalformed(CBORError)
    case seqOutOfPlace
    case timeNotGrowing
    case recordNotEarlier
    case recordNotElsewhere
    case baseTooLong
    case baseOutOfOrder
    case bodyTooLong
    case bodyMismatch
    case bodyUnasked
    /// An entry about no record lacks its body: its log is not here yet from there on.
    case bodyNotHere
}
