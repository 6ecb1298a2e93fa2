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

/// Books whose device was copied, and both copies shared what they recorded.
@Suite struct ForkedBookTests {
    /// a and its copy x shared a visit each, where neither saw the other's; b has met one of them.
    private func forked() throws -> Circle {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise", "risk": "low"])
        try circle.meet()
        circle.copyExchange(to: "other")
        circle.add("x", try circle.clone(circle.copy(of: "a")))
        try circle.tell("a", "case visit", on: circle.named("a", "Noise"), ["visits": "Loud"])
        try circle.tell("a", "case open", ["title": "Litter", "type": "littering"])
        try circle.tell("x", "case risk", on: circle.named("x", "Noise"), ["risk": "high"])
        try circle.tell("x", "case open", ["title": "Graffiti", "type": "graffiti"])
        try circle.sync("a")
        _ = try circle["x"].sync(with: "other")
        return circle
    }

    private func meetInBoth(_ circle: Circle) throws {
        for _ in 0..<3 {
            for name in ["k", "a", "b", "x"] {
                try circle.sync(name)
                _ = try circle[name].sync(with: "other")
            }
        }
    }

    @Test(arguments: [["k", "a", "b", "x"], ["x", "b", "a", "k"]])
    func `all devices come to one state, with both histories at work`(order: [String]) throws {
        let circle = try forked()
        for name in order {
            _ = try circle[name].sync(with: "other")
            try circle.sync(name)
        }
        try meetInBoth(circle)
        #expect(try circle.voices() == 1)
        for name in ["k", "a", "b", "x"] {
            #expect(try circle.shown(name, circle.named(name, "Noise"), "risk") == "high")
            #expect(try circle.liveParts(name, "Noise") == ["Loud"])
            let titles = try circle[name].book.list(RecordFilter()).records.map(\.title)
            #expect(titles.sorted() == ["Graffiti", "Litter", "Noise"])
            #expect(Set(try circle[name].book.list(RecordFilter()).records.map(\.name)).count == 3)
            #expect(try circle[name].book.forks().count == 1)
            #expect(try circle[name].verify().isClean)
        }
        #expect(try circle["a"].ownLog.id != circle["x"].ownLog.id)
    }

    @Test func `what both files of a log hold is read from the one that is not rotten`() throws {
        let circle = try forked()
        try meetInBoth(circle)
        let digest = try circle["k"].book.stateDigest()
        let fork = try #require(circle["k"].book.forks().first)
        let paths = circle.files.paths(under: "\(Circle.folder("k"))/logs").filter {
            $0.contains(fork.log.hex)
        }
        #expect(paths.count == 2)
        for path in paths {
            let whole = try #require(circle.files.bytesByPath[path])
            circle.close("k")
            circle.files.put(
                BodySpoiler.log(whole, .rot) { $0.subject == .creates && $0.seq < fork.seq },
                at: path)
            try circle.open("k")
            #expect(try circle["k"].book.stateDigest() == digest)
            #expect(try circle["k"].verify().isIndexRight)
            circle.close("k")
            circle.files.put(whole, at: path)
            try circle.open("k")
        }
    }

    @Test func `a file from which nothing is read is no fault of the index, and is healed`() throws
    {
        let circle = try forked()
        try meetInBoth(circle)
        let digest = try circle["k"].book.stateDigest()
        let log = try #require(circle["k"].book.forks().first).log.hex
        let path = try #require(
            circle.files.paths(under: "\(Circle.folder("k"))/logs").first {
                $0.contains(log) && $0.contains("\(log).log") == false
            })
        let whole = try #require(circle.files.bytesByPath[path])
        circle.close("k")
        // Its seal is gone: what stands before counts for nothing.
        var bad = whole
        bad[whole.count - 1] ^= 1
        circle.files.put(bad, at: path)
        for _ in 1...2 {
            try circle.open("k")
            let check = try circle["k"].verify()
            #expect(check.isIndexRight)
            #expect(check.damagedFiles == [path.split(separator: "/").last.map(String.init)])
            #expect(try circle["k"].book.forks() == [])
        }
        _ = try circle["k"].sync(with: Circle.exchange, isThorough: true)
        _ = try circle["k"].sync(with: "other", isThorough: true)
        #expect(try circle["k"].book.stateDigest() == digest)
        #expect(try circle["k"].verify().isClean)
    }

    @Test func `a visit to one of two records of a number never stands on the other`() throws {
        let circle = try forked()
        // b knows x's history, k that of a.
        _ = try circle["b"].sync(with: "other")
        try circle.sync("k")
        try circle.tell("b", "case visit", on: circle.named("b", "Graffiti"), ["visits": "Wet"])
        _ = try circle["b"].sync(with: "other")
        // Of the two folders only b's log reaches k.
        let log = try circle["b"].ownLog.id.hex
        _ = try circle["k"].merge(from: "\(Circle.folder("b"))/logs/\(log).log")
        #expect(try circle.liveParts("k", "Litter") == [])
        try meetInBoth(circle)
        #expect(try circle.liveParts("k", "Litter") == [])
        #expect(try circle.liveParts("k", "Graffiti") == ["Wet"])
        #expect(try circle.voices() == 1)
    }

    @Test func `a reference that both histories showed means neither alone`() throws {
        let circle = try forked()
        #expect(try circle.named("a", "Litter") == "A-2")
        #expect(try circle.named("x", "Graffiti") == "A-2")
        try meetInBoth(circle)
        for name in ["k", "a", "b", "x"] {
            let refusal = #expect(throws: Rejection.self) { try circle[name].book.find("A-2") }
            for title in ["Litter", "Graffiti"] {
                let reference = try circle.named(name, title)
                #expect(refusal?.sentence.contains("\(reference) (case, \(title))") == true)
                #expect(try circle.record(name, reference).title == title)
            }
            #expect(try circle.record(name, "A-1").title == "Noise")
        }
    }

    @Test func `before the histories parted there is no fork`() throws {
        let circle = try forked()
        let before = try #require(try circle["k"].book.entry(try circle["k"].book.find("A-1")))
        try meetInBoth(circle)
        let book = circle["k"].book
        #expect(try book.forks().count == 1)
        let past = try book.past(book.bounds(asAt: before.time))
        #expect(try past.list(RecordFilter()).records.count == 1)
        #expect(try past.forks() == [])
        let times = book.rows.compactMap { $0.position?.tip.time }
        let last = try #require(times.max())
        #expect(try book.past(book.bounds(asAt: last)).forks().count == 1)
    }

    @Test func `a device is whose the enrolment said, in whichever history they stand`() throws {
        let circle = try Circle()
        try circle.join("a")
        try circle.enrol("a", as: .coordinator)
        try circle.meet()
        circle.copyExchange(to: "other")
        circle.add("x", try circle.clone(circle.copy(of: "a")))
        for (name, holder) in [("a", "Ann"), ("x", "Xan")] {
            try circle.tell(name, "staff add", ["name": holder, "agency": "kcc"])
        }
        try circle.sync("a")
        _ = try circle["x"].sync(with: "other")
        _ = try circle["k"].sync(with: "other")
        try circle.sync("k")
        let book = circle["k"].book
        for (sign, holder) in [("B", "Ann"), ("C", "Xan")] {
            let record = try book.find(circle.named("k", holder))
            try circle.join(sign)
            try circle.enrol(
                sign, Person(.known(book.logs.entry(at: record)), callSign: sign))
            try circle.sync(sign)
        }
        for name in ["k", "B", "C"] {
            for device in circle[name].book.roster.devices where device.role == .field {
                let holder = try circle[name].book.holder(of: device).name
                #expect(holder == ["B": "Ann", "C": "Xan"][device.callSign, default: ""])
            }
        }
    }

    @Test func `work goes on on records of both histories, and on links to them`() throws {
        let circle = try forked()
        try meetInBoth(circle)
        try circle.tell("k", "case visit", on: circle.named("k", "Graffiti"), ["visits": "Dry"])
        try circle.tell("b", "case visit", on: circle.named("b", "Litter"), ["visits": "Clean"])
        try circle.tell(
            "b", "case set", on: circle.named("b", "Noise"),
            ["duplicates": circle.named("b", "Graffiti")])
        try meetInBoth(circle)
        #expect(try circle.voices() == 1)
        #expect(try circle.liveParts("a", "Graffiti") == ["Dry"])
        #expect(try circle.liveParts("a", "Litter") == ["Clean"])
        let noise = try circle.record("x", circle.named("x", "Noise"))
        guard case .set(let elements, _)? = noise.field("duplicates")?.content,
            let link = elements.first.flatMap({ Link($0.value) })
        else {
            Issue.record("the link between two cases is lacking")
            return
        }
        let graffiti = try circle.record("x", circle.named("x", "Graffiti"))
        #expect(try circle["x"].book.place(of: link) == graffiti.place)
    }

    @Test func `both histories are there after the index was made anew`() throws {
        let circle = try forked()
        try meetInBoth(circle)
        let digest = try circle["k"].book.stateDigest()
        try circle.open("k")
        #expect(try circle["k"].book.stateDigest() == digest)
        #expect(try circle["k"].book.forks().count == 1)
    }

    @Test func `another history comes in by stick as well`() throws {
        let circle = try forked()
        try circle.sync("k")
        _ = try circle["k"].merge(from: "books/x/logs")
        #expect(try circle["k"].book.forks().count == 1)
        #expect(try circle.shown("k", circle.named("k", "Noise"), "risk") == "high")
    }
}

extension Circle {
    /// A second folder with all that the exchange holds now.
    func copyExchange(to folder: String) {
        for path in files.paths(under: Circle.exchange) {
            guard let bytes = files.bytesByPath[path] else { continue }
            files.put(bytes, at: "\(folder)\(path.dropFirst(Circle.exchange.count))")
        }
    }
}
