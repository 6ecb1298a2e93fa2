// SPDX-License-Identifier: MIT
import Basics
import CFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file descriptor with sentences for what goes wrong.
struct OpenFile {
    let descriptor: Int32
    private let path: String

    /// A file that is made gets `mode`, less what the process's mask takes away.
    init(_ path: String, _ flags: Int32, mode: UInt32 = 0o600) throws(Failure) {
        self.path = path
        var opened: Int32
        repeat {
            opened = open(path, flags | O_CLOEXEC, mode_t(mode))
        } while opened < 0 && errno == EINTR
        guard opened >= 0 else { throw Failure.ofSystem("could not be opened", path) }
        descriptor = opened
    }

    func close() {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
        #endif
    }

    func size() throws(Failure) -> Int {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else {
            throw Failure.ofSystem("could not be looked at", path)
        }
        return Int(info.st_size)
    }

    func read(_ count: Int) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let start = buffer.baseAddress {
                let got = pread(descriptor, start + filled, count - filled, off_t(filled))
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = Failure.ofSystem("could not be read", path) }
                if got <= 0 { break }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(Failure) {
        var failure: Failure?
        bytes.withUnsafeBytes { raw in
            var done = 0
            while done < raw.count, let start = raw.baseAddress {
                let wrote = pwrite(
                    descriptor, start + done, raw.count - done, off_t(offset + done))
                if wrote < 0 && errno == EINTR { continue }
                guard wrote > 0 else {
                    failure = Failure.ofSystem("could not be written", path)
                    return
                }
                done += wrote
            }
        }
        if let failure { throw failure }
    }

    func sync() throws(Failure) {
        let code = cfiles_sync_data(descriptor)
        guard code == 0 else {
            errno = code
            throw Failure.ofSystem("could not be brought to the disk", path)
        }
    }
}

extension Failure {
    /// What the system's last error means, said of a path.
    static func ofSystem(_ what: String, _ path: String) -> Failure {
        let code = errno
        let reason = String(cString: strerror(code))
        let sentence = "\(path) \(what): \(reason)."
        switch code {
        case ENOENT, ENOTDIR: return Failure(.notFound, sentence)
        case EEXIST: return Failure(.exists, sentence)
        case ENOSPC, EDQUOT:
            return Failure(
                .full, sentence, advice: "Make room on the disk; what was recorded before is safe.")
        case EACCES, EPERM, EROFS:
            return Failure(.notPermitted, sentence, advice: "Check who may write there.")
        default: return Failure(.other, sentence)
        }
    }
}
