// SPDX-License-Identifier: MIT
package import Basics

/// The only door to files. Paths are plain strings with `/`; there is no current folder.
///
/// Every call that changes something returns only when the change would survive a power cut.
package protocol FileSystem: Sendable {
    /// The bytes as they are now, kept readable for as long as the view lives.
    func view(_ path: String) throws(Failure) -> FileView
    /// All bytes, without following a link; `.other` if there are more than `limit`.
    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]
    /// Nil if there is no such file.
    func size(_ path: String) throws(Failure) -> Int?
    /// The names in a folder, sorted by their bytes; what is not a plain file or folder is left
    /// out.
    func list(_ folder: String) throws(Failure) -> [FileName]
    /// Writes at the end, which the caller says is at `offset`, in one write.
    func append(_ bytes: [UInt8], to path: String, at offset: Int) throws(Failure)
    /// Makes a file that is there whole or not at all; `.exists` if the name is taken.
    func create(_ path: String, _ bytes: [UInt8]) throws(Failure)
    /// Puts a whole file in the place of whatever has the name.
    func replace(_ path: String, _ bytes: [UInt8]) throws(Failure)
    func truncate(_ path: String, to size: Int) throws(Failure)
    func remove(_ path: String) throws(Failure)
    /// Makes the folder and those above it; nothing happens if it is there.
    func makeFolder(_ path: String) throws(Failure)
    /// Takes the lock file at once or fails with `.locked`, saying who holds it.
    func lock(_ path: String, holder: String) throws(Failure) -> any FileLock
}

/// A name in a folder.
package struct FileName: Hashable, Sendable {
    package let name: String
    package let isFolder: Bool
    /// In bytes; 0 for a folder.
    package let size: Int

    package init(name: String, isFolder: Bool, size: Int) {
        self.name = name
        self.isFolder = isFolder
        self.size = size
    }
}

/// Held for as long as the value lives.
package protocol FileLock: AnyObject, Sendable {
    func release()
}
