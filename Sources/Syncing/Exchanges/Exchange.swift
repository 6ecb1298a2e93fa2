// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// A folder where the devices of one partnership swap files. It is never an authority: what is
/// missing in it was not deleted, and no name in it is trusted.
package struct Exchange: Sendable {
    /// The folders in an exchange.
    package enum Section: String, Sendable, CaseIterable {
        case requests, grants, segments

        /// How names in the folder end when this program makes them.
        var suffix: String {
            switch self {
            case .requests: "request"
            case .grants: "grant"
            case .segments: "segment"
            }
        }
    }

    package let folder: String
    package let partnership: PartnershipID
    package let files: any FileSystem

    /// Opens the exchange of whatever partnership its marker names.
    ///
    /// Throws `.notFound` (no folder), `.notHere` (no marker: an empty or another folder, a stick
    /// that is not plugged in) or `.damaged` (a marker that is not as it should be).
    package init(opening folder: String, files: any FileSystem) throws(Failure) {
        let names = try Exchange.names(in: folder, files)
        guard names.contains(where: { $0.name == ExchangeMarker.name && !$0.isFolder }) else {
            throw Exchange.noMarker(folder, isEmpty: names.allSatisfy { Exchange.isNothing($0) })
        }
        let marker = try files.read(
            "\(folder)/\(ExchangeMarker.name)", limit: Exchange.markerReadLimit)
        guard ExchangeMarker.isOfAnotherFormat(marker) == false else {
            throw Failure(
                .other,
                "\(folder) is an exchange of a format that this program does not know; nothing was "
                    + "read or written.",
                advice: "Use the version of the program that the others use.")
        }
        guard let partnership = ExchangeMarker.decode(marker) else {
            throw Failure(
                .damaged,
                "The file \(ExchangeMarker.name) in \(folder) is damaged, so that nothing says"
                    + " which partnership the folder belongs to; nothing was read or written.",
                advice: "Copy that file from another copy of the exchange, or make a new exchange.")
        }
        self.init(folder, partnership, files)
    }

    /// Opens the exchange of the partnership named.
    ///
    /// Throws as `init(opening:files:)` does, and `.notPermitted` for another partnership's.
    package init(
        opening folder: String, of partnership: PartnershipID, files: any FileSystem
    ) throws(Failure) {
        try self.init(opening: folder, files: files)
        guard self.partnership == partnership else {
            throw Failure(
                .notPermitted,
                "\(folder) is the exchange of another partnership; nothing was read or written.",
                advice: "Choose the folder that your own partnership uses.")
        }
    }

    /// Throws `.notPermitted` unless the partnership's id begins with the bytes of the eight words
    /// that somebody was told.
    package func check(_ words: [UInt8]) throws(Failure) {
        guard words.count == Words.count, partnership.bytes.array.starts(with: words) else {
            throw Failure(
                .notPermitted,
                """
                These are not the words of the partnership whose exchange \(folder) is; nothing \
                was made and nothing was written.
                """,
                advice: """
                    Ask a coordinator for the eight words again. If they are the same, this is \
                    not their folder.
                    """)
        }
    }

    /// Makes a folder an exchange. Throws `.exists` if it is one, or holds other things than hidden
    /// files: an exchange has a folder to itself.
    package static func create(
        at folder: String, partnership: PartnershipID, files: any FileSystem
    ) throws(Failure) -> Exchange {
        try files.makeFolder(folder)
        let names = try Exchange.names(in: folder, files)
        guard names.contains(where: { $0.name == ExchangeMarker.name }) == false else {
            throw Failure(
                .exists, "\(folder) is an exchange already; nothing was changed.",
                advice: "Sync with it as it is, or choose another folder.")
        }
        guard names.allSatisfy({ Exchange.isNothing($0) }) else {
            throw Failure(
                .exists, "\(folder) holds other things, so no exchange was made there.",
                advice: "Choose an empty folder, or make a new one in it.")
        }
        // The marker comes first: without it the folders could not be told from someone's own.
        try files.create("\(folder)/\(ExchangeMarker.name)", ExchangeMarker.encode(partnership))
        for place in Section.allCases { try files.makeFolder("\(folder)/\(place.rawValue)") }
        return Exchange(folder, partnership, files)
    }

    private init(_ folder: String, _ partnership: PartnershipID, _ files: any FileSystem) {
        self.folder = folder
        self.partnership = partnership
        self.files = files
    }

    // A little more than a marker has, so that a longer file is seen as damaged, not unreadable.
    private static let markerReadLimit = 65_536

    private static func names(
        in folder: String, _ files: any FileSystem
    ) throws(Failure) -> [FileName] {
        do throws(Failure) { return try files.list(folder) } catch {
            guard error.kind == .notFound || error.kind == .notFolder else { throw error }
            throw Failure(
                .notFound, "There is no folder \(folder); nothing was read or written.",
                advice: "Check that the stick or drive is there, and how its path is written.")
        }
    }

    private static func noMarker(_ folder: String, isEmpty: Bool) -> Failure {
        let what = isEmpty ? "is empty" : "holds no file \(ExchangeMarker.name)"
        return Failure(
            .notHere,
            "The folder '\(folder)' \(what), so it is not an exchange; nothing was read, written or"
                + " deleted.",
            advice: "Check that the stick or drive is there; if this is to be a new exchange, sync"
                + " with --create into an empty folder.")
    }

    /// Whether a name stands for nothing of anyone's: temporary names are not listed at all.
    private static func isNothing(_ name: FileName) -> Bool { name.name.hasPrefix(".") }
}
