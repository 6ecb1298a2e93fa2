// SPDX-License-Identifier: MIT
package import Basics
import CFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension DiskFiles {
    package func append(
        _ bytes: [UInt8], to path: String, at offset: Int
    ) throws(Failure) {
        let file = try OpenFile(plain: path, O_WRONLY)
        defer { file.close() }
        guard try file.size() == offset else {
            throw Failure(
                .damaged, "\(path) is not as long as it was when it was opened; nothing was added.",
                advice: "Another program may have changed it: run 'beatbook verify'.")
        }
        do throws(Failure) {
            try file.write(bytes, at: offset)
            try file.sync()
        } catch let trouble {
            // What half arrived was never acknowledged. If even this fails, the next opening cuts
            // what is half there, and keeps what is whole.
            do throws(Failure) { try file.cut(to: offset) } catch {
                throw trouble.leavingItWritten
            }
            throw trouble
        }
    }

    package func overwrite(
        _ path: String, at offset: Int, with bytes: [UInt8], waits: Bool
    ) throws(Failure) {
        let file = try OpenFile(plain: path, O_WRONLY)
        defer { file.close() }
        try file.write(bytes, at: offset)
        if waits { try file.sync() }
    }

    package func create(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        let temporary = try bytes.withRaw { (raw) throws(Failure) in
            try writeTemporary(path, raw)
        }
        let code = cfiles_rename_new(temporary, path)
        guard code == 0 else {
            unlink(temporary)
            throw Failure.ofSystem("could not be made", path, code)
        }
        try syncFolder(of: path)
    }

    package func replace(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        try bytes.withRaw { (raw) throws(Failure) in try replace(path, raw) }
    }

    private func replace(_ path: String, _ bytes: UnsafeRawBufferPointer) throws(Failure) {
        let temporary = try writeTemporary(path, bytes)
        let code = SystemCall.untilDone { rename(temporary, path) }
        guard code == 0 else {
            unlink(temporary)
            throw Failure.ofSystem("could not be replaced", path, code)
        }
        try syncFolder(of: path)
    }

    package func truncate(_ path: String, to size: Int) throws(Failure) {
        // By a new file: a reader that has mapped this one is ended by the system where pages of it
        // go away.
        let whole = try view(path)
        defer { withExtendedLifetime(whole) {} }
        guard size <= whole.bytes.count else {
            throw Failure(.damaged, "\(path) is shorter than it was; it was not cut.")
        }
        try replace(path, UnsafeRawBufferPointer(rebasing: whole.bytes[..<size]))
    }

    package func move(_ path: String, to new: String) throws(Failure) {
        let code = cfiles_rename_new(path, new)
        guard code == 0 else { throw Failure.ofSystem("could not be moved", path, code) }
        try syncFolder(of: new)
        try syncFolder(of: path)
    }

    package func remove(_ path: String) throws(Failure) {
        let code = SystemCall.untilDone { unlink(path) }
        guard code == 0 else { throw Failure.ofSystem("could not be removed", path, code) }
        try syncFolder(of: path)
    }

    package func protect(_ path: String) throws(Failure) -> Bool {
        func isOwn(_ info: stat) -> Bool { info.st_mode & 0o077 == 0 }
        guard let info = try SystemCall.info(path, followsLinks: true) else { return true }
        guard isOwn(info) == false else { return true }
        let code = SystemCall.untilDone { chmod(path, info.st_mode & 0o700) }
        if [EPERM, ENOTSUP, ENOSYS, EROFS].contains(code) { return false }
        guard code == 0 else { throw Failure.ofSystem("could not be protected", path, code) }
        return try SystemCall.info(path, followsLinks: true).map { isOwn($0) } ?? true
    }

    /// Writes and syncs the bytes under a name beside `path`.
    private func writeTemporary(
        _ path: String, _ bytes: UnsafeRawBufferPointer
    ) throws(Failure) -> String {
        let temporary = TemporaryName.beside(path, process: getpid())
        // What an earlier process of this number left is not written through: it may be a link.
        unlink(temporary)
        let file = try OpenFile(
            temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: access.fileMode)
        defer { file.close() }
        do throws(Failure) {
            try file.write(bytes, at: 0)
            try file.sync()
        } catch {
            unlink(temporary)
            throw error
        }
        return temporary
    }

    /// Fails where the folder could not be brought to the disk: the name may then be lost, so that
    /// what has it is not acknowledged.
    func syncFolder(of path: String) throws(Failure) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[..<$0]) } ?? "."
        let name = folder.isEmpty ? "/" : folder
        let file = try OpenFile(name, O_RDONLY | O_DIRECTORY)
        defer { file.close() }
        let code = cfiles_sync_folder(file.descriptor)
        guard code == 0 else {
            throw Failure.ofSystem("could not be brought to the disk", name, code)
        }
    }
}
