// SPDX-License-Identifier: MIT
package import Basics
import CFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of this machine, by plain system calls.
package struct DiskFiles: FileSystem {
    /// Who may use the files and folders that are made.
    package enum Access: Sendable {
        /// The person who runs the program, alone.
        case own
        /// Whoever the machine's settings let: for a folder that people share.
        case shared

        var fileMode: UInt32 { self == .own ? 0o600 : 0o666 }
        var folderMode: UInt32 { self == .own ? 0o700 : 0o777 }
    }

    private let access: Access

    package init(_ access: Access = .own) { self.access = access }

    package func view(_ path: String) throws(Failure) -> FileView {
        let file = try OpenFile(path, O_RDONLY)
        defer { file.close() }
        let size = try file.size()
        guard size > 0 else { return FileView(copying: []) }
        guard let start = mmap(nil, size, PROT_READ, MAP_SHARED, file.descriptor, 0),
            start != MAP_FAILED
        else { throw Failure.ofSystem("could not be read", path) }
        return FileView(UnsafeRawBufferPointer(start: start, count: size)) { bytes in
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        }
    }

    package func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let file = try OpenFile(path, O_RDONLY | O_NOFOLLOW)
        defer { file.close() }
        let size = try file.size()
        guard size <= limit else {
            throw Failure(.other, "\(path) is larger than \(limit) bytes and was not read.")
        }
        return try file.read(size)
    }

    package func size(_ path: String) throws(Failure) -> Int? {
        var info = stat()
        if stat(path, &info) == 0 { return Int(info.st_size) }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw Failure.ofSystem("could not be looked at", path)
    }

    package func list(_ folder: String) throws(Failure) -> [FileName] {
        guard let stream = opendir(folder) else {
            throw Failure.ofSystem("could not be listed", folder)
        }
        defer { closedir(stream) }
        var names: [FileName] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var info = stat()
            guard name != ".", name != "..", lstat("\(folder)/\(name)", &info) == 0 else {
                continue
            }
            let format = info.st_mode & S_IFMT
            guard format == S_IFREG || format == S_IFDIR else { continue }
            let isFolder = format == S_IFDIR
            names.append(
                FileName(name: name, isFolder: isFolder, size: isFolder ? 0 : Int(info.st_size)))
        }
        return names.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    package func append(
        _ bytes: [UInt8], to path: String, at offset: Int
    ) throws(Failure) {
        let file = try OpenFile(path, O_WRONLY)
        defer { file.close() }
        guard try file.size() == offset else {
            throw Failure(
                .damaged, "\(path) is not as long as it was when it was opened; nothing was added.",
                advice: "Another program may have changed it: run 'beatbook verify'.")
        }
        do throws(Failure) {
            try file.write(bytes, at: offset)
            try file.sync()
        } catch {
            // What half arrived was never acknowledged. If even this fails, the next opening cuts
            // it.
            ftruncate(file.descriptor, off_t(offset))
            throw error
        }
    }

    package func create(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        let temporary = try writeTemporary(path, bytes)
        let code = cfiles_rename_new(temporary, path)
        guard code == 0 else {
            unlink(temporary)
            errno = code
            throw Failure.ofSystem("could not be made", path)
        }
        try syncFolder(of: path)
    }

    package func replace(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        let temporary = try writeTemporary(path, bytes)
        guard rename(temporary, path) == 0 else {
            let failure = Failure.ofSystem("could not be replaced", path)
            unlink(temporary)
            throw failure
        }
        try syncFolder(of: path)
    }

    package func truncate(_ path: String, to size: Int) throws(Failure) {
        let file = try OpenFile(path, O_WRONLY)
        defer { file.close() }
        guard ftruncate(file.descriptor, off_t(size)) == 0 else {
            throw Failure.ofSystem("could not be cut", path)
        }
        try file.sync()
    }

    package func remove(_ path: String) throws(Failure) {
        guard unlink(path) == 0 else { throw Failure.ofSystem("could not be removed", path) }
        try syncFolder(of: path)
    }

    package func makeFolder(_ path: String) throws(Failure) {
        guard path.isEmpty == false, try makeOne(path) == false else { return }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw Failure.ofSystem("could not be made", path)
        }
        try makeFolder(String(path[..<slash]))
        guard try makeOne(path) else { throw Failure.ofSystem("could not be made", path) }
    }

    /// Makes a folder in one that is there; false if that one is not.
    private func makeOne(_ path: String) throws(Failure) -> Bool {
        if mkdir(path, mode_t(access.folderMode)) == 0 {
            try syncFolder(of: path)
            return true
        }
        if errno == EEXIST { return true }
        guard errno == ENOENT else { throw Failure.ofSystem("could not be made", path) }
        return false
    }

    package func lock(_ path: String, holder: String) throws(Failure) -> any FileLock {
        try DiskLock(path, holder: holder)
    }

    /// Writes and syncs the bytes under a name beside `path`.
    private func writeTemporary(_ path: String, _ bytes: [UInt8]) throws(Failure) -> String {
        let temporary = "\(path).\(getpid()).tmp"
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

    private func syncFolder(of path: String) throws(Failure) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[..<$0]) } ?? "."
        let file = try OpenFile(folder.isEmpty ? "/" : folder, O_RDONLY)
        defer { file.close() }
        // Some network file systems cannot sync a folder; there the rename is as safe as it gets.
        _ = fsync(file.descriptor)
    }
}
