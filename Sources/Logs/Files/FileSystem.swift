// SPDX-License-Identifier: MIT
package import Basics

/// The only door to files. Paths are plain strings with `/`; there is no current folder.
///
/// Every call that changes something returns only when the change would survive a power cut, unless
/// it says otherwise. An answer of "there is nothing" is given where nothing is there, and for no
/// other trouble.
package protocol FileSystem: Sendable {
    /// The bytes of a plain file as they are now, kept readable for as long as the view lives: for
    /// files of this device, which may be mapped.
    func view(_ path: String) throws(Failure) -> FileView
    /// All bytes of a plain file, without following a link or waiting; `.other` if there are more
    /// than `limit`.
    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]
    /// The first bytes of a plain file, at most so many, as `read` gives them.
    func start(of path: String, count: Int) throws(Failure) -> [UInt8]
    /// Nil if there is no such file.
    func size(_ path: String) throws(Failure) -> Int?
    /// Whether a folder, and no link to one, has the name.
    func isFolder(_ path: String) throws(Failure) -> Bool
    /// The name of a folder that is there from the root, links followed: one for each folder.
    func place(of folder: String) throws(Failure) -> String
    /// The names in a folder, sorted by their bytes; temporary names, and what is not a plain file
    /// or folder, are left out. `.notFolder` if the path names something else.
    func list(_ folder: String) throws(Failure) -> [FileName]
    /// The names of what else is in a folder, in any order: folders, links, pipes.
    func oddNames(in folder: String) throws(Failure) -> [String]
    /// Gives whatever has a name another one, in a folder that is there; `.exists` if it is taken.
    func move(_ path: String, to new: String) throws(Failure)
    /// Writes at the end, which the caller says is at `offset`, in one write.
    func append(_ bytes: [UInt8], to path: String, at offset: Int) throws(Failure)
    /// Writes within a file that is there. `waits` says whether for the disk: where it does not, a
    /// power cut may leave the old bytes.
    func overwrite(
        _ path: String, at offset: Int, with bytes: [UInt8], waits: Bool
    ) throws(Failure)
    /// Makes a file that is there whole or not at all; `.exists` if the name is taken.
    func create(_ path: String, _ bytes: [UInt8]) throws(Failure)
    /// Puts a whole file in the place of whatever has the name.
    func replace(_ path: String, _ bytes: [UInt8]) throws(Failure)
    /// Cuts a file as a whole: whoever has a view of it keeps what it saw.
    func truncate(_ path: String, to size: Int) throws(Failure)
    func remove(_ path: String) throws(Failure)
    /// Removes what stopped writers left in a folder under temporary names: all of it, for whoever
    /// is the only writer there, or what was last written before a time since 1970.
    func clearTemporaries(in folder: String, before milliseconds: UInt64?) throws(Failure)
    /// Whether this process may make files in a folder.
    func mayWrite(in folder: String) -> Bool
    /// Makes the folder and those above it; nothing happens if it is there.
    func makeFolder(_ path: String) throws(Failure)
    /// Takes from everyone but its owner what they may do with a file or folder, if it is there.
    /// False where the file system does not keep apart who may do what.
    func protect(_ path: String) throws(Failure) -> Bool
    /// Takes the lock file at once or fails with `.locked`, saying who holds it.
    func lock(_ path: String, holder: String) throws(Failure) -> any FileLock
}

/// A name in a folder.
package struct FileName: Hashable, Sendable {
    package let name: String
    package let isFolder: Bool
    /// In bytes; 0 for a folder.
    package let size: Int
    /// When it was last written, in seconds since 1970; nil where that is not known.
    package let written: Int?

    package init(name: String, isFolder: Bool, size: Int, written: Int? = nil) {
        self.name = name
        self.isFolder = isFolder
        self.size = size
        self.written = written
    }
}

/// Held for as long as the value lives.
package protocol FileLock: AnyObject, Sendable {
    func release()
}
