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

/// Keys that travel in the logs, and who can read what with them.
@Suite struct EpochTests {
    /// Ends a device's access, as an entry of another program would.
    private func cut(_ name: String, by author: String, _ circle: Circle) throws {
        let book = circle[author].book
        let key = circle[name].device.key
        let places = book.rows.filter { $0.identity?.key == key }.compactMap { row in
            row.position.map {
                PinnedEntry(log: row.id, seq: $0.tip.seq, chain: $0.tip.chain.first)
            }
        }
        _ = try circle[author].record([
            RosterEvent.cut(key, at: places, reason: "It was lost.").event
        ])
    }

    private func epochs(_ circle: Circle, _ name: String) -> Int {
        circle[name].device.epochs.count
    }

    private func writing(_ circle: Circle, _ name: String) throws -> Bytes16 {
        try #require(circle[name].book.roster.writingEpoch).id
    }

    /// The titles that a set of keys opens in an exchange, by whatever way.
    private func titles(_ circle: Circle, with keys: [EpochKey]) throws -> Set<String> {
        let exchange = try Exchange(
            opening: Circle.exchange, of: circle["k"].partnership, files: circle.files)
        let collected = try Collector(keys: KeyRing(keys)).collect(
            from: exchange, holding: [], knowing: SegmentMemory())
        var titles: Set<String> = []
        for growth in collected.growths {
            try growth.bytes.withUnsafeBytes { raw in
                var scanner = try LogScanner(raw)
                while try scanner.next() != nil {
                    for entry in scanner.entries where entry.header.type == "case.opened" {
                        guard case .map(let said) = try CBORValue(raw: entry.changes),
                            case .text(let title)? = said[.text("title")]
                        else { continue }
                        titles.insert(title)
                    }
                }
            }
        }
        return titles
    }

    @Test func `who is cut reads nothing more, and all others go on in one sync`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["type": "noise", "title": "Before"])
        try circle.meet()
        let old = circle["b"].device.epochs.map(\.key)
        try cut("b", by: "k", circle)
        try circle.sync("k")
        #expect(try writing(circle, "k") != old.first?.id)
        try circle.tell("k", "case open", ["type": "noise", "title": "After, by the coordinator"])
        try circle.sync("k")
        try circle.sync("a")
        #expect(epochs(circle, "a") == 2)
        try circle.tell("a", "case open", ["type": "noise", "title": "After, by a"])
        try circle.sync("a")
        try circle.sync("k")
        #expect(try circle["k"].book.stateDigest() == circle["a"].book.stateDigest())
        #expect(try titles(circle, with: old) == ["Before"])
        let all = try titles(circle, with: circle["a"].device.epochs.map(\.key))
        #expect(all == ["Before", "After, by the coordinator", "After, by a"])
        // The device whose access ended can still sync, and comes by no key.
        try circle.sync("b")
        #expect(epochs(circle, "b") == 1)
        #expect(try titles(circle, with: circle["b"].device.epochs.map(\.key)) == ["Before"])
    }

    @Test func `whoever was away for two epochs catches up in one sync, in any folder`() throws {
        let circle = try Circle("a", "b", "c", "d")
        try circle.meet()
        for name in ["c", "d"] {
            try cut(name, by: "k", circle)
            try circle.sync("k")
            try circle.tell("k", "case open", ["type": "noise", "title": "Without \(name)"])
            try circle.sync("k")
        }
        try circle.sync("a")
        #expect(epochs(circle, "a") == 3)
        // A folder that is new holds the same entries under the same keys.
        try circle["k"].createExchange(at: "other")
        _ = try circle["k"].sync(with: "other")
        _ = try circle["b"].sync(with: "other")
        #expect(epochs(circle, "b") == 3)
        try circle.meet()
        #expect(try circle["b"].book.stateDigest() == circle["a"].book.stateDigest())
    }

    @Test func `an entry that brings a key stands alone, between two seals and in its file`() throws
    {
        let circle = try Circle("a", "b")
        try circle.meet()
        let log = try circle["k"].ownLog
        let published = try #require(circle["k"].book.rows.first { $0.id == log.id }?.position)
        try circle.tell("k", "case open", ["type": "noise", "title": "Not sealed yet"])
        try cut("b", by: "k", circle)
        try circle.sync("k")
        try circle.tell("k", "case open", ["type": "noise", "title": "After"])
        try circle.sync("k")
        let path = circle["k"].paths.log(log.id)
        let bytes = try #require(circle.files.bytesByPath[path])
        try bytes.withUnsafeBytes { raw in
            var scanner = try LogScanner(raw)
            var steps: [String] = []
            while let step = try scanner.next() {
                let types = scanner.entries.map(\.header.type)
                steps.append(step == .seal ? "seal" : types.joined(separator: " "))
            }
            let place = try #require(steps.lastIndex(of: "epoch.opened"))
            #expect(steps[place - 1] == "seal")
            #expect(steps[place + 1] == "seal")
        }
        // Of the files only that one entry's can be opened with the old key, and no other.
        let keys = circle["k"].device.epochs.map(\.key)
        let opened = try #require(circle["k"].book.roster.epochs.last)
        for file in circle.files.paths(under: "\(Circle.exchange)/segments") {
            let bytes = try #require(circle.files.bytesByPath[file])
            guard case .slice(let slice, _) = SegmentFile.decode(bytes, keys: KeyRing([keys[0]]))
            else { continue }
            let read = try Slice(slice)
            guard read.log == log.id, read.first > published.tip.seq else { continue }
            #expect(read.first == opened.place.seq)
        }
    }

    @Test func `while no coordinator has synced a device goes on, and says who may read it`() throws
    {
        let circle = try Circle("a", "b")
        try circle.meet()
        try cut("b", by: "k", circle)
        // The cut reaches a by hand, before the coordinator's sync opens an epoch.
        try circle.seal("k")
        let log = circle["k"].paths.log(try circle["k"].ownLog.id)
        _ = try circle["a"].merge(from: log)
        #expect(circle["a"].book.roster.writingEpoch == nil)
        try circle.tell("a", "case open", ["type": "noise", "title": "Meanwhile"])
        let report = try circle.sync("a")
        #expect(report.publishedEntries > 0)
        #expect(report.remarks.contains { $0.contains("may still be read") })
        let old = circle["b"].device.epochs.map(\.key)
        #expect(try titles(circle, with: old) == ["Meanwhile"])
        try circle.sync("k")
        #expect(try circle.sync("a").remarks.isEmpty)
        #expect(try writing(circle, "a") == writing(circle, "k"))
    }

    @Test func `two coordinators who open epochs apart come to one`() throws {
        let circle = try Circle("a", "b")
        try circle.join("c")
        try circle.enrol("c", as: .coordinator)
        try circle.sync("c")
        try circle.meet()
        try cut("b", by: "k", circle)
        // Both know of the cut, and each syncs with a folder of its own.
        try circle.seal("k")
        _ = try circle["c"].merge(from: circle["k"].paths.log(try circle["k"].ownLog.id))
        try circle["c"].createExchange(at: "other")
        _ = try circle["c"].sync(with: "other")
        try circle.sync("k")
        #expect(try writing(circle, "c") != writing(circle, "k"))
        try circle.meet()
        try circle.meet()
        for name in ["a", "c"] {
            #expect(try writing(circle, name) == writing(circle, "k"))
            #expect(epochs(circle, name) == 3)
        }
        #expect(circle["k"].book.roster.epochs.count == 3)
        #expect(Set(try ["a", "c", "k"].map { try circle[$0].book.stateDigest() }).count == 1)
    }

    @Test func `a device let in by someone who did not know of an epoch gets its key`() throws {
        let circle = try Circle("a", "b")
        try circle.join("c")
        try circle.enrol("c", as: .coordinator)
        try circle.sync("c")
        try circle.meet()
        // The lead opens an epoch; a coordinator who has not heard of it lets x in and syncs.
        try circle["c"].createExchange(at: "other")
        try cut("b", by: "k", circle)
        try circle.sync("k")
        circle.add(
            "x",
            try Replica.join(
                "other", saying: circle.words, at: Circle.folder("x"), circle.surroundings))
        let applicant = try #require(try circle["c"].applicants(in: "other").applicants.first)
        _ = try circle["c"].enrol(
            applicant, as: .field, Person(holder: "X", agency: "kcc", callSign: "X"), in: "other")
        _ = try circle["x"].sync(with: "other")
        #expect(epochs(circle, "x") == 1)
        try circle.tell("x", "case open", ["type": "noise", "title": "By x"])
        _ = try circle["x"].sync(with: "other")
        _ = try circle["c"].sync(with: "other")
        try circle.meet()
        try circle.meet()
        #expect(epochs(circle, "x") == 2)
        #expect(circle["k"].book.roster.epochs.allSatisfy { $0.lacking.isEmpty })
        #expect(try circle["x"].book.stateDigest() == circle["k"].book.stateDigest())
    }

    @Test func `an old copy of the key file comes by the keys that it lacks`() throws {
        let circle = try Circle("a", "b")
        try circle.meet()
        let path = circle["a"].paths.key
        let old = try #require(circle.files.bytesByPath[path])
        try cut("b", by: "k", circle)
        try circle.sync("k")
        try circle.sync("a")
        #expect(epochs(circle, "a") == 2)
        circle.close("a")
        circle.files.put(old, at: path)
        try circle.open("a")
        try circle.tell("k", "case open", ["type": "noise", "title": "After"])
        try circle.sync("k")
        try circle.sync("a")
        #expect(epochs(circle, "a") == 2)
    }
}
