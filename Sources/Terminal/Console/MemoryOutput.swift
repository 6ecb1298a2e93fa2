// SPDX-License-Identifier: MIT

/// An output that keeps what is written to it, for tests.
package final class MemoryOutput: TextOutput {
    /// The columns of the terminal it plays; nil when it plays files.
    private let width: Int?
    private var bytes: [Channel: [UInt8]] = [:]
    private var order: [UInt8] = []

    /// When set, every write to the output fails this way, as on a closed pipe or a full disk.
    package var failure: WriteFailure?

    /// A terminal of a width, or two files where it is nil.
    package init(terminalWidth: Int? = nil) {
        width = terminalWidth
    }

    package func write(_ bytes: [UInt8], to channel: Channel) throws(WriteFailure) {
        if channel == .output, let failure { throw failure }
        self.bytes[channel, default: []] += bytes
        order += bytes
    }

    package func isTerminal(_ channel: Channel) -> Bool { width != nil }

    package func terminalWidth(_ channel: Channel) -> Int? { width }

    /// All that was written to a channel so far.
    package func text(_ channel: Channel = .output) -> String {
        String(decoding: bytes[channel] ?? [], as: UTF8.self)
    }

    /// What a terminal behind both channels was sent, in the order of sending.
    package var transcript: String { String(decoding: order, as: UTF8.self) }
}

/// Answers prepared by a test.
package final class MemoryInput: TextInput {
    package let isTerminal: Bool
    private var lines: [String]

    /// Answers given one by one; after the last the input is at its end.
    package init(_ lines: [String] = [], isTerminal: Bool = true) {
        self.lines = lines
        self.isTerminal = isTerminal
    }

    package func nextLine() -> String? { lines.isEmpty ? nil : lines.removeFirst() }
}
