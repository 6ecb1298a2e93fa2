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

/// Whose device it is stands in a staff record, and nowhere in what devices and keys are made of.
@Suite struct StaffTests {
    /// A partnership that Kay founded and in which Ann, who has two devices, is let in.
    private func circle() throws -> Circle {
        let circle = try Circle(founder: Person(holder: "Kay Marsh", agency: "tdc", callSign: "K"))
        try join("a", circle, Person(holder: "Ann Reed", agency: "kcc", callSign: "A"))
        let ann = try circle["k"].book.find("K-2")
        let id = circle["k"].book.logs.entry(at: ann)
        try join("b", circle, Person(.known(id), callSign: "B"))
        try circle.meet()
        return circle
    }

    private func join(_ name: String, _ circle: Circle, _ person: Person) throws {
        try circle.join(name)
        try circle.enrol(name, person)
        try circle.sync(name)
    }

    private func holders(_ name: String, in circle: Circle) throws -> [String] {
        let book = circle[name].book
        return try book.roster.devices.map { device in
            let holder = try book.holder(of: device)
            return "\(device.callSign) \(holder.name), \(holder.agency)"
        }.sorted()
    }

    @Test func `two devices of a person share a record, which every device reads`() throws {
        let circle = try circle()
        let expected = ["A Ann Reed, kcc", "B Ann Reed, kcc", "K Kay Marsh, tdc"]
        for name in ["k", "a", "b"] { #expect(try holders(name, in: circle) == expected) }
        #expect(try circle["a"].book.list(RecordFilter()).records.map(\.title).count == 2)
    }

    @Test func `a person who has another name now has it on all their devices`() throws {
        let circle = try circle()
        try circle.tell("k", "staff set", on: "K-2", ["name": "Ann Quay"])
        try circle.meet()
        for name in ["k", "a"] {
            #expect(
                try holders(name, in: circle).prefix(2) == ["A Ann Quay, kcc", "B Ann Quay, kcc"])
        }
    }

    @Test func `no entry about devices and keys says a name`() throws {
        let circle = try circle()
        var count = 0
        for row in circle["k"].book.rows {
            for seq in 1...(row.position?.tip.seq ?? 1) {
                let entry = try circle["k"].book.entry(EntryRef(row.index, seq))
                guard let entry, entry.record == nil, let changes = entry.changes else { continue }
                count += 1
                let text = String(decoding: CBORValue.map(named: changes).encoded, as: UTF8.self)
                for name in ["Kay", "Ann", "kcc", "tdc"] { #expect(text.contains(name) == false) }
            }
        }
        #expect(count > 5)
    }

    @Test func `a name that is here already is refused, with its reference`() throws {
        let circle = try circle()
        let person = try Person(holder: "ann reed", agency: "KCC", callSign: "C")
        let refusal = #expect(throws: Rejection.self) {
            try join("c", circle, person)
        }
        #expect(refusal?.sentence == "There is somebody called ann reed at KCC already: K-2.")
        #expect(refusal?.advice.contains("--staff K-2") == true)
    }

    @Test func `a lead by recovery words keeps the record that is there of them`() throws {
        let circle = try circle()
        try circle.recover(
            as: "l", with: circle.paper,
            try Person(holder: "kay marsh", agency: "TDC", callSign: "L"))
        try circle.meet()
        #expect(try holders("l", in: circle).contains("L Kay Marsh, tdc"))
        var filter = RecordFilter()
        filter.kind = .staff
        #expect(try circle["a"].book.list(filter).records.count == 2)
    }

    @Test(arguments: ["K C C", "kcc;tdc"])
    func `an agency is a code, as it is in records`(_ agency: String) throws {
        #expect(throws: Rejection.self) {
            try Person(holder: "Ann Reed", agency: agency, callSign: "A")
        }
    }

    @Test func `a link to what is no staff record says nothing and harms nothing`() throws {
        let circle = try Circle()
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        let log = try circle["k"].ownLog.id
        for (sign, seq) in [("C", UInt64(4)), ("D", 99), ("E", 1)] {
            let holder = Person.Holder.known(EntryID(log: log, seq: seq))
            try join(sign.lowercased(), circle, Person(holder, callSign: sign))
        }
        try circle.meet()
        for name in ["k", "c"] {
            #expect(try holders(name, in: circle) == ["C , ", "D , ", "E , ", "K , "])
            #expect(try circle[name].verify().isClean)
        }
    }
}
