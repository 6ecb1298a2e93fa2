// SPDX-License-Identifier: MIT
package import Basics
import Logs

extension Exchange {
    /// Gives a file of segments the name of the bytes that it has, if these are not those that it
    /// was named after: so that all who know it by name and size miss it, and leave again what they
    /// hold of it. No byte is lost. False for a file that is as its name says, or went away.
    package func rename(spoilt name: String) throws(Failure) -> Bool {
        guard
            let bytes = try readIfThere(name, in: .segments, limit: Limits.segment)
        else { return false }
        let own = Exchange.name(of: bytes, in: .segments)
        guard Exchange.isNamedAfterBytes(name), own.prefix(32) != name.prefix(32) else {
            return false
        }
        let folder = "\(folder)/\(Section.segments.rawValue)"
        do throws(Failure) { try files.create("\(folder)/\(own)", bytes) } catch {
            guard error.kind == .exists else { throw error }
        }
        try remove(name, in: .segments)
        return true
    }

    /// Whether a name is one that this program gives: what people call their files stays.
    private static func isNamedAfterBytes(_ name: String) -> Bool {
        let letters = name.prefix(32).utf8
        return letters.count == 32 && name.hasSuffix(".\(Section.segments.suffix)")
            && letters.allSatisfy { (97...122).contains($0) || (50...55).contains($0) }
    }
}

extension FileOutcome {
    /// Whether a file came to this that had other bytes once.
    package var isSpoilt: Bool {
        switch self {
        case .setAside(.altered), .setAside(.longerThanItSays), .setAside(.notASegment): true
        case .setAside, .accepted, .alreadyHeld, .waitingForKey, .waitingForEntries, .notHereYet,
            .forked:
            false
        }
    }
}
