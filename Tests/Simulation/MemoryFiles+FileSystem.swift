// SPDX-License-Identifier: MIT
package import Basics
package import Logs
import Synchronization

extension MemoryFiles {
    package func view(_ path: String) throws(Failure) -> FileView {
        FileView(copying: try call { state throws(Failure) in try state.bytes(path) })
    }

    package func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        try call { state throws(Failure) in
            let bytes = try state.bytes(path)
            guard bytes.count <= limit else { throw Failure(.other, "\(path) is too large.") }
            return bytes
        }
    }

    package func start(of path: String, count: Int) throws(Failure) -> [UInt8] {
        try call { state throws(Failure) in Array(try state.bytes(path).prefix(count)) }
    }

    package func isFolder(_ path: String) throws(Failure) -> Bool {
        try call { state throws(Failure) in state.folders.contains(path) }
    }

    package func size(_ path: String) throws(Failure) -> Int? {
        try call { state throws(Failure) in
            if state.folders.contains(path) { return 4_096 }
            return state.bytesByPath[path]?.count
        }
    }

    package func place(of folder: String) throws(Failure) -> String {
        try call { state throws(Failure) in
            guard state.folders.contains(folder) else {
                throw Failure(.notFound, "\(folder) is not there.")
            }
            return "/\(folder)"
        }
    }

    package func list(_ folder: String) throws(Failure) -> [FileName] {
        try call { state throws(Failure) in
            guard state.folders.contains(folder) else {
                guard state.bytesByPath[folder] == nil else {
                    throw Failure(.notFolder, "\(folder) is no folder.")
                }
                throw Failure(.notFound, "\(folder) is not there.")
            }
            let files = state.bytesByPath.compactMap { path, bytes in
                name(of: path, in: folder).map {
                    FileName(
                        name: $0, isFolder: false, size: bytes.count,
                        written: state.writtenByPath[path])
                }
            }
            let folders = state.folders.compactMap { path in
                name(of: path, in: folder).map { FileName(name: $0, isFolder: true, size: 0) }
            }
            return (files + folders).filter { TemporaryName.isOne($0.name) == false }.sorted {
                $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
            }
        }
    }

    package func append(_ bytes: [UInt8], to path: String, at offset: Int) throws(Failure) {
        do throws(Failure) { try add(bytes, to: path, at: offset) } catch {
            // What stands there although the call failed is not to be called failed.
            let isWritten = bytesByPath[path]?.count == offset + bytes.count
            throw isWritten && error.kind != .damaged ? error.leavingItWritten : error
        }
    }

    private func add(_ bytes: [UInt8], to path: String, at offset: Int) throws(Failure) {
        try change { state, extent throws(Failure) in
            let old = try state.bytes(path)
            guard old.count == offset else {
                throw Failure(.damaged, "\(path) is not as long as it was.")
            }
            try state.makeRoom(for: bytes.count)
            switch extent {
            case .all: state.bytesByPath[path] = old + bytes
            case .others: state.bytesByPath[path] = old + Extent.others(bytes)
            case .none: break
            case .first(let count): state.bytesByPath[path] = old + bytes.prefix(count)
            case .zeroFilled(let count):
                let kept = bytes.prefix(count)
                let zeros = [UInt8](repeating: 0, count: bytes.count - kept.count)
                state.bytesByPath[path] = old + kept + zeros
            }
        }
    }

    package func create(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        try write(path, bytes, isNew: true)
    }

    package func replace(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        try write(path, bytes, isNew: false)
    }

    package func truncate(_ path: String, to size: Int) throws(Failure) {
        try change { state, extent throws(Failure) in
            let old = try state.bytes(path)
            if extent.isWhole { state.bytesByPath[path] = Array(old.prefix(size)) }
        }
    }

    package func remove(_ path: String) throws(Failure) {
        try change { state, extent throws(Failure) in
            _ = try state.bytes(path)
            if extent.isWhole { state.bytesByPath[path] = nil }
        }
    }

    package func overwrite(
        _ path: String, at offset: Int, with bytes: [UInt8], waits: Bool
    ) throws(Failure) {
        try change { state, extent throws(Failure) in
            var old = try state.bytes(path)
            let new =
                switch extent {
                case .all: bytes
                case .others: Extent.others(bytes)
                case .none: [UInt8]()
                case .first(let count), .zeroFilled(let count): Array(bytes.prefix(count))
                }
            let end = offset + new.count
            if old.count < end { old += [UInt8](repeating: 0, count: end - old.count) }
            old.replaceSubrange(offset..<end, with: new)
            state.bytesByPath[path] = old
        }
    }

    package func oddNames(in folder: String) throws(Failure) -> [String] {
        try list(folder).filter(\.isFolder).map(\.name)
    }

    package func move(_ path: String, to new: String) throws(Failure) {
        try change { state, extent throws(Failure) in
            guard extent.isWhole else { return }
            let moved = { (old: String) in
                old == path || old.hasPrefix("\(path)/") ? new + old.dropFirst(path.count) : old
            }
            guard state.bytesByPath[new] == nil, state.folders.contains(new) == false else {
                throw Failure(.exists, "\(new) is there already.")
            }
            let bytes = state.bytesByPath.map { (moved($0.key), $0.value) }
            state.bytesByPath = Dictionary(uniqueKeysWithValues: bytes)
            state.folders = Set(state.folders.map(moved))
        }
    }

    package func mayWrite(in folder: String) -> Bool { true }

    /// All are taken to be old: nothing writes beside what calls this.
    package func clearTemporaries(
        in folder: String, before milliseconds: UInt64?
    ) throws(Failure) {
        try change { state, extent throws(Failure) in
            guard extent.isWhole else { return }
            for path in state.bytesByPath.keys {
                guard let name = name(of: path, in: folder), TemporaryName.isOne(name) else {
                    continue
                }
                state.bytesByPath[path] = nil
            }
        }
    }

    package func protect(_ path: String) throws(Failure) -> Bool {
        try call { _ throws(Failure) in true }
    }

    package func makeFolder(_ path: String) throws(Failure) {
        try change { state, extent throws(Failure) in
            guard state.bytesByPath[path] == nil else { return }
            if extent.isWhole { state.addFolders(to: path) }
        }
    }

    package func lock(_ path: String, holder: String) throws(Failure) -> any FileLock {
        try call { state throws(Failure) in
            if let other = state.holdersByPath[path] {
                throw Failure(.locked, "This book is being written to by \(other).")
            }
            state.holdersByPath[path] = holder
        }
        return MemoryLock(self, path)
    }

    /// A file that is made whole: under a temporary name first.
    private func write(_ path: String, _ bytes: [UInt8], isNew: Bool) throws(Failure) {
        try change { state, extent throws(Failure) in
            guard state.folders.contains(MemoryFiles.folder(of: path)) else {
                throw Failure(.notFound, "\(path) could not be made: its folder is not there.")
            }
            if isNew, state.bytesByPath[path] != nil {
                throw Failure(.exists, "\(path) is there already.")
            }
            try state.makeRoom(for: bytes.count)
            switch extent {
            case .all: state.bytesByPath[path] = bytes
            case .others: state.bytesByPath[path] = Extent.others(bytes)
            case .none: break
            case .first(let count), .zeroFilled(let count):
                state.bytesByPath["\(path).1.tmp"] = Array(bytes.prefix(count))
            }
        }
    }

    private func name(of path: String, in folder: String) -> String? {
        guard path.isEmpty == false, MemoryFiles.folder(of: path) == folder else { return nil }
        return String(path.dropFirst(folder.isEmpty ? 0 : folder.count + 1))
    }
}

/// A lock in a `MemoryFiles`.
private final class MemoryLock: FileLock {
    private let files: MemoryFiles
    private let path: String

    init(_ files: MemoryFiles, _ path: String) {
        self.files = files
        self.path = path
    }

    deinit { release() }

    func release() { files.state.withLock { $0.holdersByPath[path] = nil } }
}
