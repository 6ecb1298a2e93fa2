// SPDX-License-Identifier: MIT
import Reports
import Testing

@testable import Terminal

private final class Clock {
    var milliseconds: UInt64 = 5_000
    private(set) var looks = 0

    func now() -> UInt64 {
        looks += 1
        return milliseconds
    }
}

private func console(_ output: MemoryOutput, _ clock: Clock, movesCursor: Bool = true) -> Console {
    Console(
        output: output, input: MemoryInput(), settings: .init(movesCursor: movesCursor),
        now: clock.now)
}

/// A thousand steps of a piece of work, which takes so long as a whole.
private func work(on console: Console, _ clock: Clock, milliseconds: UInt64) {
    console.showingProgress("Checking logs", total: 1_000) { progress in
        for done in 1...1_000 {
            clock.milliseconds += milliseconds / 1_000
            progress.advance(to: done)
        }
    }
}

@Suite struct `The progress bar` {
    private let clock = Clock()

    @Test func `stays away from work of less than a second`() {
        let output = MemoryOutput(terminalWidth: 80)
        console(output, clock).showingProgress("Checking", total: 10) { progress in
            clock.milliseconds += 999
            progress.advance(to: 9)
        }
        #expect(output.transcript.isEmpty)
    }

    @Test func `appears on longer work, at most ten times a second, and is erased`() {
        let output = MemoryOutput(terminalWidth: 80)
        work(on: console(output, clock), clock, milliseconds: 3_000)
        let drawings = output.text(.errors).split(separator: "\r")
        #expect(drawings.first == "Checking logs [========                ] 33 %\u{1B}[K")
        #expect(drawings.last == "\u{1B}[K")
        #expect((15...22).contains(drawings.count))
        #expect(output.text(.output).isEmpty)
    }

    @Test func `is shown on a terminal that can erase it and nowhere else`() {
        let file = MemoryOutput()
        work(on: console(file, clock), clock, milliseconds: 9_000)
        #expect(file.transcript.isEmpty)
        let dumb = MemoryOutput(terminalWidth: 80)
        work(on: console(dumb, clock, movesCursor: false), clock, milliseconds: 9_000)
        #expect(dumb.transcript.isEmpty)
    }

    @Test func `is erased before anything else is printed`() {
        let output = MemoryOutput(terminalWidth: 80)
        let console = console(output, clock)
        console.showingProgress("Collecting", total: nil) { progress in
            clock.milliseconds += 2_000
            progress.advance(to: 12)
            console.print("W01 is new.")
        }
        #expect(output.transcript == "\rCollecting 12\u{1B}[K\r\u{1B}[KW01 is new.\n")
    }

    @Test func `never fills the last column`() {
        for width in 1...60 {
            let output = MemoryOutput(terminalWidth: width)
            work(on: console(output, clock), clock, milliseconds: 2_000)
            for drawing in output.transcript.split(separator: "\r") {
                #expect(drawing.dropLast(3).count < width)
            }
        }
    }

    @Test func `looks at the clock about a thousand times in a million steps`() {
        let output = MemoryOutput(terminalWidth: 80)
        console(output, clock).showingProgress("Checking logs", total: 1_000_000) { progress in
            for done in 1...1_000_000 { progress.advance(to: done) }
        }
        #expect(clock.looks <= 1_002)
    }
}
