// SPDX-License-Identifier: MIT
import Reports
import Testing

@testable import Terminal

private func console(
    _ output: MemoryOutput, _ input: MemoryInput = MemoryInput(),
    settings: ConsoleSettings = .init()
) -> Console {
    Console(output: output, input: input, settings: settings)
}

@Suite struct `The console` {
    @Test func `colours meanings on a terminal`() {
        let output = MemoryOutput(terminalWidth: 80)
        let text = "W07-15"
        console(output).print("Opened \(text, .reference), \(3, .good).")
        #expect(output.text() == "Opened \u{1B}[36mW07-15\u{1B}[0m, \u{1B}[32m3\u{1B}[0m.\n")
    }

    @Test(arguments: [nil, "", "1"] as [String?], [nil, "", "dumb", "xterm"] as [String?])
    func `uses colours only where everything allows them`(noColour: String?, term: String?) {
        let settings = ConsoleSettings {
            ["NO_COLOR": noColour, "TERM": term][$0].flatMap(\.self)
        }
        for (isTerminal, renounced) in [(false, false), (false, true), (true, false), (true, true)]
        {
            let output = MemoryOutput(terminalWidth: isTerminal ? 80 : nil)
            let console = console(output, settings: settings)
            if renounced { console.renounceColour() }
            console.print(StyledText("high", .bad))
            console.note(StyledText("low", .bad))
            console.flush()
            let isColoured = isTerminal && !renounced && term == "xterm" && noColour != "1"
            #expect(output.text(.output).contains("\u{1B}") == isColoured)
            #expect(output.text(.errors).contains("\u{1B}") == isColoured)
        }
    }

    @Test func `lets no escape sequence in data through, however it is printed`() {
        let output = MemoryOutput(terminalWidth: 60)
        let console = console(output, settings: .init(allowsColour: false))
        let data = "a\u{1B}]0;x\u{7}\u{9B}2J\u{202E}\rb"
        var table = Table([.init("a", data, .wrapped())])
        table.append([.init(data)])
        console.print(StyledText(data))
        console.print("\(data)")
        console.print(prose: StyledText(lines: data))
        console.print(table: table)
        console.print(json: [.string(data)])
        console.write(document: table.csv)
        console.note(StyledText(data))
        let sent = output.transcript.unicodeScalars.filter { $0 != "\n" }
        #expect(!sent.contains { $0.isHarmful })
        #expect(sent.filter { $0 == "a" }.count >= 7)
    }

    @Test func `knows its width from the terminal, from COLUMNS, or takes 80`() {
        let settings = ConsoleSettings { $0 == "COLUMNS" ? "100" : nil }
        #expect(console(MemoryOutput(terminalWidth: 50), settings: settings).width == 50)
        #expect(console(MemoryOutput(), settings: settings).width == 100)
        #expect(console(MemoryOutput(), settings: settings).tableWidth == 100)
        for columns in ["0", "-1", "wide", ""] {
            let settings = ConsoleSettings { $0 == "COLUMNS" ? columns : nil }
            #expect(console(MemoryOutput(), settings: settings).width == 80)
            #expect(console(MemoryOutput(), settings: settings).tableWidth == nil)
        }
    }

    @Test func `gives documents to programs byte for byte`() {
        let output = MemoryOutput()
        let console = console(output)
        console.write(document: Array("a,b\u{1B}\r\n".utf8))
        console.print(json: ["a": 1])
        _ = console.finish(.done)
        #expect(output.text() == "a,b\u{1B}\r\n{\"a\":1}\n")
    }

    @Test func `keeps the order of what it says on both channels`() {
        let output = MemoryOutput()
        let console = console(output)
        console.print("one")
        console.note("two")
        console.print("three")
        #expect(output.transcript == "one\ntwo\n")
        #expect(console.finish(.findings) == .findings)
        #expect(output.transcript == "one\ntwo\nthree\n")
    }

    @Test func `says when its output could not be written`() {
        let output = MemoryOutput()
        output.failure = .failed(errno: 28)
        let console = console(output)
        console.print("lost")
        #expect(console.finish(.done) == .failed)
        #expect(output.text(.errors).hasPrefix("The output is not complete ("))
    }

    @Test func `takes a reader that goes away for no failure`() {
        let output = MemoryOutput()
        output.failure = .readerGone
        let console = console(output)
        console.print("lost")
        console.flush()
        #expect(console.isReaderGone)
        #expect(console.finish(.done) == .done)
        #expect(output.transcript.isEmpty)
    }
}

@Suite struct `A question` {
    @Test(
        arguments: [
            (["y"], true), (["YES "], true), (["n"], false), ([" no"], false), ([""], nil),
            ([], false),
            (["perhaps", "y"], true), (["a", "b", "c", "y"], false),
        ] as [([String], Bool?)])
    func `takes yes, no and enter`(answers: [String], expected: Bool?) {
        for preferred in [false, true] {
            let console = console(MemoryOutput(terminalWidth: 80), MemoryInput(answers))
            #expect(console.confirm("Go on?", preferring: preferred) == expected ?? preferred)
        }
    }

    @Test func `is shown with its choices on standard error`() {
        let output = MemoryOutput(terminalWidth: 80)
        _ = console(output, MemoryInput(["y"])).confirm("Close W07-15?")
        #expect(output.text(.errors) == "Close W07-15? [y/N] ")
        #expect(output.text(.output).isEmpty)
    }

    @Test func `is not asked where nobody is there to answer`() {
        let noKeyboard = MemoryInput(["y"], isTerminal: false)
        #expect(console(MemoryOutput(terminalWidth: 80), noKeyboard).confirm("Go on?") == nil)
        #expect(console(MemoryOutput(), MemoryInput(["y"])).confirm("Go on?") == nil)
    }
}
