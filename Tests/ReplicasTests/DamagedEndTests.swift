// SPDX-License-Identifier: MIT
import Basics
import Logs
import Projections
import Queries
import Replicas
import Simulation
import Testing

/// An own log whose end the disk let rot after it had been read, or lost.
@Suite struct DamagedEndTests {
    /// The staff `a` has a case that everyone has.
    private func circle() throws -> Circle {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Synced", "type": "noise"])
        try circle.meet()
        return circle
    }

    private func path(_ name: String, _ circle: Circle) -> String {
        circle[name].paths.log(circle[name].device.log)
    }

    /// Zeros from a byte of the own log on.
    private func rot(_ name: String, from offset: Int, _ circle: Circle) throws {
        let path = path(name, circle)
        circle.close(name)
        let bytes = try #require(circle.files.bytesByPath[path])
        let zeros = [UInt8](repeating: 0, count: bytes.count - offset)
        circle.files.put(Array(bytes[..<offset]) + zeros, at: path)
    }

    private func titles(_ name: String, _ circle: Circle) throws -> Set<String> {
        Set(try circle[name].book.list(RecordFilter()).records.map(\.title))
    }

    @Test func `nothing is written behind an end that rotted after it was signed`() throws {
        // From the birth on, or from any later place.
        for part in 1...8 {
            let circle = try circle()
            let path = path("a", circle)
            let size = try #require(circle.files.bytesByPath[path]).count
            try rot("a", from: size * part / 9, circle)
            try circle.open("a")
            try circle.tell("a", "case open", ["title": "One", "type": "noise"])
            circle.close("a")
            try circle.open("a")
            try circle.tell("a", "case open", ["title": "Two", "type": "noise"])
            for _ in 0..<2 { try circle.meet() }
            for name in ["k", "a", "b"] {
                #expect(
                    try titles(name, circle).isSuperset(of: ["Synced", "One", "Two"]), "\(part)")
            }
            #expect(try circle.voices() == 1)
        }
    }

    @Test func `what was not signed is named as lost, and no more`() throws {
        let circle = try circle()
        let path = path("a", circle)
        let size = try #require(circle.files.bytesByPath[path]).count
        try circle.tell("a", "case open", ["title": "Unsynced", "type": "noise"])
        let last =
            try #require(circle["a"].book.rows.first { $0.id == circle["a"].device.log })
            .position?.tip.seq ?? 0
        try rot("a", from: size - 20, circle)
        try circle.open("a")
        let remarks = circle["a"].remarks.joined(separator: " ")
        #expect(remarks.contains("ntry \(last) of A was recorded here and is gone"), "\(remarks)")
        for _ in 0..<2 { try circle.meet() }
        for name in ["k", "a"] { #expect(try titles(name, circle).contains("Synced")) }
        #expect(try circle.voices() == 1)
    }

    @Test func `a sync names what does not come back of a log that is gone`() throws {
        let circle = try circle()
        try circle.tell("a", "case open", ["title": "Unsynced", "type": "noise"])
        let last =
            try #require(circle["a"].book.rows.first { $0.id == circle["a"].device.log })
            .position?.tip.seq ?? 0
        let path = path("a", circle)
        circle.close("a")
        circle.files.takeAway(path)
        try circle.open("a")
        let report = try circle.sync("a")
        #expect(
            report.remarks.contains {
                $0.contains("\(last) of A, recorded here, did not come back")
            },
            "\(report.remarks)")
    }

    @Test(arguments: [100, 164, 400])
    func `a sync that brings back what was gone says that, and nothing of what was so before`(
        _ size: Int
    ) throws {
        let circle = try circle()
        let path = path("a", circle)
        circle.close("a")
        try circle.files.truncate(path, to: size)
        try circle.open("a")
        let said = try circle.sync("a").remarks.joined(separator: " ")
        #expect(said.contains("came back"), "\(said)")
        for word in ["next sync", "comes back", "enter"] {
            #expect(said.contains(word) == false, "\(said)")
        }
        #expect(try titles("a", circle).contains("Synced"))
        #expect(try circle["a"].verify().isClean)
    }

    @Test func `a log that was given to nobody and ends within its beginning leaves no damage`()
        throws
    {
        let circle = try circle()
        // What is begun anew has been given to nobody.
        let witness = circle["a"].paths.witness
        circle.close("a")
        circle.files.takeAway(witness)
        try circle.open("a")
        try circle.tell("a", "case open", ["title": "Unsynced", "type": "noise"])
        let path = path("a", circle)
        circle.close("a")
        try circle.files.truncate(path, to: 60)
        try circle.open("a")
        try circle.tell("a", "case open", ["title": "Another", "type": "noise"])
        #expect(try circle["a"].verify().isClean)
        for _ in 0..<2 { try circle.meet() }
        #expect(try circle.voices() == 1)
        #expect(try titles("k", circle).isSuperset(of: ["Synced", "Another"]))
    }

    @Test func `what stands on a record that rots before it was synced does not wait`() throws {
        let first = try Circle.withUnsynced().circle
        try first.sync("a")
        let path = first["a"].paths.log(first["a"].device.log)
        let synced = try #require(first.files.bytesByPath[path]).count
        try first.tell("a", "case open", ["title": "Graffiti", "type": "graffiti"])
        try first.tell("a", "case note", on: "A-2", ["notes": "Kept"])
        try first.tell("a", "case note", on: "A-2", ["notes": "Kept too"])
        first.close("a")
        let whole = try #require(first.files.bytesByPath[path])
        let end = Circle.end(of: whole, after: synced)
        // The chain value at the end of the frame is what all behind it goes on from.
        for place in stride(from: synced, to: end - 32, by: 3) {
            let circle = try Circle(copying: first, opening: ["k"])
            var bad = whole
            bad[place] ^= 0x40
            circle.files.put(bad, at: path)
            for _ in 0..<2 {
                try circle.open("a")
                circle.close("a")
            }
            try circle.open("a")
            try circle.meet()
            for name in ["a", "k"] {
                let book = circle[name].book
                let cases = try book.list(RecordFilter()).records
                #expect(cases.count == 2, "byte \(place): \(cases.map(\.title))")
                let hollow = try #require(
                    cases.first { $0.title.isEmpty || $0.title == "Graffiti" })
                #expect(try book.parts(of: hollow.place).count == 2, "byte \(place)")
                #expect(try circle[name].verify().isClean, "byte \(place)")
            }
        }
    }

    @Test func `what is written again behind damage is said to have another reference`() throws {
        let circle = try circle()
        let path = path("a", circle)
        let synced = try #require(circle.files.bytesByPath[path]).count
        try circle.tell("a", "case open", ["title": "Graffiti", "type": "graffiti"])
        try circle.tell("a", "case open", ["title": "Litter", "type": "noise"])
        circle.close("a")
        var bytes = try #require(circle.files.bytesByPath[path])
        bytes[synced + 40] ^= 0x40
        circle.files.put(bytes, at: path)
        try circle.open("a")
        let remarks = circle["a"].remarks.joined(separator: " ")
        #expect(remarks.contains("records have new references"), "\(remarks)")
    }
}
