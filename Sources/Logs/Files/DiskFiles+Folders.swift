// SPDX-License-Identifier: MIT
package import Basics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension DiskFiles {
    package func list(_ folder: String) throws(Failure) -> [FileName] {
        let names = try allNames(in: folder).compactMap(\.found).filter {
            TemporaryName.isOne($0.name) == false
        }
        return names.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    package func oddNames(in folder: String) throws(Failure) -> [String] {
        // A name that is no text was given by nobody who writes here, and cannot be named.
        try allNames(in: folder).filter { name, found in
            (found?.isFolder ?? true) && name.unicodeScalars.contains("\u{FFFD}") == false
        }.map(\.name)
    }

    package func place(of folder: String) throws(Failure) -> String {
        guard let found = realpath(folder, nil) else {
            throw Failure.ofSystem("could not be found", folder, errno)
        }
        defer { free(found) }
        return String(cString: found)
    }

    package func clearTemporaries(
        in folder: String, before milliseconds: UInt64?
    ) throws(Failure) {
        for file in try allNames(in: folder, where: TemporaryName.isOne).compactMap(\.found)
        where file.isFolder == false {
            let path = "\(folder)/\(file.name)"
            if let milliseconds {
                let info = try SystemCall.info(path, followsLinks: false)
                guard let info, SystemCall.lastWritten(info) < milliseconds / 1_000 else {
                    continue
                }
            }
            let code = SystemCall.untilDone { unlink(path) }
            guard code == 0 || code == ENOENT else {
                throw Failure.ofSystem("could not be removed", path, code)
            }
        }
    }

    package func mayWrite(in folder: String) -> Bool {
        faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0
    }

    package func makeFolder(_ path: String) throws(Failure) {
        guard path.isEmpty == false, try makeOne(path) == false else { return }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw Failure.ofSystem("could not be made", path, ENOENT)
        }
        try makeFolder(String(path[..<slash]))
        guard try makeOne(path) else { throw Failure.ofSystem("could not be made", path, ENOENT) }
    }

    /// Makes a folder in one that is there; false if that one is not.
    private func makeOne(_ path: String) throws(Failure) -> Bool {
        let code = SystemCall.untilDone { mkdir(path, mode_t(access.folderMode)) }
        switch code {
        case 0:
            try syncFolder(of: path)
            return true
        case ENOENT: return false
        case EEXIST:
            let info = try SystemCall.info(path, followsLinks: true)
            guard let info, info.st_mode & S_IFMT == S_IFDIR else {
                throw Failure(
                    .other, "\(path) is no folder, and one belongs there.",
                    advice: "Move it away, and run the command again.")
            }
            return true
        default: throw Failure.ofSystem("could not be made", path, code)
        }
    }

    /// All names of a kind, in no order, each with what it is if it is a plain file or a folder.
    private func allNames(
        in folder: String, where isWanted: (String) -> Bool = { _ in true }
    ) throws(Failure) -> [(name: String, found: FileName?)] {
        var opened: OpaquePointer?
        let code = SystemCall.untilDone {
            opened = opendir(folder)
            return opened == nil ? -1 : 0
        }
        guard let stream = opened else {
            throw Failure.ofSystem("could not be listed", folder, code)
        }
        defer { closedir(stream) }
        var names: [(name: String, found: FileName?)] = []
        while true {
            // Only this tells the end from an error.
            errno = 0
            guard let entry = readdir(stream) else {
                let code = errno
                guard code == 0 else {
                    throw Failure.ofSystem("could not be listed", folder, code)
                }
                return names
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != "..", isWanted(name) else { continue }
            names.append((name, try described(name, in: folder)))
        }
    }

    /// Nil for what is no plain file or folder, or went away in the meantime.
    private func described(_ name: String, in folder: String) throws(Failure) -> FileName? {
        guard let info = try SystemCall.info("\(folder)/\(name)", followsLinks: false) else {
            return nil
        }
        switch info.st_mode & S_IFMT {
        case S_IFDIR: return FileName(name: name, isFolder: true, size: 0)
        case S_IFREG:
            return FileName(
                name: name, isFolder: false, size: Int(info.st_size),
                written: SystemCall.lastWritten(info))
        default: return nil
        }
    }
}
