// SPDX-License-Identifier: MIT
import Reports

/// How far a piece of work is, shown on standard error when it takes long.
///
/// The bar appears when stderr is a terminal and a second has gone by, is drawn at most ten times
/// a second, and is gone when the work is.
package final class Progress {
    private static let patienceMilliseconds: UInt64 = 1_000
    private static let intervalMilliseconds: UInt64 = 100
    private static let barWidth = 24

    private let console: Console
    private let title: String
    private let total: Int?
    private let isShown: Bool
    /// How much must be done before the clock is worth a look.
    private let stride: Int
    private var nextLook = 0
    private var nextDrawing: UInt64

    fileprivate init(_ title: String, total: Int?, on console: Console) {
        self.console = console
        self.title = title.harmlessLine
        self.total = total
        isShown = console.output.isTerminal(.errors) && console.settings.movesCursor
        stride = max((total ?? 0) / 1_000, 1)
        nextDrawing = console.now() + Progress.patienceMilliseconds
    }

    /// Says that so many of the total are done; cheap enough to say in every turn of a loop.
    package func advance(to done: Int) {
        guard isShown, done >= nextLook else { return }
        nextLook = done + stride
        let now = console.now()
        guard now >= nextDrawing else { return }
        nextDrawing = now + Progress.intervalMilliseconds
        console.draw(bar: bar(done))
    }

    private func bar(_ done: Int) -> String {
        var figures = " \(done)"
        if let total, total > 0 {
            let share = min(max(done, 0), total)
            let filled = Progress.barWidth * share / total
            let bar =
                String(repeating: "=", count: filled)
                + String(repeating: " ", count: Progress.barWidth - filled)
            figures = " [\(bar)] \(100 * share / total) %"
        }
        // The last column stays free, as some terminals go to the next line once it is filled.
        let room = (console.output.terminalWidth(.errors) ?? Console.usualWidth) - 1
        let name = title.truncated(toWidth: max(room - figures.utf8.count, 0))
        return (name + figures).truncated(toWidth: room)
    }
}

extension Console {
    /// Does a piece of work that says how far it is. `total` is nil where nobody knows.
    package func showingProgress<Result, Trouble>(
        _ title: String, total: Int?, _ work: (Progress) throws(Trouble) -> Result
    ) throws(Trouble) -> Result {
        flush()
        defer { eraseBar() }
        return try work(Progress(title, total: total, on: self))
    }
}
