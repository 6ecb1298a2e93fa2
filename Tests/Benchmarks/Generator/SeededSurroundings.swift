// SPDX-License-Identifier: MIT
import Basics
import Logs
import Replicas

/// Chance and time that follow from the seed, and files that stay in memory until they are whole.
///
/// Used by one thread.
final class SeededSurroundings: Entropy, WallClock, FileSystem, @unchecked Sendable {
    private var chance: Chance
    var milliseconds: UInt64
    private(set) var bytesByPath: [String: [UInt8]] = [:]

    init(seed: UInt64, milliseconds: UInt64) {
        chance = Chance(seed: seed)
        self.milliseconds = milliseconds
    }

    var surroundings: Surroundings { Surroundings(files: self, clock: self, entropy: self) }

    func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            for index in 0..<count {
                if index.isMultiple(of: 8) { word = chance.word() }
                buffer.initializeElement(
                    at: index, to: UInt8(truncatingIfNeeded: word >> UInt64(index % 8 * 8)))
            }
            filled = count
        }
    }

    private var word: UInt64 = 0

    func nowMilliseconds() -> UInt64 { milliseconds }

    func create(_ path: String, _ bytes: [UInt8]) throws(Failure) { bytesByPath[path] = bytes }

    func append(_ bytes: [UInt8], to path: String, at offset: Int) throws(Failure) {
        precondition(bytesByPath[path]?.count == offset, "a log grows at its end")
        bytesByPath[path, default: []] += bytes
    }

    func replace(_ path: String, _ bytes: [UInt8]) throws(Failure) { bytesByPath[path] = bytes }

    func size(_ path: String) throws(Failure) -> Int? { bytesByPath[path]?.count }

    func makeFolder(_ path: String) throws(Failure) {}

    func view(_ path: String) throws(Failure) -> FileView { throw SeededSurroundings.unused }

    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        throw SeededSurroundings.unused
    }

    func place(of folder: String) throws(Failure) -> String { folder }

    func list(_ folder: String) throws(Failure) -> [FileName] { throw SeededSurroundings.unused }

    func oddNames(in folder: String) throws(Failure) -> [String] {
        throw SeededSurroundings.unused
    }

    func move(_ path: String, to new: String) throws(Failure) { throw SeededSurroundings.unused }

    func truncate(_ path: String, to size: Int) throws(Failure) {
        throw SeededSurroundings.unused
    }

    func remove(_ path: String) throws(Failure) { throw SeededSurroundings.unused }

    func lock(_ path: String, holder: String) throws(Failure) -> any FileLock {
        throw SeededSurroundings.unused
    }

    func start(of path: String, count: Int) throws(Failure) -> [UInt8] {
        throw SeededSurroundings.unused
    }

    func isFolder(_ path: String) throws(Failure) -> Bool { throw SeededSurroundings.unused }

    func overwrite(
        _ path: String, at offset: Int, with bytes: [UInt8], waits: Bool
    ) throws(Failure) {
        throw SeededSurroundings.unused
    }

    func clearTemporaries(in folder: String, before milliseconds: UInt64?) throws(Failure) {
        throw SeededSurroundings.unused
    }

    func mayWrite(in folder: String) -> Bool { true }

    func protect(_ path: String) throws(Failure) -> Bool { throw SeededSurroundings.unused }

    private static var unused: Failure {
        Failure(.other, "Files that stay in memory are only written.")
    }
}
