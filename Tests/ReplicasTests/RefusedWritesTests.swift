// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Testing

/// Writes that the disk refuses, or refuses to keep: nothing that stands is called failed, and
/// nothing that failed is called lost.
@Suite struct RefusedWritesTests {
    private let witness = "\(Circle.folder("k"))/witness"

    /// `k` has recorded a case, on a machine with a memory.
    private func circle() throws -> Circle {
        let circle = try Circle(memory: "machine/beatbook")
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        return circle
    }

    private func log(_ circle: Circle) throws -> String {
        "\(Circle.folder("k"))/logs/\(try circle["k"].ownLog.id.hex).log"
    }

    @Test func `what has no witness is not answered for`() throws {
        let circle = try circle()
        let before = circle.files.bytesByPath[try log(circle)]
        // The append is the first write of a command, and its witness the second.
        var call = 1
        while true {
            circle.files.plan(.fails(.full), atCall: call)
            let failed = (try? circle.tell("k", "case note", on: "K-1", ["notes": "Lost"])) == nil
            circle.files.forgetFaults()
            guard failed else { break }
            #expect(circle.files.bytesByPath[try log(circle)] == before)
            call += 1
        }
        #expect(call > 2)
    }

    @Test(arguments: [true, false])
    func `a write that the disk refuses to keep is never told as a loss`(isNew: Bool) throws {
        var call = 1
        var hasStruck = true
        while hasStruck {
            let circle = try circle()
            if isNew {
                circle.close("k")
                circle.files.takeAway(witness)
                try circle.open("k")
            }
            let calls = circle.files.calls
            circle.files.plan(.failsAfter(.other), atCall: call)
            var trouble: Failure?
            do { try circle.tell("k", "case note", on: "K-1", ["notes": "Perhaps"]) } catch {
                trouble = error as? Failure
            }
            hasStruck = circle.files.calls - calls >= call
            circle.close("k")
            circle.files.forgetFaults()
            try circle.open("k")
            #expect(circle["k"].ownLogState == .whole || (isNew && trouble != nil), "call \(call)")
            #expect(circle["k"].remarks.allSatisfy { $0.contains("older copy") == false })
            let record = try circle.record("k", "K-1").place
            let isThere = try circle["k"].book.parts(of: record).contains {
                $0.content == .text("Perhaps")
            }
            // What stands is never called failed.
            let isUncertain = trouble?.advice.contains("may be recorded all the same") ?? true
            #expect(isThere == false || isUncertain, "call \(call): \(String(describing: trouble))")
            call += 1
        }
        #expect(call > 3)
    }
}
