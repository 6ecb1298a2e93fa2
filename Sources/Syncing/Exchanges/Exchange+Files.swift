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
    /// Where other bytes have that name, they stay, and the file gets a name beside it.
    package func write(_ bytes: [UInt8], in place: Section) throws(Failure) -> String {
        try files.makeFolder(path(place))
        guard try files.isFolder(path(place)) else {
            throw Failure(
                .other, "\(path(place)) is a link, which is not followed; nothing was written.",
                advice: "Put a plain folder in its place.")
        }
        let name = Exchange.name(of: bytes, in: place)
        let beside = "\(name.dropLast(place.suffix.count))again.\(place.suffix)"
        for name in [name, beside] {
            do throws(Failure) { try files.create("\(path(place))/\(name)", bytes) } catch {
                guard error.kind == .exists else { throw error }
            }
            if (try? read(name, in: place, limit: bytes.count)) == bytes { return name }
        }
        throw Failure(
            .damaged, "\(folder) does not give back what was written to it.",
            advice: "Nothing is lost on this device; use another stick or folder.")
    }

    func remove(_ name: String, in place: Section) throws(Failure) {
        do throws(Failure) { try files.remove("\(path(place))/\(name)") } catch {
            guard error.kind == .notFound else { throw error }
        }
    }

    private func path(_ place: Section) -> String { "\(folder)/\(place.rawValue)" }
}
