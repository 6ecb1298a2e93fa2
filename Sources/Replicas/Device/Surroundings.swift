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

    package init(
        files: any FileSystem, sharedFiles: (any FileSystem)? = nil, clock: any WallClock,
        entropy: any Entropy
    ) {
        self.files = files
        self.sharedFiles = sharedFiles ?? files
        self.clock = clock
        self.entropy = entropy
    }
}
