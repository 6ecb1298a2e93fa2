// SPDX-License-Identifier: MIT
package import Basics
package import Logs

extension Exchange {
    /// What a file of these bytes is called, whoever writes it.
    package static func name(of bytes: [UInt8], in place: Section) -> String {
        "\(Base32.text(Digest.of(bytes).bytes.array.prefix(20))).\(place.suffix)"
    }

    /// The plain files in one of the folders, sorted by name; none if the folder is missing.
    package func list(_ place: Section) throws(Failure) -> [FileName] {
        do throws(Failure) {
            // A link in the folder's place leads to what somebody else keeps elsewhere.
            guard try files.isFolder(path(place)) else { return [] }
            return try files.list(path(place)).filter { $0.isFolder == false }
        } catch {
            // A folder that is missing says that nobody put anything there, and nothing else.
            guard error.kind == .notFound else { throw error }
            return []
        }
    }

    package func read(_ name: String, in place: Section, limit: Int) throws(Failure) -> [UInt8] {
        try files.read("\(path(place))/\(name)", limit: limit)
    }

    /// Writes a file under the name that follows from its bytes, unless it is there, and reads it
    /// back. Gives its name.
    ///
    /// Where other bytes have that name, or bytes that cannot be read, they stay, and the file gets
    /// the next free name beside it. Throws `.damaged` if what was just written does not come back:
    /// then it is taken away again.
    package func write(_ bytes: [UInt8], in place: Section) throws(Failure) -> String {
        if try files.isFolder(path(place)) == false {
            // A folder that was taken away, or renamed, while this goes on is not made anew.
            guard try files.size("\(folder)/\(ExchangeMarker.name)") != nil else {
                throw Failure(
                    .notFound, "\(folder) is no exchange any more; it was taken away or renamed.",
                    advice: "Nothing is lost on this device: sync again when it is back.")
            }
            try files.makeFolder(path(place))
        }
        guard try files.isFolder(path(place)) else {
            throw Failure(
                .other, "\(path(place)) is a link, which is not followed; nothing was written.",
                advice: "Put a plain folder in its place.")
        }
        for name in Exchange.names(of: bytes, in: place) {
            let isNew = try create(name, bytes, in: place)
            if try holds(name, bytes, in: place, isNew: isNew) { return name }
            guard isNew == false else {
                try remove(name, in: place)
                break
            }
        }
        throw Failure(
            .damaged, "\(folder) does not give back what was written to it.",
            advice: "Nothing is lost on this device; use another stick or folder.")
    }

    /// The names that a file may have, in the order in which they are tried.
    private static func names(of bytes: [UInt8], in place: Section) -> [String] {
        let name = name(of: bytes, in: place)
        let stem = name.dropLast(place.suffix.count)
        let others = (2...Exchange.namesTried).map { "\(stem)again-\($0).\(place.suffix)" }
        return [name, "\(stem)again.\(place.suffix)"] + others
    }

    // So many bad files of one content mean a bad medium, not bad luck.
    private static let namesTried = 16

    /// False if the name is taken.
    private func create(
        _ name: String, _ bytes: [UInt8], in place: Section
    ) throws(Failure) -> Bool {
        do throws(Failure) {
            try files.create("\(path(place))/\(name)", bytes)
            return true
        } catch {
            guard error.kind == .exists else { throw error }
            return false
        }
    }

    /// Whether the file reads as these bytes. One of someone else's that cannot be read holds
    /// nothing that anyone can use.
    private func holds(
        _ name: String, _ bytes: [UInt8], in place: Section, isNew: Bool
    ) throws(Failure) -> Bool {
        do throws(Failure) { return try read(name, in: place, limit: bytes.count) == bytes } catch {
            guard isNew == false else { throw error }
            return false
        }
    }

    /// A file that was listed; nil if it went away meanwhile.
    func readIfThere(
        _ name: String, in place: Section, limit: Int
    ) throws(Failure) -> [UInt8]? {
        do throws(Failure) { return try read(name, in: place, limit: limit) } catch {
            guard error.kind == .notFound else { throw error }
            return nil
        }
    }

    /// Removes what writers left half written that were stopped a day or more before a time since
    /// 1970, where this device may: others may be writing.
    package func clearTemporaries(at milliseconds: UInt64) {
        let day: UInt64 = 86_400_000
        for place in Section.allCases {
            do throws(Failure) {
                guard try files.isFolder(path(place)) else { continue }
                try files.clearTemporaries(
                    in: path(place), before: milliseconds - min(day, milliseconds))
            } catch {
                // It takes room and harms nobody; whoever made it may remove it.
                continue
            }
        }
    }

    func remove(_ name: String, in place: Section) throws(Failure) {
        do throws(Failure) { try files.remove("\(path(place))/\(name)") } catch {
            guard error.kind == .notFound else { throw error }
        }
    }

    private func path(_ place: Section) -> String { "\(folder)/\(place.rawValue)" }
}
