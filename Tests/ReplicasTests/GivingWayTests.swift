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

/// A folder that was put back from a copy, or copied and used twice, gives way to what was shared.
@Suite struct GivingWayTests {
    /// A circle in which a's folder was put back to when it held one case with one visit; since
    /// the copy was taken a had shared a second visit and another case.
    private func restored() throws -> Circle {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise", "risk": "medium"])
        try circle.tell("a", "case visit", on: circle.named("a", "Noise"), ["visits": "Nobody in"])
        try circle.meet()
        let copy = circle.copy(of: "a")
        try circle.tell("a", "case visit", on: circle.named("a", "Noise"), ["visits": "Loud"])
        try circle.tell("a", "case open", ["title": "Litter", "type": "littering"])
        try circle.meet()
        try circle.putBack("a", copy)
        return circle
    }

    /// What a records while nobody knows yet: links to what was before, and among what is new.
    private func recordUnshared(_ circle: Circle) throws {
        let noise = try circle.named("a", "Noise")
        let visit = try circle.partNames("a", noise)[0]
        try circle.tell("a", "case visit", on: noise, ["visits": "Music until two"])
        try circle.tell("a", "case void", on: noise, ["visits": visit], reason: "Another house")
        try circle.tell("a", "case open", ["title": "Graffiti", "type": "graffiti"])
        let graffiti = try circle.named("a", "Graffiti")
        try circle.tell("a", "case visit", on: graffiti, ["visits": "Took photographs"])
        try circle.tell("a", "case visit", on: graffiti, ["visits": "Twice by mistake"])
        try circle.tell(
            "a", "case void", on: graffiti, ["visits": try circle.partNames("a", graffiti)[1]],
            reason: "Once")
        try circle.tell("a", "case set", on: noise, ["duplicates": graffiti])
    }

    private func expectAll(_ circle: Circle, in name: String) throws {
        #expect(
            try circle.liveParts(name, "Noise") == ["Loud", "Music until two"], "in \(name)")
        #expect(try circle.liveParts(name, "Graffiti") == ["Took photographs"], "in \(name)")
        let titles = try circle[name].book.list(RecordFilter()).records.map(\.title).sorted()
        #expect(titles == ["Graffiti", "Litter", "Noise"], "in \(name)")
        let noise = try circle.record(name, circle.named(name, "Noise"))
        guard case .set(let elements, _)? = noise.field("duplicates")?.content else {
            Issue.record("\(name) lacks the link between two cases")
            return
        }
        let graffiti = try circle.record(name, circle.named(name, "Graffiti"))
        let links = elements.compactMap { Link($0.value) }
        #expect(links.map(\.log) == [graffiti.id.log], "in \(name)")
        #expect(links.map(\.seq) == [graffiti.id.seq], "in \(name)")
    }

    private func expectNoFork(_ circle: Circle) throws {
        #expect(try circle.voices() == 1)
        for name in ["k", "a", "b"] {
            #expect(try circle[name].book.forks() == [], "in \(name)")
            #expect(try circle[name].verify().isClean, "in \(name)")
        }
    }

    @Test func `what was not shared is recorded again, and no second history gets about`() throws {
        let circle = try restored()
        let old = try circle["a"].ownLog
        try recordUnshared(circle)
        let report = try circle.sync("a")
        #expect(report.remarks.contains { $0.contains("recorded again in a new log") })
        let new = try circle["a"].ownLog
        #expect(new.birth.previous?.log == old.id)
        try circle.meet()
        try expectNoFork(circle)
        for name in ["k", "a", "b"] { try expectAll(circle, in: name) }
        #expect(report.remarks.contains { $0.contains("enter") } == false, "\(report.remarks)")
        #expect(try circle["a"].lostEntries == [])
    }

    @Test func `what is recorded again keeps its time and names what it repeats`() throws {
        let circle = try restored()
        let visit = try #require(
            try circle.tell(
                "a", "case visit", on: circle.named("a", "Noise"), ["visits": "Music"]
            ).first)
        let (time, chain) = (
            try #require(try circle["a"].book.entry(visit)?.time),
            try circle["a"].book.chain(visit)
        )
        let old = try circle["a"].ownLog.id
        try circle.sync("a")
        let book = circle["a"].book
        let own = try #require(book.logs.index(of: try circle["a"].ownLog.id))
        let again = try #require(try book.timeline(of: own).first { $0.isAutomatic == false })
        #expect(again.time == time)
        let named = again.changes?[EntryNote.again].flatMap { PinnedEntry($0) }
        #expect(named == PinnedEntry(log: old, seq: visit.seq, chain: try #require(chain)))
    }

    @Test func `a reference that two records had means neither alone, for everyone`() throws {
        let circle = try restored()
        try recordUnshared(circle)
        #expect(try circle.named("a", "Graffiti") == "A-2")
        let visit = try circle.partNames("a", "A-2")[0]
        let report = try circle.sync("a")
        #expect(report.remarks.contains { $0.contains("new references: A-2 is now Ab-1.") })
        try circle.meet()
        for name in ["k", "a", "b"] {
            let book = circle[name].book
            let refusal = #expect(throws: Rejection.self) { try book.find("A-2") }
            let litter = try circle.named(name, "Litter")
            #expect(litter.hasPrefix("A~"))
            #expect(refusal?.sentence.contains("\(litter) (case, Litter)") == true)
            #expect(refusal?.sentence.contains("Ab-1 (case, Graffiti)") == true)
            #expect(try circle.record(name, litter).title == "Litter")
            #expect(try circle.record(name, "Ab-1").title == "Graffiti")
            #expect(try circle.record(name, "A-1").title == "Noise")
            // The visit had a place that no one has used in the old log.
            let entry = try #require(try book.findEntry(visit))
            #expect(book.entryName(entry).hasPrefix("Ab#"))
        }
    }

    @Test func `after a second time too it is called as the sync says`() throws {
        let circle = try restored()
        let copy = circle.copy(of: "a")
        for title in ["Graffiti", "Bins"] {
            try circle.tell("a", "case open", ["title": title, "type": "graffiti"])
            let report = try circle.sync("a")
            let name = try circle.named("a", title)
            #expect(
                report.remarks.contains { $0.contains("is now \(name).") },
                "\(name): \(report.remarks)")
            try circle.meet()
            if title == "Graffiti" { try circle.putBack("a", copy) }
        }
        try expectNoFork(circle)
    }

    @Test func `a name of an entry that was used twice means neither alone`() throws {
        let circle = try restored()
        try circle.tell("a", "case visit", on: circle.named("a", "Noise"), ["visits": "Music"])
        let name = try circle.partNames("a", "A-1")[1]
        try circle.meet()
        for device in ["k", "a", "b"] {
            let book = circle[device].book
            let refusal = #expect(throws: Rejection.self) { try book.findEntry(name) }
            let names = try circle.partNames(device, "A-1")
            #expect(Set(names).count == 3)
            #expect(names.contains(name) == false)
            for each in names { #expect(try book.findEntry(each) != nil) }
            #expect(refusal?.sentence.contains(names[1]) == true)
        }
    }

    @Test func `a reference that nobody has used since goes on meaning its record`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.meet()
        let copy = circle.copy(of: "a")
        try circle.tell("a", "case visit", on: circle.named("a", "Noise"), ["visits": "Loud"])
        try circle.meet()
        try circle.putBack("a", copy)
        try circle.tell("a", "case open", ["title": "Graffiti", "type": "graffiti"])
        try circle.meet()
        for name in ["k", "a", "b"] {
            #expect(try circle.record(name, "A-2").title == "Graffiti")
            #expect(try circle.named(name, "Graffiti") == "Ab-1")
        }
    }

    @Test func `what is recorded again has not seen what others held meanwhile`() throws {
        let circle = try Circle("a")
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise", "risk": "low"])
        try circle.meet()
        let copy = circle.copy(of: "k")
        try circle.tell("k", "case risk", on: circle.named("k", "Noise"), ["risk": "high"])
        try circle.meet()
        try circle.putBack("k", copy)
        try circle.tell("k", "case risk", on: circle.named("k", "Noise"), ["risk": "medium"])
        try circle.meet()
        #expect(try circle.voices() == 1)
        let record = try circle.record("a", circle.named("a", "Noise"))
        #expect(record.field("risk")?.shown.text == "high")
        #expect(record.conflicts.map(\.field.name) == ["risk"])
    }

    @Test func `another history that comes by stick is given way to as well`() throws {
        let circle = try restored()
        try recordUnshared(circle)
        let report = try circle["a"].merge(from: "\(Circle.folder("b"))/logs")
        #expect(report.remarks.contains { $0.contains("recorded again in a new log") })
        try expectAll(circle, in: "a")
        try circle.meet()
        try expectNoFork(circle)
        for name in ["k", "a", "b"] { try expectAll(circle, in: name) }
    }

    @Test func `of two copies of a folder the later to share gives way`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        let copy = circle.copy(of: "a")
        try circle.tell("a", "case visit", on: circle.named("a", "Noise"), ["visits": "Loud"])
        try circle.meet()
        let other = try circle.clone(copy)
        circle.add("x", other)
        try circle.tell(
            "x", "case visit", on: circle.named("x", "Noise"), ["visits": "Music until two"])
        try circle.meet()
        #expect(try circle["x"].ownLog.id != circle["a"].ownLog.id)
        #expect(try circle["x"].ownLog.key == circle["a"].ownLog.key)
        try circle.tell("a", "case note", on: circle.named("a", "Noise"), ["notes": "Quiet"])
        try circle.tell("x", "case note", on: circle.named("x", "Noise"), ["notes": "Loud"])
        try circle.meet()
        #expect(try circle.voices() == 1)
        #expect(try circle.liveParts("b", "Noise") == ["Loud", "Music until two"])
        for name in ["k", "a", "b", "x"] { #expect(try circle[name].book.forks() == []) }
    }

    @Test(arguments: [Fault.crashes(.midway(keeping: 30)), .crashes(.after)])
    func `a crash at any call loses nothing and doubles nothing`(_ fault: Fault) throws {
        let before = try restored()
        try recordUnshared(before)
        for name in ["a", "b", "k"] { before.close(name) }
        let calls = try MemoryFiles.atEachCall { call in
            let circle = try Circle(copying: before, opening: ["a", "k"])
            let hasStruck = circle.files.strike(fault, atCall: call) { try circle.sync("a") }
            circle.close("a")
            circle.files.restart()
            try circle.open("a")
            for name in ["a", "k", "a"] { try circle.sync(name) }
            #expect(try circle.voices() == 1)
            #expect(try circle["k"].book.forks() == [])
            try expectAll(circle, in: "a")
            return hasStruck
        }
        #expect(calls > 10)
    }
}

extension Circle {
    /// The folder as it is now.
    func copy(of name: String) -> [String: [UInt8]] {
        files.bytesByPath.filter { $0.key.hasPrefix("\(Circle.folder(name))/") }
    }

    /// Makes the folder what it was when it was copied, and opens it.
    func putBack(_ name: String, _ copy: [String: [UInt8]]) throws {
        close(name)
        for path in files.paths(under: Circle.folder(name)) { files.takeAway(path) }
        for (path, bytes) in copy { files.put(bytes, at: path) }
        try open(name)
    }

    /// Opens a copy of a's folder as another one.
    func clone(_ copy: [String: [UInt8]]) throws -> Replica {
        for (path, bytes) in copy {
            files.put(bytes, at: "books/x\(path.dropFirst(Circle.folder("a").count))")
        }
        return try Replica(opening: "books/x", surroundings, writing: "test")
    }

    /// How a book calls the record of that title.
    func named(_ name: String, _ title: String) throws -> String {
        let book = self[name].book
        let record = try #require(
            try book.list(RecordFilter()).records.first { $0.title == title })
        return try book.reference(record.place)
    }

    /// The names of a record's visits, the first one first.
    func partNames(_ name: String, _ reference: String) throws -> [String] {
        let book = self[name].book
        return try book.parts(of: try book.find(reference)).map { book.entryName($0.entry) }
    }

    /// The visits of the record of that title that nobody voided.
    func liveParts(_ name: String, _ title: String) throws -> [String] {
        let book = self[name].book
        return try book.parts(of: try book.find(try named(name, title)))
            .filter { $0.standing == .counts && $0.field.name == "visits" }
            .compactMap { EncodedValue($0.content).text }.sorted()
    }
}
