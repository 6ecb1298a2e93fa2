// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Simulation
import Testing

/// What entries say of the roster, against `entry.txt`, which another program wrote from the pages.
@Suite struct RosterVectorTests {
    @Test(arguments: Vector.all("entry", kind: "roster"))
    func roster(vector: Vector) throws {
        let changes = Array(vector.bytes("body").dropFirst(Limits.salt))
        let value = try changes.withRaw { raw throws(CBORError) in try CBORValue(raw: raw) }
        let event = RosterEvent(type: vector.text("type"), value)
        #expect((event != nil) == (vector.text("verdict") == "valid"))
        guard let event else { return }
        #expect(event.event.type == vector.text("type"))
        #expect(event.event.encodedChanges == changes)
    }

    @Test func `every kind of act is among the vectors, used and unused`() {
        let vectors = Vector.all("entry", kind: "roster")
        for verdict in ["valid", "invalid"] {
            let types = vectors.filter { $0.text("verdict") == verdict }.map { $0.text("type") }
            #expect(Set(types) == Set(RosterEvent.types))
        }
    }
}
