// SPDX-License-Identifier: MIT
import Replicas
import Simulation
import Terminal

/// The program on simulated disks, in 80 columns without colour, a minute after its last call.
struct MemoryProgram {
    let files = MemoryFiles()
    private let clock: TestClock
    private let entropy: SeededEntropy

    init(at clock: TestClock = TestClock(), seed: UInt64) {
        self.clock = clock
        entropy = SeededEntropy(seed)
    }

    /// Runs it in a book, with what is typed and where it prints.
    func run(
        _ book: String, _ words: [String], _ input: any TextInput, _ output: MemoryOutput
    ) -> ExitCode {
        clock.advance(by: 60_000)
        let console = Console(
            output: output, input: input,
            settings: ConsoleSettings(allowsColour: false, movesCursor: false, columns: 80))
        let program = Program(
            console: console,
            surroundings: Surroundings(
                files: files, clock: clock, entropy: entropy, index: .memory),
            variables: { _ in nil })
        return program.run(["--book", book] + words)
    }
}
