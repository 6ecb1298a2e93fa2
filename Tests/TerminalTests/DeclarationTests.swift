// SPDX-License-Identifier: MIT
import Testing

@testable import Terminal

private func faults(_ verbs: VerbDeclaration...) -> [String] {
    var program = ProgramDeclaration(
        "sample", version: "1", summary: "A sample.", groups: [.init("All", verbs)])
    program.globalOptions = [.flag("json", "Print JSON.")]
    return program.faults
}

@Suite struct `A declaration` {
    @Test func `without faults has none`() {
        #expect(SampleProgram.program.faults.isEmpty)
    }

    @Test func `must not call two things by one name`() {
        let verb = VerbDeclaration(
            "a", "A", [.init("x", "")],
            options: [.flag("x", ""), .flag("json", ""), .flag("hidden", "").short("h")])
        #expect(
            faults(verb, VerbDeclaration("a", "A")) == [
                "'sample a': two things are 'h'.", "'sample a': two things are 'json'.",
                "'sample a': two things are 'x'.", "'sample': two things are 'a'.",
            ])
        let twice = VerbDeclaration("b", "B").holding([.init("c", "C"), .init("c", "C")])
        #expect(faults(twice) == ["'sample b': two things are 'c'."])
    }

    @Test(arguments: ["", "A", "-a", "a b", "a=b", "é", "a_b", "1a"])
    func `must have names that can be typed`(name: String) {
        #expect(
            faults(VerbDeclaration("v", "V", options: [.flag(name, "")]))
                == ["'sample v': '\(name)' cannot be a name."])
        #expect(
            faults(VerbDeclaration("v", "V", [.init(name, "")]))
                == ["'sample v': '\(name)' cannot be a name."])
    }

    @Test(
        arguments: [ArgumentDeclaration.Count.one, .optional, .oneOrMore, .any],
        [ArgumentDeclaration.Count.one, .optional, .oneOrMore, .any])
    func `must not hide one argument behind another`(
        first: ArgumentDeclaration.Count, second: ArgumentDeclaration.Count
    ) {
        let found = faults(
            VerbDeclaration(
                "v", "V", [.init("a", "", count: first), .init("b", "", count: second)]))
        let isClear =
            first == .one || (first == .optional && (second == .optional || second == .any))
        #expect(found == (isClear ? [] : ["'sample v': B can never be told from A."]))
    }

    @Test func `must sum a verb up in one line without a full stop`() {
        for summary in ["", "Opens.", "Opens\nand closes"] {
            #expect(faults(VerbDeclaration("v", summary)).count == 1)
        }
    }
}
