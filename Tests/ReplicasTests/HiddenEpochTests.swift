// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Replicas
import Simulation
import Syncing
import Testing

/// Entries that a coordinator leaves where some can read them and a lead cannot.
@Suite struct HiddenEpochTests {
    private func first(_ circle: Circle) throws -> EpochKey {
        try #require(circle["k"].device.epochs.first).key
    }

    private func writing(_ circle: Circle, _ name: String) -> Bytes16? {
        circle[name].book.roster.writingEpoch?.id
    }

    @Test func `an opening that lies under a key of the staff's reaches the lead by them`() throws {
        let circle = try Circle.withCoordinator()
        try circle.open(Circle.key(2), by: "c", for: ["c", "a"])
        try circle.leave("c", under: try first(circle))
        try circle.open(Circle.key(3), by: "c", for: ["c", "k", "a", "b"])
        try circle.tell("c", "case open", ["type": "noise", "title": "Hidden"])
        try circle.leave("c", under: Circle.key(2))
        // a reads it, and writes with the third key; the lead cannot read what c left.
        try circle.sync("k")
        #expect(circle["k"].device.key(Circle.key(3).id) == nil)
        try circle.sync("a")
        #expect(writing(circle, "a") == Circle.key(3).id)
        try circle.tell("a", "case open", ["type": "noise", "title": "By a"])
        try circle.sync("a")
        try circle.sync("k")
        #expect(circle["k"].device.key(Circle.key(3).id) != nil)
        try circle.sync("b")
        #expect(try circle["k"].book.stateDigest() == circle["a"].book.stateDigest())
        #expect(try circle["b"].book.stateDigest() == circle["a"].book.stateDigest())
        // It is left once.
        try circle.meet()
        for name in ["a", "b", "k"] { #expect(try circle.sync(name).publishedEntries == 0) }
    }

    @Test func `what lies under a key that the lead cannot open is left again by the staff`() throws
    {
        let circle = try Circle.withCoordinator()
        try circle.open(Circle.key(2), by: "c", for: ["c", "a"], noise: ["k", "b"])
        try circle.leave("c", under: try first(circle))
        try circle.tell("c", "case open", ["type": "noise", "title": "Hidden"])
        try circle.leave("c", under: Circle.key(2))
        try circle.sync("a")
        try circle.tell("a", "case open", ["type": "noise", "title": "By a"])
        try circle.sync("a")
        #expect(try circle.sync("b").remarks.contains { $0.contains("does not open") })
        #expect(try circle.sync("k").remarks.contains { $0.contains("does not open") })
        // a goes on under the lead's, and leaves under it what k and b could not read.
        try circle.sync("a")
        for name in ["k", "b"] {
            #expect(try circle.sync(name).remarks.isEmpty)
            #expect(try circle[name].book.stateDigest() == circle["a"].book.stateDigest())
        }
    }

    @Test func `another first epoch hides no recovery, whatever its id`() throws {
        let circle = try Circle.withCoordinator()
        let founding = try first(circle)
        let low = try #require((2...9).map { Circle.key($0) }.min { $0.id < $1.id })
        try #require(low.id < founding.id)
        try circle.open(low, by: "c", for: ["c"], after: [])
        try circle.leave("c", under: founding)
        try circle.sync("k")
        try circle.sync("b")
        try circle.recover(as: "l", with: circle.paper)
        for name in ["a", "b"] {
            try circle.sync(name)
            let stolen = circle[name].book.roster.device(circle["k"].device.key)
            #expect(stolen?.isCut == true)
        }
        // Whoever has no more than the old paper is told that it was used.
        #expect(throws: Rejection.self) {
            try circle.recover(as: "m", with: circle.paper)
        }
    }

    @Test func `what a lead by recovery cannot read is left again for them`() throws {
        let circle = try Circle.withCoordinator()
        // The words get no grant of it: only c and a hold the key, and neither is a lead.
        try circle.open(Circle.key(2), by: "c", for: ["c", "a", "k"])
        try circle.leave("c", under: try first(circle))
        try circle.tell("c", "case open", ["type": "noise", "title": "Hidden"])
        try circle.leave("c", under: Circle.key(2))
        try circle.sync("a")
        try circle.recover(as: "l", with: circle.paper, cutting: ["K", "C"])
        try circle.sync("a")
        try circle.sync("l")
        #expect(try circle["l"].book.stateDigest() == circle["a"].book.stateDigest())
        #expect(circle["l"].book.rows.contains { $0.identity?.key == circle["c"].device.key })
    }

    @Test func `an epoch for nobody keeps no coordinator from letting devices in`() throws {
        let circle = try Circle.withCoordinator()
        try circle.open(Circle.key(2), by: "c", for: [])
        try circle.leave("c", under: try first(circle))
        try circle.sync("k")
        try circle.join("x")
        try circle.enrol("x")
        try circle.sync("x")
        try circle.tell("x", "case open", ["type": "noise", "title": "By x"])
        #expect(try circle.sync("x").publishedEntries > 0)
    }

    @Test func `another enrolment takes no device's box key`() throws {
        let circle = try Circle.withCoordinator()
        let own = circle["a"].device
        let enrolled = try #require(circle["c"].book.roster.device(own.key))
        var holder = Enrolment(
            own.key, boxKey: circle["c"].device.box.publicKey, as: .field,
            DeviceHolder(callSign: "A"))
        holder.replaces = try enrolled.enrolments.map { try circle.pinned($0, by: "c") }
        _ = try circle["c"].record([RosterEvent.enrolled(holder).event])
        try circle.meet()
        for name in ["k", "a"] {
            let shown = try #require(circle[name].book.roster.device(own.key))
            #expect(shown.boxKey == own.box.publicKey)
            #expect(shown.fingerprint == own.fingerprint)
        }
    }

    @Test func `of several keys for one device in an entry the first is tried`() throws {
        let circle = try Circle.withCoordinator()
        let opening = try circle.open(
            Circle.key(2), by: "c", for: ["c", "a", "k", "b"], noise: ["k"])
        let pinned = try circle.pinned(opening, by: "c")
        let sharing = EpochSharing(
            Circle.key(2).id, opened: pinned,
            keys: [
                try #require(
                    SealedKey(
                        Circle.key(2), to: circle["b"].device.box.publicKey,
                        by: circle["k"].device.signing))
            ])
        try circle.leave("c", under: try first(circle))
        // Nobody is blamed for a key that was shared with somebody else.
        _ = try circle["c"].record([RosterEvent.epochShared(sharing).event])
        try circle.leave("c", under: try first(circle))
        let told = try circle.sync("k").remarks
        #expect(told.count { $0.contains("does not open") } == 1)
        #expect(circle["k"].device.key(Circle.key(2).id) == nil)
    }

    @Test func `a key is found in a file with other entries, whatever that waits for`() throws {
        let circle = try Circle.withCoordinator()
        try circle.tell("c", "case open", ["type": "noise", "title": "Before it"])
        try circle.leave("c", under: Circle.key(2))
        try circle.open(Circle.key(2), by: "c", for: ["c", "a", "k", "b"])
        try circle.seal("c")
        try circle.tell("c", "case open", ["type": "noise", "title": "With it"])
        try circle.leave("c", under: try first(circle))
        try circle.sync("b")
        #expect(circle["b"].device.key(Circle.key(2).id) != nil)
        try circle.sync("k")
        #expect(try circle["b"].book.stateDigest() == circle["k"].book.stateDigest())
    }

    @Test func `an opening that no seal sets apart goes with its slice to everyone`() throws {
        let circle = try Circle.withCoordinator()
        let log = circle["c"].paths.log(try circle["c"].ownLog.id)
        try circle.open(Circle.key(2), by: "c", for: ["c", "a", "k", "b"], isAlone: false)
        try circle.seal("c")
        _ = try circle["a"].merge(from: log)
        #expect(writing(circle, "a") == Circle.key(2).id)
        try circle.tell("a", "case open", ["type": "noise", "title": "By a"])
        try circle.sync("a")
        for name in ["k", "b"] {
            try circle.sync(name)
            #expect(circle[name].device.key(Circle.key(2).id) != nil)
            #expect(try circle[name].book.stateDigest() == circle["a"].book.stateDigest())
        }
        try circle.meet()
        for name in ["a", "b", "k"] { #expect(try circle.sync(name).publishedEntries == 0) }
    }

    @Test func `while the newest key is not here a device writes with one that is as safe`() throws
    {
        let circle = try Circle.withCoordinator()
        try circle.open(Circle.key(2), by: "c", for: ["c", "k"])
        try circle.leave("c", under: try first(circle))
        try circle.sync("a")
        #expect(writing(circle, "a") == Circle.key(2).id)
        try circle.tell("a", "case open", ["type": "noise", "title": "By a"])
        let report = try circle.sync("a")
        #expect(report.publishedEntries > 0)
        #expect(report.remarks.isEmpty)
        try circle.sync("k")
        #expect(try circle["k"].book.stateDigest() == circle["a"].book.stateDigest())
        try circle.sync("a")
        #expect(circle["a"].device.key(Circle.key(2).id) != nil)
    }

    @Test func `a lead who never got the beginning of a log says which key does not open`() throws {
        let circle = try Circle("a", "b")
        let before = circle.files.paths(under: "\(Circle.exchange)/segments")
        try circle.join("c")
        try circle.enrol("c", as: .coordinator)
        let known = circle.files.paths(under: "\(Circle.exchange)/segments")
        try circle.sync("c")
        for path in circle.files.paths(under: "\(Circle.exchange)/segments")
        where known.contains(path) == false { circle.files.takeAway(path) }
        #expect(known.count > before.count)
        try circle.leave("c", under: Circle.key(2))
        try circle.open(Circle.key(2), by: "c", for: ["c", "a", "b"], noise: ["k"])
        try circle.leave("c", under: try first(circle))
        try circle.sync("a")
        #expect(writing(circle, "a") == Circle.key(2).id)
        try circle.tell("a", "case open", ["type": "noise", "title": "By a"])
        try circle.sync("a")
        #expect(try circle.sync("k").remarks.contains { $0.contains("does not open") })
        try circle.sync("a")
        try circle.sync("k")
        #expect(try circle["k"].book.stateDigest() == circle["a"].book.stateDigest())
    }
}
