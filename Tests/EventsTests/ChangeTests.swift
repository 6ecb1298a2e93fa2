// SPDX-License-Identifier: MIT
import Basics
import Events
import Simulation
import Testing

/// Changes as values, against `entry.txt`, which another program wrote from the format pages.
@Suite struct ChangeTests {
    @Test(arguments: Vector.all("entry", kind: "change"))
    func change(vector: Vector) throws {
        let bytes = vector.bytes("change")
        let value = try CBORValue(bytes)
        let change = Change(value, as: Self.form(vector.text("family")))
        #expect((change != nil) == (vector.text("verdict") == "valid"))
        guard let change else { return }
        #expect(change.encoded.encoded == bytes)
    }

    private static func form(_ family: String) -> Change.Form {
        switch family {
        case "set": .set
        case "tally": .tally
        case "entries": .parts
        case "reading", "keyed": .keyed
        default: .register
        }
    }

    private static let log = LogID(Bytes16(high: 6, low: 6))

    @Test(arguments: [
        (Change.value(.null), Change.Form.register), (.value(.text("high")), .register),
        (.keyed(["a": .unsigned(1), "b": .null]), .keyed), (.keyed([:]), .keyed),
        (.added([.text("x")]), .set), (.removed([.text("x"), .bool(true)]), .set),
        (.set(adding: [.text("x")], removing: [.text("y")]), .set),
        (.counted(["a": .min, "b": .max, "c": 0]), .tally), (.part("A visit."), .parts),
        (
            .parts([
                .void(Link(own: 3)), .added(.values(["minutes": .unsigned(5)])),
                .corrected(
                    Link(EntryID(log: log, seq: 4), chain: Bytes16(high: 1, low: 2)),
                    .values(["minutes": .null])),
            ]), .parts
        ),
    ])
    func `what is written is read as it was`(change: Change, form: Change.Form) throws {
        #expect(Change(try CBORValue(change.encoded.encoded), as: form) == change)
    }
}
