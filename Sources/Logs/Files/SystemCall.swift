// SPDX-License-Identifier: MIT
import Basics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Calls to the system that give 0 or an errno.
enum SystemCall {
    /// Calls again for as long as a signal interrupts the call; gives 0 or the errno.
    static func untilDone(_ call: () -> Int32) -> Int32 {
        while true {
            guard call() != 0 else { return 0 }
            let code = errno
            guard code == EINTR else { return code }
        }
    }

    /// When a file was last written, in seconds since 1970.
    static func lastWritten(_ info: stat) -> Int {
        #if canImport(Glibc)
            info.st_mtim.tv_sec
        #else
            info.st_mtimespec.tv_sec
        #endif
    }

    /// What a name stands for, links followed or not; nil if there is nothing of that name.
    static func info(_ path: String, followsLinks: Bool) throws(Failure) -> stat? {
        var info = stat()
        let code = untilDone { followsLinks ? stat(path, &info) : lstat(path, &info) }
        guard code != ENOENT else { return nil }
        guard code == 0 else { throw Failure.ofSystem("could not be looked at", path, code) }
        return info
    }
}

extension Failure {
    /// What the system's answer to a call means, said of a path. Only `ENOENT` says that nothing is
    /// there.
    static func ofSystem(_ what: String, _ path: String, _ code: Int32) -> Failure {
        let sentence = "\(path) \(what): \(String(cString: strerror(code)))."
        switch code {
        case ENOENT: return Failure(.notFound, sentence)
        case ENOTDIR: return Failure(.notFolder, sentence)
        case EEXIST: return Failure(.exists, sentence)
        case ENOSPC, EDQUOT:
            return Failure(
                .full, sentence, advice: "Make room on the disk; what was recorded before is safe.")
        case EFBIG:
            return Failure(
                .full, sentence,
                advice: "The system or the drive allows no larger file; what was recorded before "
                    + "is safe.")
        case EACCES, EPERM, EROFS:
            return Failure(
                .notPermitted, sentence,
                advice: code == EROFS
                    ? "The disk takes no writing." : "Check who may read and write there.")
        case ELOOP:
            return Failure(
                .other, sentence,
                advice: "It is a link, which is not followed: put the file there.")
        case ENOLCK, ENOTSUP, ENOSYS:
            return Failure(
                .other, sentence,
                advice: "The drive cannot do this: keep the book on another one. Nothing was lost.")
        case EISDIR:
            return Failure(
                .other, sentence, advice: "A folder stands in the place of a file: move it away.")
        case EIO:
            return Failure(
                .other, sentence,
                advice: "The drive may be failing: copy what is on it, and check it.")
        default: return Failure(.other, sentence)
        }
    }
}
