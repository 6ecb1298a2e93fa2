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

/// What people type to name a record, or to look for one.
@Suite struct NamesAndWordsTests {
    @Test func `a label never shuts a record out of its own reference`() throws {
        let circle = try Circle("w01")
        try circle.tell("w01", "case open", ["title": "Somebody at risk", "type": "noise"])
        try circle.meet()
        try circle.tell("k", "agency add", ["code": "W01-1", "title": "Odd code"])
        let book = circle["k"].book
        #expect(try book.record(book.find("W01-1"))?.title == "Somebody at risk")
        #expect(try book.alsoCalled("W01-1").map { try book.reference($0) } == ["K-1"])
        #expect(try book.summary(book.find("K-1"))?.name == "K-1")
    }

    @Test func `a label shaped like a reference finds nothing, and what has it is shown`() throws {
        let circle = try Circle()
        try circle.tell("k", "agency add", ["code": "W09-1", "title": "Odd code"])
        let rejection = #expect(throws: Rejection.self) { try circle["k"].book.find("W09-1") }
        #expect(rejection?.advice.contains("K-1 (agency, Odd code)") == true)
    }

    @Test func `a reference of another kind is refused with both shown`() throws {
        let circle = try Circle()
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        try circle.tell("k", "agency add", ["code": "K-1", "title": "Odd code"])
        let rejection = #expect(throws: Rejection.self) {
            try circle["k"].book.find("K-1", kind: .agency)
        }
        #expect(rejection?.sentence.contains("K-1 (case, Noise)") == true)
        #expect(rejection?.advice.contains("K-2 (agency, Odd code)") == true)
    }

    @Test func `without the founder's log a device still names what it recorded`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        circle.clock.set(circle.clock.nowMilliseconds() - 90_000_000)
        try circle.tell("a", "case open", ["title": "Litter", "type": "littering"])
        let founder = try circle["k"].ownLog.id.hex
        circle.close("a")
        circle.files.takeAway("\(Circle.folder("a"))/logs/\(founder).log")
        try circle.open("a")
        let titles = ["new-1", "newb-1"].map { try? circle.record("a", $0).title }
        #expect(titles == ["Noise", "Litter"])
        try circle.sync("a")
        #expect(try circle.record("a", "A-1").title == "Noise")
        #expect(try circle.record("a", "Ab-1").title == "Litter")
    }

    @Test func `a word is found whatever stands inside it`() throws {
        let circle = try Circle()
        let marks =
            (0x21...0x7E).map { Character(Unicode.Scalar(UInt8($0))) } + ["é", "’", "–", "£"]
        for mark in marks {
            try circle.tell(
                "k", "case open", ["title": "A case of ab\(mark)yz here", "type": "noise"])
        }
        let book = circle["k"].book
        for (number, mark) in marks.enumerated() {
            let record = try book.find("K-\(number + 1)")
            let found = try book.search("ab\(mark)yz", limit: 1_000)
            #expect(found.contains { $0.record == record }, "\(mark)")
            _ = try book.search(String(mark), limit: 10)
        }
    }

    @Test(arguments: ["O'Brien", "fly-tipping", "A&E", "24/11", "K-1", "tipp", "o'br"])
    func `what people type is found`(_ words: String) throws {
        let circle = try Circle()
        try circle.tell(
            "k", "case open",
            ["title": "Fly-tipping at O'Brien's yard by A&E on 24/11", "type": "noise"])
        #expect(try circle["k"].book.search(words, limit: 10).map(\.record.seq).count == 1)
    }

    @Test func `a total beyond all numbers is refused and nothing is written`() throws {
        let circle = try Circle()
        try circle.tell("k", "campaign start", ["title": "Marking"])
        try circle.tell("k", "campaign count", on: "K-1", ["counts": "m=9223372036854775807"])
        #expect(throws: Rejection.self) {
            try circle.tell("k", "campaign count", on: "K-1", ["counts": "m=1"])
        }
        #expect(
            try circle.record("k", "K-1").field("counts")?.content
                == .tally([.init(key: "m", value: Int128(Int64.max))]))
    }

    @Test func `lists and work stand in one order, whatever a device numbers first`() throws {
        let circle = try Circle("a", "b")
        for name in ["b", "a", "k"] {
            try circle.tell(name, "case open", ["title": "Of \(name)", "type": "noise"])
        }
        try circle.meet()
        let orders = try ["a", "b", "k"].map { name in
            let book = circle[name].book
            return try book.list(RecordFilter()).records.map(\.title)
        }
        #expect(Set(orders).count == 1)
    }
}
