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
        let file = try OpenFile(plain: path, O_RDWR | O_CREAT)
        do throws(Failure) {
            try DiskLock.take(file, path)
            try file.cut(to: 0)
            try file.write(Array("\(holder), process \(getpid())\n".utf8), at: 0)
        } catch {
            file.close()
            throw error
        }
        self.file = file
    }

    deinit {
        // Closing would do, were there no other process: one that is being started has the file
        // open until its program runs, and would hold the book for as long.
        cfiles_unlock(file.descriptor)
        file.close()
    }

    func release() {
        // Closing in `deinit` frees the lock; the text goes first so that nobody is named in vain.
        ftruncate(file.descriptor, 0)
    }

    private static func take(_ file: OpenFile, _ path: String) throws(Failure) {
        let code = cfiles_try_lock(file.descriptor)
        guard code != 0 else { return }
        guard code == EWOULDBLOCK else {
            throw Failure.ofSystem("could not be locked", path, code)
        }
        throw Failure(
            .locked, "This book is being written to by \(holder(file)).",
            advice: "Wait for it to finish, then try again; nothing was changed.")
    }

    /// Who wrote the file's text. That the lock is held is known without it, so that trouble in
    /// reading it is no trouble.
    private static func holder(_ file: OpenFile) -> String {
        do throws(Failure) {
            let text = try file.read(512).prefix { $0 >= 0x20 }
            return text.isEmpty ? "another program" : String(decoding: text, as: UTF8.self)
        } catch {
            return "another program"
        }
    }
}
