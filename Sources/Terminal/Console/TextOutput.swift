// SPDX-License-Identifier: MIT

/// Where printed bytes go.
package enum Channel: CaseIterable, Sendable {
    /// What was asked for; it can be a file or another program.
    case output
    /// What a person must know beside that, and the progress bar.
    case errors
}

/// Why bytes could not be written.
package enum WriteFailure: Error, Equatable, Sendable {
    /// The reader has closed its end (EPIPE), as `head` does: no trouble, there is just no more to
    /// do.
    case readerGone
    /// Another failure of the system, by its number.
    case failed(errno: Int32)
}

/// The seam under the console: the file descriptors of a process, or memory in tests.
package protocol TextOutput {
    /// Writes all the bytes, or fails.
    func write(_ bytes: [UInt8], to channel: Channel) throws(WriteFailure)

    func isTerminal(_ channel: Channel) -> Bool

    /// Columns of the terminal behind a channel; nil where there is none or it does not say.
    func terminalWidth(_ channel: Channel) -> Int?
}

/// Where answers come from: the keyboard, or memory in tests.
package protocol TextInput {
    var isTerminal: Bool { get }

    /// The next line without its end; nil when there is no more.
    func nextLine() -> String?
}
