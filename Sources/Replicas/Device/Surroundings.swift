// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// Everything that a replica takes from the world: with these three given, one seed is one run.
package struct Surroundings: Sendable {
    package let files: any FileSystem
    /// The same files, for folders that people share.
    package let sharedFiles: any FileSystem
    package let clock: any WallClock
    package let entropy: any Entropy
    package let index: IndexPlace

    /// Where a replica keeps its index. SQLite reads and writes that file by itself, past `files`.
    package enum IndexPlace: Hashable, Sendable {
        case folder
        /// Forgotten when the replica is closed, and made anew from the logs when it is opened.
        case memory
    }

    package init(
        files: any FileSystem, sharedFiles: (any FileSystem)? = nil, clock: any WallClock,
        entropy: any Entropy, index: IndexPlace = .folder
    ) {
        self.files = files
        self.sharedFiles = sharedFiles ?? files
        self.clock = clock
        self.entropy = entropy
        self.index = index
    }
}
