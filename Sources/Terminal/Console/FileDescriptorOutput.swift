// SPDX-License-Identifier: MIT
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Standard output and standard error of the process, or other descriptors in their place.
package struct FileDescriptorOutput: TextOutput {
    private let output: Int32
    private let errors: Int32
    // Asked once: every line that is printed wants to know.
    private let isOutputTerminal: Bool
    private let isErrorsTerminal: Bool

    /// Whether there was no output to write to from the start.
    private let isMissing: Bool

    /// The descriptors stay open when this is gone.
    package init(
        output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO, isMissing: Bool = false
    ) {
        self.output = output
        self.errors = errors
        self.isMissing = isMissing
        isOutputTerminal = isatty(output) == 1
        isErrorsTerminal = isatty(errors) == 1
    }

    /// Takes the places of standard channels that were closed from the start, so that no file of
    /// the book gets one of their numbers and is printed into. Gives the output of the process.
    package static func ofProcess() -> FileDescriptorOutput {
        let closed = (0...2).filter { fcntl($0, F_GETFD) == -1 && errno == EBADF }
        // The lowest number that is free is given, which is the next of them.
        for _ in closed { _ = open("/dev/null", O_RDWR) }
        return FileDescriptorOutput(isMissing: closed.contains(STDOUT_FILENO))
    }

    /// Makes a write to a closed pipe an answer (EPIPE) and no longer the end of the process.
    package static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
        // A file that grows beyond what may be is told as a full disk is.
        _ = signal(SIGXFSZ, SIG_IGN)
    }

    package func write(_ bytes: [UInt8], to channel: Channel) throws(WriteFailure) {
        if isMissing, channel == .output { throw .failed(errno: EBADF) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let (count, error) = rest.withUnsafeBytes { buffer in
                let count = systemWrite(descriptor(of: channel), buffer.baseAddress, buffer.count)
                return (count, errno)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if error == EAGAIN {
                // A terminal shared with a program that made it non-blocking: wait for room.
                var waiting = pollfd(
                    fd: descriptor(of: channel), events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if error == EPIPE {
                throw .readerGone
            } else if error != EINTR {
                throw .failed(errno: error)
            }
        }
    }

    package func isTerminal(_ channel: Channel) -> Bool {
        switch channel {
        case .output: isOutputTerminal
        case .errors: isErrorsTerminal
        }
    }

    package func terminalWidth(_ channel: Channel) -> Int? {
        var size = winsize()
        guard ioctl(descriptor(of: channel), UInt(TIOCGWINSZ), &size) == 0 else { return nil }
        return size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    private func descriptor(of channel: Channel) -> Int32 {
        switch channel {
        case .output: output
        case .errors: errors
        }
    }
}

/// The keyboard, or whatever stands for it.
package struct StandardInput: TextInput {
    package init() {}

    package var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    package func nextLine() -> String? { readLine() }
}

/// The call of the system, which has the name of the method that uses it.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
