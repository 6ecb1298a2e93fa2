// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Logs
import Queries
import Replicas
import Reports
import Simulation
import Terminal
import Testing

/// A folder with several devices' books, the real program run in each, and what it printed.
///
/// Clock and chance are set, so that one run prints what every run prints.
final class Stage {
    let folder: String
    let clock = TestClock(1_401_696_000_000)  // 2014-06-02T08:00:00Z
    private(set) var transcript = ""
    private let entropy = SeededEntropy(2014)

    init() {
        let base = FileManager.default.temporaryDirectory.path
        folder = "\(base)/beatbook-\(UUID().uuidString)"
        // The folder is new and the name is its own: nothing else can stand there.
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private var surroundings: Surroundings {
        Surroundings(files: DiskFiles(), clock: clock, entropy: entropy)
    }

    /// What one call came to.
    struct Result {
        let code: ExitCode
        let output: String
        let errors: String
    }

    /// Runs the program in a device's book, in 80 columns without colour. Words in `folder/` are
    /// paths on the stage.
    @discardableResult
    func on(_ device: String, _ arguments: String...) -> Result {
        run(device, arguments)
    }

    @discardableResult
    func run(_ device: String, _ arguments: [String]) -> Result {
        clock.advance(by: 60_000)
        let (code, output) = call(device, arguments)
        note(device, arguments, output.transcript)
        // What only reads is printed for programs too, and held against the page's schema.
        if code == .done, arguments.contains("sync") { checkKept(device) }
        if let verb = arguments.first, Stage.reading.contains(verb), code == .done {
            _ = call(device, ["--json"] + arguments)
        }
        return Result(code: code, output: hide(output.text()), errors: hide(output.text(.errors)))
    }

    private static let reading: Set = [
        "list", "show", "history", "replay", "search", "conflicts", "status", "verify",
    ]

    private func call(_ device: String, _ arguments: [String]) -> (ExitCode, MemoryOutput) {
        let output = MemoryOutput(terminalWidth: 80)
        let console = Console(
            output: output, input: MemoryInput([], isTerminal: false),
            settings: ConsoleSettings(allowsColour: false, movesCursor: false, columns: 80))
        let program = Program(
            console: console, surroundings: surroundings, variables: { _ in nil })
        let words = arguments.map { $0.replacing("folder/", with: "\(folder)/") }
        let code = program.run(["--book", "\(folder)/\(device)"] + words)
        if arguments.first == "--json", code == .done || code == .findings {
            do { try checkShape(output.text(), of: Array(arguments.dropFirst())) } catch {
                Issue.record("\(arguments) printed no JSON: \(error)")
            }
        }
        return (code, output)
    }

    /// What a device's index keeps after a sync is what its logs say.
    private func checkKept(_ device: String) {
        #expect(throws: Never.self) {
            let replica = try Replica(
                opening: "\(folder)/\(device)", surroundings, writing: nil)
            let verdict = try replica.verify().index
            if case .different? = verdict {
                Issue.record("the index of \(device) is stale: \(String(describing: verdict))")
            }
        }
    }

    /// The printed JSON of a call.
    func json(_ device: String, _ arguments: String...) throws -> JSONObject {
        try json(device, arguments: arguments)
    }

    func json(_ device: String, arguments: [String]) throws -> JSONObject {
        let result = run(device, ["--json"] + arguments)
        return try JSONObject(Data(result.output.utf8))
    }

    /// Founds a partnership, whose lead is called C01.
    func found(_ device: String) {
        on(
            device, "init", "A partnership", "--holder", "C. Manager", "--agency", "TDC",
            "--call-sign", "C01")
    }

    /// Joins, reads the words as the device says them, and is let in by them.
    func enrol(_ device: String, as role: String, _ callSign: String, holder: String) throws {
        let theirs = try json("coordinator", "status").text("partnership")
        let said = try json(device, "join", "folder/exchange", "--words", theirs).text("device")
        run(
            "coordinator",
            ["enrol", "approve", "folder/exchange"] + said.split(separator: " ").map(String.init)
                + [
                    "--role", role, "--holder", holder, "--agency", "KCC-CW", "--call-sign",
                    callSign,
                ])
        on(device, "sync", "folder/exchange")
    }

    private func note(_ device: String, _ arguments: [String], _ printed: String) {
        let words = arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
        transcript += "\(device)$ beatbook \(words)\n\(hide(printed))\n"
    }

    private func hide(_ text: String) -> String {
        text.replacing("\(folder)/", with: "").replacing(folder, with: ".")
    }
}

/// A JSON object as a test reads it.
struct JSONObject {
    private let value: Any

    init(_ data: Data) throws { value = try JSONSerialization.jsonObject(with: data) }

    private init(value: Any) { self.value = value }

    /// What stands at the end of a path of keys; numbers are places in arrays.
    private func find(_ path: [String]) -> Any? {
        path.reduce(value as Any?) { value, key in
            if let object = value as? [String: Any] { return object[key] }
            if let array = value as? [Any], let index = Int(key), index < array.count {
                return array[index]
            }
            return nil
        }
    }

    func text(_ path: String...) -> String { find(path) as? String ?? "" }

    func number(_ path: String...) -> Int? { find(path) as? Int }

    func flag(_ path: String...) -> Bool? { find(path) as? Bool }

    func texts(_ path: String...) -> [String] { find(path) as? [String] ?? [] }

    func items(_ path: String...) -> [JSONObject] {
        (find(path) as? [Any] ?? []).map { JSONObject(value: $0) }
    }
}
