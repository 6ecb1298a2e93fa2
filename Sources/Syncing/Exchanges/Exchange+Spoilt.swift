// SPDX-License-Identifier: MIT
package import Basics
import Logs

extension Exchange {
    /// Gives a file of segments the name of the bytes that it has, if these are not those that it
    /// was named after: so that all who know it by name and size miss it, and leave again what they
    /// hold of it. No byte is lost. What can be no segment is called so and read by nobody any
    /// more. False for a file that is as its name says, or went away.
    package func rename(spoilt name: String, isSegment: Bool) throws(Failure) -> Bool {
        guard
            let bytes = try readIfThere(name, in: .segments, limit: Limits.segment)
        else { return false }
        guard Exchange.isMisnamed(name, bytes) else { return false }
        let right = Exchange.name(of: bytes, in: .segments)
        let own = isSegment ? right : "\(right.prefix(32)).\(Exchange.spoilt)"
        // Two files may have each other's names, and neither takes the place of the other.
        let parts = (stem: own.prefix(32), suffix: own.dropFirst(32))
        for place in [own, "\(parts.stem)-1\(parts.suffix)"] {
            guard try isThere(bytes, as: place) else { continue }
            try remove(name, in: .segments)
            return true
        }
        return false
    }

    /// Leaves bytes under a name; false if others have it.
    private func isThere(_ bytes: [UInt8], as name: String) throws(Failure) -> Bool {
        do throws(Failure) {
            try files.create("\(folder)/\(Section.segments.rawValue)/\(name)", bytes)
            return true
        } catch {
            guard error.kind == .exists else { throw error }
            return try readIfThere(name, in: .segments, limit: Limits.segment) == bytes
        }
    }

    /// The same of all files, by whoever cannot read what is in them.
    package func renameMisnamed() throws(Failure) {
        for file in try list(.segments) where Exchange.isNamedAfterBytes(file.name) {
            _ = try rename(spoilt: file.name, isSegment: true)
        }
    }

    /// How the names end of files that held segments once.
    static let spoilt = "spoilt"

    /// The names of segment files that were last written an hour before a time, or earlier.
    package func oldSegments(at milliseconds: UInt64) throws(Failure) -> Set<String> {
        let limit = Int(clamping: milliseconds / 1_000) - 3_600
        return Set(try list(.segments).filter { $0.written ?? .max <= limit }.map(\.name))
    }

    /// Whether a file of segments has a name that this program gives to other bytes.
    static func isMisnamed(_ name: String, _ bytes: [UInt8]) -> Bool {
        isNamedAfterBytes(name)
            && Exchange.name(of: bytes, in: .segments).prefix(32) != name.prefix(32)
    }

    /// Whether a name is one that this program gives: what people call their files stays.
    private static func isNamedAfterBytes(_ name: String) -> Bool {
        let letters = name.prefix(32).utf8
        return letters.count == 32 && name.hasSuffix(".\(Section.segments.suffix)")
            && letters.allSatisfy { (97...122).contains($0) || (50...55).contains($0) }
    }
}

extension FileOutcome {
    /// Whether a file that has not the name of its bytes may be a segment all the same.
    package var mayBeSegment: Bool {
        switch self {
        case .setAside(.altered), .setAside(.longerThanItSays), .setAside(.notASegment),
            .setAside(.tooLarge), .notHereYet:
            false
        case .setAside, .accepted, .alreadyHeld, .waitingForEntries, .waitingForKey, .forked: true
        }
    }

    /// Whether a file may have come to this because it had other bytes once. A head may rot like
    /// the rest: then it names a key that nobody has, or another length.
    ///
    /// `isOld` says that nobody is still writing it.
    package func mayBeSpoilt(isOld: Bool) -> Bool {
        switch self {
        case .setAside(.altered), .setAside(.longerThanItSays), .setAside(.notASegment),
            .setAside(.tooLarge), .waitingForKey:
            true
        case .notHereYet: isOld
        case .setAside, .accepted, .alreadyHeld, .waitingForEntries, .forked: false
        }
    }
}
