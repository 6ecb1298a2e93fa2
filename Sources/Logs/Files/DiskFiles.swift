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

    let access: Access

    package init(_ access: Access = .own) { self.access = access }

    package func view(_ path: String) throws(Failure) -> FileView {
        let file = try OpenFile(plain: path, O_RDONLY)
        defer { file.close() }
        let size = try file.size()
        guard size > 0 else { return FileView(copying: []) }
        guard cfiles_may_map(file.descriptor) == 1 else {
            return FileView(copying: try file.read(size))
        }
        guard let start = mmap(nil, size, PROT_READ, MAP_SHARED, file.descriptor, 0),
            start != MAP_FAILED
        else { throw Failure.ofSystem("could not be read", path, errno) }
        return FileView(UnsafeRawBufferPointer(start: start, count: size)) { bytes in
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        }
    }

    package func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let file = try OpenFile(plain: path, O_RDONLY)
        defer { file.close() }
        let size = try file.size()
        guard size <= limit else {
            throw Failure(.other, "\(path) is larger than \(limit) bytes and was not read.")
        }
        return try file.read(size)
    }

    package func start(of path: String, count: Int) throws(Failure) -> [UInt8] {
        let file = try OpenFile(plain: path, O_RDONLY)
        defer { file.close() }
        return try file.read(count)
    }

    package func size(_ path: String) throws(Failure) -> Int? {
        try SystemCall.info(path, followsLinks: true).map { Int($0.st_size) }
    }

    package func isFolder(_ path: String) throws(Failure) -> Bool {
        guard let info = try SystemCall.info(path, followsLinks: false) else { return false }
        return info.st_mode & S_IFMT == S_IFDIR
    }

    package func lock(_ path: String, holder: String) throws(Failure) -> any FileLock {
        try DiskLock(path, holder: holder)
    }
}
