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
        var opened: Int32 = -1
        let code = SystemCall.untilDone {
            opened = open(path, flags | O_CLOEXEC, mode_t(mode))
            return opened < 0 ? -1 : 0
        }
        guard code == 0 else { throw Failure.ofSystem("could not be opened", path, code) }
        descriptor = opened
    }

    /// Opens a plain file without following a link in its place and without waiting: for a pipe or
    /// a device that stands there it fails.
    init(plain path: String, _ flags: Int32) throws(Failure) {
        try self.init(path, flags | O_NOFOLLOW | O_NONBLOCK)
        do throws(Failure) {
            guard try info().st_mode & S_IFMT == S_IFREG else {
                throw Failure(
                    .other, "\(path) is no plain file; it was left alone.",
                    advice: "Move it away, or name a plain file.")
            }
        } catch {
            close()
            throw error
        }
    }

    func close() {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
        #endif
    }

    func size() throws(Failure) -> Int { Int(try info().st_size) }

    private func info() throws(Failure) -> stat {
        var info = stat()
        let code = SystemCall.untilDone { fstat(descriptor, &info) }
        guard code == 0 else { throw Failure.ofSystem("could not be looked at", path, code) }
        return info
    }

    /// The first bytes, fewer where the file is shorter.
    func read(_ count: Int) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let start = buffer.baseAddress {
                let got = pread(descriptor, start + filled, count - filled, off_t(filled))
                let code = errno
                if got < 0 && code == EINTR { continue }
                if got < 0 { failure = Failure.ofSystem("could not be read", path, code) }
                if got <= 0 { break }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Failure) {
        var done = 0
        while done < bytes.count, let start = bytes.baseAddress {
            let wrote = pwrite(descriptor, start + done, bytes.count - done, off_t(offset + done))
            let code = errno
            if wrote < 0 && code == EINTR { continue }
            guard wrote > 0 else { throw Failure.ofSystem("could not be written", path, code) }
            done += wrote
        }
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(Failure) {
        try bytes.withRaw { raw throws(Failure) in try write(raw, at: offset) }
    }

    func cut(to size: Int) throws(Failure) {
        let code = SystemCall.untilDone { ftruncate(descriptor, off_t(size)) }
        guard code == 0 else { throw Failure.ofSystem("could not be cut", path, code) }
    }

    func sync() throws(Failure) {
        let code = cfiles_sync_data(descriptor)
        guard code == 0 else {
            throw Failure.ofSystem("could not be brought to the disk", path, code)
        }
    }
}
