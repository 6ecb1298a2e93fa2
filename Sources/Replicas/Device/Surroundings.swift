// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Logs

/// Everything that a replica takes from the world: with these three given, one seed is one run.
package struct Surroundings: Sendable {
    package let files: any FileSystem
    /// The same files, for folders that people share.
    package let sharedFiles: any FileSystem
    package let clock: any WallClock
    package let entropy: any Entropy
    package let index: IndexPlace
    /// The folder in which this machine remembers how far each book was recorded; nil where it
    /// remembers nothing, so that a book that was put back is found by the next sync alone.
    package let memory: String?
    /// What is recorded, as the program that runs here knows it.
    package let vocabulary: Vocabulary
    /// Waits for so many milliseconds.
    package let pause: @Sendable (UInt64) -> Void

    /// Where a replica keeps its index. SQLite reads and writes that file by itself, past `files`.
    package enum IndexPlace: Hashable, Sendable {
        case folder
        /// Forgotten when the replica is closed, and made anew from the logs when it is opened.
        case memory
    }

    package init(
        files: any FileSystem, sharedFiles: (any FileSystem)? = nil, clock: any WallClock,
        entropy: any Entropy, index: IndexPlace = .folder, memory: String? = nil,
        vocabulary: Vocabulary = .current,
        pause: @escaping @Sendable (UInt64) -> Void = { _ in }
    ) {
        self.files = files
        self.sharedFiles = sharedFiles ?? files
        self.clock = clock
        self.entropy = entropy
        self.index = index
        self.memory = memory
        self.vocabulary = vocabulary
        self.pause = pause
    }

    private static let waitMilliseconds: UInt64 = 50
    private static let waits = 80

    /// Takes a book's lock, after waiting about four seconds at most for whoever holds it.
    func lock(_ paths: ReplicaPaths, for command: String) throws(Failure) -> any FileLock {
        for _ in 0..<Surroundings.waits {
            do throws(Failure) { return try files.lock(paths.lock, holder: command) } catch {
                guard error.kind == .locked else { throw error }
            }
            pause(Surroundings.waitMilliseconds)
        }
        return try files.lock(paths.lock, holder: command)
    }
}
