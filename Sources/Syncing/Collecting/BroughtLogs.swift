// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// What someone brought by hand: a log file, a segment file, a folder of either, an exchange, or
/// another device's replica folder. Files are told apart by their first bytes, never by their
/// names.
package struct BroughtLogs: Sendable {
    let files: any FileSystem
    let partnership: PartnershipID
    let candidates: [Candidate]

    /// Looks what is there.
    ///
    /// Throws `.notFound` if there is nothing of that name, `.notHere` if there is no log and no
    /// segment in it, and `.notPermitted` if it is another partnership's exchange.
    package init(
        opening path: String, of partnership: PartnershipID, files: any FileSystem
    ) throws(Failure) {
        self.files = files
        self.partnership = partnership
        guard let names = try BroughtLogs.list(path, files) else {
            candidates = try BroughtLogs.single(path, files)
            return
        }
        if names.contains(where: { $0.name == ExchangeMarker.name }) {
            _ = try Exchange(opening: path, of: partnership, files: files)
        }
        var found = BroughtLogs.found(names, in: path, prefix: "", files)
        for folder in ["logs", "segments"] where names.contains(where: { $0.name == folder }) {
            let inside = try BroughtLogs.list("\(path)/\(folder)", files) ?? []
            found += BroughtLogs.found(inside, in: "\(path)/\(folder)", prefix: "\(folder)/", files)
        }
        guard found.isEmpty == false else { throw BroughtLogs.nothing(path) }
        candidates = found
    }

    /// Nil if the path is no folder.
    private static func list(
        _ path: String, _ files: any FileSystem
    ) throws(Failure) -> [FileName]? {
        do throws(Failure) { return try files.list(path) } catch {
            guard error.kind == .notFound || error.kind == .notFolder else { throw error }
            return nil
        }
    }

    private static func single(
        _ path: String, _ files: any FileSystem
    ) throws(Failure) -> [Candidate] {
        guard let size = try files.size(path) else {
            throw Failure(
                .notFound, "There is nothing at \(path); nothing was changed.",
                advice: "Check that the stick or drive is there, and how its path is written.")
        }
        let name = path.pathName
        guard let shape = shape(of: path, files) else { throw nothing(path) }
        return [Candidate(name: name, path: path, size: size, shape: shape)]
    }

    private static func found(
        _ names: [FileName], in folder: String, prefix: String, _ files: any FileSystem
    ) -> [Candidate] {
        names.compactMap { name in
            let path = "\(folder)/\(name.name)"
            guard name.isFolder == false, let shape = shape(of: path, files) else { return nil }
            return Candidate(
                name: prefix + name.name, path: path, size: name.size, shape: shape)
        }
    }

    private static func shape(of path: String, _ files: any FileSystem) -> Candidate.Shape? {
        do throws(Failure) {
            let start = try files.start(of: path, count: Frame.logMagic.count)
            if start == Frame.logMagic { return .logFile }
            return start == SegmentFile.magic ? .segment : nil
        } catch {
            // Reading it whole will say what is wrong with it.
            return .segment
        }
    }

    private static func nothing(_ path: String) -> Failure {
        Failure(
            .notHere, "There is no log and no segment of a book at \(path); nothing was changed.",
            advice: "Name a .log or .segment file, a folder that holds some, or an exchange.")
    }
}
