// SPDX-License-Identifier: MIT
import Basics
import CFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A lock that the system lets go of when its process ends, however it ends.
final class DiskLock: FileLock {
    private let file: OpenFile

    /// Fails with `.locked`, and names the holder, if another process or replica has it.
    init(_ path: String, holder: String) throws(Failure) {
        let file = try OpenFile(path, O_RDWR | O_CREAT)
        let code = cfiles_try_lock(file.descriptor)
        guard code == 0 else {
            let bytes = (try? file.read(min(file.size(), 512))) ?? []
            file.close()
            let other = String(decoding: bytes.prefix { $0 >= 0x20 }, as: UTF8.self)
            throw Failure(
                .locked,
                "This book is being written to by \(other.isEmpty ? "another program" : other).",
                advice: "Wait for it to finish, then try again; nothing was changed.")
        }
        self.file = file
        ftruncate(file.descriptor, 0)
        try file.write(Array("\(holder), process \(getpid())\n".utf8), at: 0)
    }

    deinit { file.close() }

    func release() {
        // Closing in `deinit` frees the lock; the text goes first so that nobody is named in vain.
        ftruncate(file.descriptor, 0)
    }
}
