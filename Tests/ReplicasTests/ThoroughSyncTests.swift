// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Syncing
import Testing

/// Logs that rot after they were read, in one place or several, and what a thorough sync does.
@Suite struct ThoroughSyncTests {
    @Test func `what rots after it was read is mended by a thorough sync, or a merge`() throws {
        let (first, path, synced) = try Circle.withUnsynced()
        let wanted = try first.notes("a")
        let whole = try #require(first.files.bytesByPath[path])
        let birth = try whole.withRaw { raw throws(LogError) in try LogScanner.birth(raw).end }
        for place in stride(from: birth, to: synced, by: 61) {
            for brings in [true, false] {
                let (circle, path, _) = try Circle.withUnsynced()
                try circle.sync("k")
                let brought = "copy.log"
                circle.files.put(try #require(circle.files.bytesByPath[path]), at: brought)
                var bad = try #require(circle.files.bytesByPath[path])
                bad[place] ^= 0x40
                circle.files.put(bad, at: path)
                if brings {
                    _ = try circle["a"].merge(from: brought)
                } else {
                    _ = try circle["a"].sync(with: Circle.exchange, isThorough: true)
                }
                #expect(try circle.notes("a") == wanted, "byte \(place)")
                #expect(try circle["a"].verify().isClean, "byte \(place)")
            }
        }
    }

    @Test func `damage in two places, or in the birth, takes nothing good with it`() throws {
        let (first, path, synced) = try Circle.withUnsynced()
        let wanted = try first.notes("a")
        let whole = try #require(first.files.bytesByPath[path])
        let birth = try whole.withRaw { raw throws(LogError) in try LogScanner.birth(raw).end }
        let damages =
            [[2], [birth - 40]]
            + stride(from: birth + 3, to: synced - 110, by: 83).map { [$0, synced - 30] }
            + stride(from: birth + 3, to: synced - 110, by: 83).map { [$0, $0 + 100] }
        for places in damages {
            // An index that is made anew first does not know what was signed behind two damages.
            for begins in places.count == 1 ? ["sync", "note", "open"] : ["sync"] {
                let (circle, path, _) = try Circle.withUnsynced()
                try circle.sync("k")
                if begins == "open" { circle.close("a") }
                var bad = try #require(circle.files.bytesByPath[path])
                for place in places { bad[place] ^= 0x40 }
                circle.files.put(bad, at: path)
                if begins != "sync" { try circle.open("a") }
                var more: [String] = []
                // Where the damage hides the case, nobody writes to it.
                if begins == "note",
                    (try? circle.tell("a", "case note", on: "A-1", ["notes": "Three"])) != nil
                {
                    more = ["Three"]
                }
                for _ in 0..<2 {
                    _ = try circle["a"].sync(with: Circle.exchange, isThorough: true)
                    try circle.open("a")
                }
                try circle.meet()
                #expect(
                    Set(try circle.notes("a")) == Set(wanted + more), "\(begins) \(places)")
                #expect(try circle["a"].verify().isClean, "\(begins) \(places)")
                #expect(try circle.notes("k") == circle.notes("a"))
            }
        }
    }

    @Test func `a thorough sync of a good book makes no index anew`() throws {
        let (circle, _, _) = try Circle.withUnsynced()
        try circle.meet()
        let before = circle.disk
        _ = try circle["a"].sync(with: Circle.exchange, isThorough: true)
        #expect(circle.disk == before)
    }
}
