// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Reports
import Simulation
import Syncing
import Testing

/// A member, or a disk, takes what entries say and leaves their headers.
@Suite struct AbsentBodiesTests {
    /// `a` has recorded a case, a visit at which a knife was seen, and a high risk, and synced.
    private func circle(_ others: String...) throws -> Circle {
        let circle = try others.isEmpty ? Circle("a") : Circle("a", others[0])
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.sync("a")
        try circle.tell("a", "case visit", on: "A-1", ["visits": "He had a knife"])
        try circle.tell("a", "case risk", on: "A-1", ["risk": "high"])
        try circle.sync("a")
        return circle
    }

    /// Takes the bodies of entries about records out of the files of a's log in the exchange, as
    /// anyone could who has the key; `stays` leaves the honest file beside each.
    private func strip(
        _ circle: Circle, _ deed: BodySpoiler.Deed = .strip, stays: Bool = false
    ) throws {
        let keys = circle["k"].device.epochs.map(\.key)
        let log = try circle["a"].ownLog.id
        for path in circle.files.paths(under: "\(Circle.exchange)/segments") {
            let file = try #require(circle.files.bytesByPath[path])
            guard case .slice(let bytes, _) = SegmentFile.decode(file, keys: KeyRing(keys)) else {
                continue
            }
            let slice = try Slice(bytes)
            guard slice.log == log else { continue }
            let head = Slice.head(log, first: slice.first, before: slice.before).count
            let poor = BodySpoiler.frames(bytes, from: head, of: log, deed) {
                AbsentBodiesTests.isOnRecord($0)
            }
            guard poor != bytes else { continue }
            if stays == false { circle.files.takeAway(path) }
            let made = SegmentFile.encode(poor, with: try #require(keys.last))
            circle.files.put(
                made,
                at: "\(Circle.exchange)/segments/\(Exchange.name(of: made, in: .segments))")
        }
    }

    /// Whether an entry is about a record that another created: the visit and the risk are.
    private static func isOnRecord(_ header: EntryHeader) -> Bool {
        header.subject != .none && header.subject != .creates
    }

    private func path(_ name: String, of author: String, in circle: Circle) throws -> String {
        "\(Circle.folder(name))/logs/\(try circle[author].ownLog.id.hex).log"
    }

    private func page(_ name: String, in circle: Circle) throws -> String {
        let page = try RecordPage(circle.record(name, "A-1"), in: circle[name].book)
        return try page.lines(width: 200).map(\.plain).joined(separator: "\n")
    }

    @Test func `bodies that a member took out are seen at once, and any honest sync heals them`()
        throws
    {
        let circle = try circle()
        try strip(circle)
        try circle.sync("k")
        let verification = try circle["k"].verify()
        #expect(verification.isClean == false)
        #expect(verification.logs.reduce(0) { $0 + $1.absent.missing.count } == 1)
        #expect(circle["k"].book.readingSeal() != circle["a"].book.readingSeal())
        #expect(try page("k", in: circle).contains("is not here"))
        #expect(try circle["k"].book.waiting().map(\.need) == ["body", "body"])
        // Whoever wrote it notices that the folder lacks it.
        #expect(try circle.sync("a").publishedEntries > 0)
        let report = try circle.sync("k")
        #expect(report.remarks.contains { $0.contains("2 entries say was lacking") })
        #expect(try circle["k"].verify().isClean)
        #expect(try circle.shown("k", "A-1", "risk") == "high")
        #expect(try page("k", in: circle).contains("He had a knife"))
        #expect(try page("k", in: circle).contains("is not here") == false)
        try circle.meet()
        #expect(try circle.voices() == 1)
        let logs = try ["k", "a"].map { try path($0, of: "a", in: circle) }
        #expect(circle.files.bytesByPath[logs[0]] == circle.files.bytesByPath[logs[1]])
    }

    @Test func `of two files with the same headers the one with bodies is taken`() throws {
        let circle = try circle()
        try strip(circle, stays: true)
        try circle.sync("k")
        #expect(try circle["k"].verify().isClean)
        #expect(try circle.shown("k", "A-1", "risk") == "high")
    }

    @Test func `a copy that somebody brings heals it too, and their name is not asked`() throws {
        let circle = try circle("b")
        try circle.sync("b")
        try strip(circle)
        try circle.sync("k")
        #expect(try circle["k"].verify().isClean == false)
        let report = try circle["k"].merge(from: Circle.folder("b"))
        #expect(report.remarks.contains { $0.contains("came back from a good copy") })
        #expect(try circle["k"].verify().isClean)
        #expect(try circle.shown("k", "A-1", "risk") == "high")
    }

    @Test func `what everybody lacks makes nobody write again and again`() throws {
        let circle = try circle("b")
        try strip(circle)
        for name in ["k", "b"] { try circle.sync(name) }
        for _ in 0..<2 { for name in ["k", "b"] { try circle.sync(name) } }
        let before = circle.disk
        for _ in 0..<2 { for name in ["k", "b"] { try circle.sync(name) } }
        #expect(circle.disk == before)
    }

    @Test func `a rotten body ends no log, is shown nowhere and is healed`() throws {
        let circle = try circle()
        let path = try path("a", of: "a", in: circle)
        let whole = try #require(circle.files.bytesByPath[path])
        circle.close("a")
        circle.files.put(
            BodySpoiler.log(whole, .rot) { AbsentBodiesTests.isOnRecord($0) }, at: path)
        try circle.open("a")
        let log = try circle["a"].ownLog
        let text = try page("a", in: circle)
        #expect(text.contains("knife") == false)
        #expect(text.contains("damaged on this disk and not shown"))
        #expect(try circle["a"].verify().logs.contains { $0.absent.rotten.isEmpty == false })
        let seal = circle["a"].book.readingSeal()
        // The device goes on in its log: headers and chain are whole.
        try circle.tell("a", "case visit", on: "A-1", ["visits": "Spoke to him"])
        #expect(try circle["a"].ownLog == log)
        #expect(circle["a"].book.readingSeal() != seal)
        try circle.sync("a")
        #expect(try circle["a"].verify().isClean)
        #expect(try page("a", in: circle).contains("He had a knife"))
        try circle.meet()
        #expect(try circle.voices() == 1)
    }

    @Test func `a text that rots on its way is damage of no reader's disk`() throws {
        let circle = try circle("b")
        try strip(circle, .rot)
        for name in ["b", "k"] { try circle.sync(name) }
        for name in ["k", "b"] {
            let logs = try circle[name].verify().logs
            #expect(logs.allSatisfy { $0.absent.rotten.isEmpty }, "\(name)")
            #expect(logs.contains { $0.absent.missing.isEmpty == false }, "\(name)")
            try circle.open(name)
            #expect(circle[name].remarks == [], "\(name)")
        }
        try circle.meet()
        #expect(try circle["k"].verify().isClean)
        #expect(try circle.voices() == 1)
    }

    @Test func `a body that rots under an open book is not shown`() throws {
        let circle = try circle()
        let path = try path("a", of: "a", in: circle)
        let whole = try #require(circle.files.bytesByPath[path])
        circle.files.put(BodySpoiler.log(whole, .rot) { $0.subject != .none }, at: path)
        let reader = try Replica(
            opening: Circle.folder("a"), circle.surroundings, writing: nil)
        let book = reader.book
        let place = try book.find("A-1")
        for entry in try book.entries(of: place) {
            #expect(entry.isBodyRotten)
            #expect(entry.changes == nil)
        }
        #expect(try book.timeline().filter(\.isBodyRotten).count == 3)
    }

    @Test(arguments: [
        Fault.crashes(.before), .crashes(.midway(keeping: 50)), .crashes(.after),
        .fails(.other), .fails(.full),
    ])
    func `a healing that is stopped anywhere is done by the next sync`(fault: Fault) throws {
        let calls = try MemoryFiles.atEachCall(by: 3) { call in
            let circle = try circle()
            let good = try circle.copiedExchange()
            try strip(circle)
            try circle.sync("k")
            for (path, bytes) in good { circle.files.put(bytes, at: path) }
            let hasStruck = circle.files.strike(fault, atCall: call) { try circle.sync("k") }
            circle.close("k")
            circle.files.restart()
            try circle.open("k")
            try circle.sync("k")
            #expect(try circle["k"].verify().isClean)
            #expect(try circle.shown("k", "A-1", "risk") == "high")
            return hasStruck
        }
        #expect(calls > 4)
    }
}

extension Circle {
    /// The files of the exchange as they are now.
    func copiedExchange() throws -> [String: [UInt8]] {
        files.bytesByPath.filter { $0.key.hasPrefix("\(Circle.exchange)/segments/") }
    }
}
