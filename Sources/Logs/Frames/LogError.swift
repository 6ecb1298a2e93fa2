// SPDX-License-Identifier: MIT
package import Basics

/// Which rule of `Docs/Formats/Log.md` the bytes of a log break.
package enum LogError: Error, Hashable, Sendable {
    case notALog
    case birthMissing
    case birthMalformed(CBORError)
    case birthAgain
    case otherPartnership
    case frameIncomplete
    case batchTooLong
    case batchMalformed(CBORError)
    case entry(EntryError)
    case chainMismatch
    case sealMalformed(CBORError)
    case sealOutOfPlace
    case sealForged
}
