// SPDX-License-Identifier: MIT
package import Basics
package import Logs

extension Collected {
    /// Adds what is new to the local copies in `folder`, one append a log.
    ///
    /// Bytes after the last seal of a copy are put in the folder `aside` before they are cut. The
    /// own log, which `key` signs, is not cut, unless it is one of those `damaged`: if it has grown
    /// meanwhile, nothing
    /// is added to it and `.damaged` is thrown. Whoever repeats this after a failure opens the
    /// copies anew and collects again.
    package func apply(
        to folder: String, aside: String, damaged: Set<LogID> = [], of key: DeviceKey? = nil,
        files: any FileSystem
    ) throws(Failure) {
        for growth in growths {
            let mayCut = growth.isOwn == false || damaged.contains(growth.log.id)
            try growth.apply(
                to: "\(folder)/\(growth.name)", aside: aside, mayCut: mayCut,
                isOwn: growth.isOwn || growth.log.key == key, files: files
            )
        }
    }
}

extension LogGrowth {
    fileprivate func apply(
        to path: String, aside: String, mayCut: Bool, isOwn: Bool, files: any FileSystem
    ) throws(Failure) {
        guard let size = try files.size(path) else {
            guard offset == 0 else {
                throw Failure(.notFound, "\(path) is gone; nothing was added to it.")
            }
            try files.create(path, bytes)
            return
        }
        var bytes = bytes
        if size > offset, mayCut {
            try putAside(path, aside: aside, files: files)
            bytes += try rejoined(path, isOwn: isOwn, files: files)
        }
        guard bodies.isEmpty else {
            return try fill(path, size, mayCut: mayCut, adding: bytes, files: files)
        }
        if size > offset, mayCut {
            guard offset > 0 else {
                try files.replace(path, bytes)
                return
            }
            try files.truncate(path, to: offset)
        }
        try files.append(bytes, to: path, at: offset)
    }

    /// What stands behind the damage in the file and goes on from where the good copy ends. Of the
    /// own log it may stand nowhere else, and what is damaged behind that is for the next writer.
    private func rejoined(
        _ path: String, isOwn: Bool, files: any FileSystem
    ) throws(Failure) -> [UInt8] {
        let view = try files.view(path)
        defer { withExtendedLifetime(view) {} }
        return isOwn
            ? Rejoining.tail(view.bytes, from: offset, of: log, after: tip)
            : Rejoining.sealed(view.bytes, from: offset, of: log, after: tip)
    }

    /// Writes the file anew, with bodies where they are lacking.
    private func fill(
        _ path: String, _ size: Int, mayCut: Bool, adding bytes: [UInt8],
        files: any FileSystem
    ) throws(Failure) {
        guard size == offset || size > offset && mayCut else {
            throw Failure(
                .damaged, "\(path) is not as long as it was when it was opened.",
                advice: "Nothing was changed: run the command again.")
        }
        let view = try files.view(path)
        let start = UnsafeRawBufferPointer(rebasing: view.bytes[..<offset])
        defer { withExtendedLifetime(view) {} }
        let whole: [UInt8]
        do throws(LogError) {
            whole = try BodyFilling.filled(start, with: bodies, sealedBy: sealFrames)
        } catch {
            throw Failure(.damaged, "\(path) is no log any more; nothing was changed.")
        }
        try files.replace(path, whole + bytes)
    }

    /// Keeps what stands in the file after `offset`.
    private func putAside(
        _ path: String, aside: String, files: any FileSystem
    ) throws(Failure) {
        let view = try files.view(path)
        let tail = view.copy(min(offset, view.bytes.count)...)
        try files.makeFolder(aside)
        let name = Base32.text(Digest.of(tail).bytes.array.prefix(20))
        do throws(Failure) {
            try files.create("\(aside)/\(log.id.hex)-\(offset)-\(name).tail", tail)
        } catch {
            guard error.kind == .exists else { throw error }
        }
    }
}
