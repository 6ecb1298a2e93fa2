// SPDX-License-Identifier: MIT
package import Basics
package import Reports

/// The one place that prints. Whatever it is given, a terminal gets nothing that it would obey.
///
/// Lines gather in a buffer; it is emptied before anything is asked or said on the other channel,
/// after every line on a terminal, and by `finish`, which every run must end with.
package final class Console {
    /// The width that is assumed when nothing tells.
    package static let usualWidth = 80

    private static let bufferLimit = 16 * 1_024

    let output: any TextOutput
    let input: any TextInput
    let now: () -> UInt64
    private(set) var settings: ConsoleSettings
    private var pending: [UInt8] = []
    private var failure: WriteFailure?
    private var showsBar = false
    /// What was asked for and is done, whatever becomes of what is printed about it.
    private var done: String?

    /// `now` is a clock that only grows, in milliseconds; the progress bar goes by it.
    package init(
        output: any TextOutput, input: any TextInput, settings: ConsoleSettings,
        now: @escaping () -> UInt64 = monotonicMilliseconds
    ) {
        self.output = output
        self.input = input
        self.settings = settings
        self.now = now
    }

    /// The console of this process. From here on a closed pipe is an answer, not a signal.
    package static func ofProcess() -> Console {
        FileDescriptorOutput.ignoreBrokenPipes()
        return Console(
            output: FileDescriptorOutput.ofProcess(), input: StandardInput(), settings: .ofProcess()
        )
    }

    /// Prints without colours from now on, as `--no-colour` asks.
    package func renounceColour() {
        settings.allowsColour = false
    }

    /// Columns for prose: those of the terminal, or COLUMNS, or 80.
    package var width: Int {
        output.terminalWidth(.output) ?? settings.columns ?? Console.usualWidth
    }

    /// Columns for tables: as `width`, but nil, and so nothing cut, in a file or pipe without
    /// COLUMNS.
    package var tableWidth: Int? {
        output.isTerminal(.output) ? width : settings.columns
    }

    /// Whether the reader of the output has gone, so that the rest of a long listing can be spared.
    package var isReaderGone: Bool { failure == .readerGone }

    /// Says something on standard error, wrapped, after all that was printed before.
    package func note(_ prose: StyledText) {
        flush()
        let width = output.terminalWidth(.errors) ?? self.width
        for line in Paragraphs(width: width).wrap(prose) {
            send(rendered(line, for: .errors) + [UInt8(ascii: "\n")], to: .errors)
        }
    }

    /// Takes bytes to be written in their turn.
    func append(_ bytes: [UInt8]) {
        pending += bytes
        if output.isTerminal(.output) || pending.count > Console.bufferLimit { flush() }
    }

    /// Notes that what was asked for is done, and how a person would say so: from here on output
    /// that cannot be written is no failure of the command.
    package func noteDone(_ what: String) { done = what }

    /// Sends what is printed and not yet written.
    package func flush() {
        if pending.isEmpty { return }
        send(pending, to: .output)
        pending.removeAll(keepingCapacity: true)
    }

    /// Sends what is printed, and throws a rejection if it has not all gone out: for what is told
    /// once and has to be read before anything is done.
    package func deliver(_ what: String) throws(Rejection) {
        flush()
        guard let failure else { return }
        let why =
            switch failure {
            case .readerGone: "nobody reads the output"
            case .failed(let number): systemMessage(number)
            }
        self.failure = nil
        throw Rejection(
            "\(what) could not be shown (\(why)); nothing was recorded.",
            advice: "Run this again where they can be read.")
    }

    /// Whether all that was printed so far has left.
    package var isDelivered: Bool {
        flush()
        return failure == nil
    }

    /// Ends the run: all is written, or the code says that it was not. A reader that went is no
    /// failure, and neither is output that is lost after what was asked for is done.
    package func finish(_ code: ExitCode) -> ExitCode {
        flush()
        eraseBar()
        guard case .failed(let number) = failure else { return code }
        let why = systemMessage(number)
        guard let done else {
            note("The output is not complete (\(why)). Only what was to be printed is missing.")
            return .failed
        }
        note("\(done). Only what was to be printed is missing (\(why)).")
        return code
    }

    /// Draws the progress bar in place of the last.
    func draw(bar: String) {
        send(bar: "\r" + bar + "\u{1B}[K")
        showsBar = true
    }

    func eraseBar() {
        guard showsBar else { return }
        showsBar = false
        send(bar: "\r\u{1B}[K")
    }

    private func send(bar: String) {
        // A bar that nobody sees is no loss.
        do { try output.write(Array(bar.utf8), to: .errors) } catch { return }
    }

    /// Sends a piece of a line to standard error, as a question has no line end.
    func send(_ bytes: [UInt8], to channel: Channel) {
        eraseBar()
        do {
            if channel == .errors {
                try output.write(bytes, to: .errors)
            } else if failure == nil {
                try output.write(bytes, to: .output)
            }
        } catch {
            // Nobody can be told that standard error is closed.
            if channel == .output { failure = error }
        }
    }
}
