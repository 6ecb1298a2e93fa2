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

/// Keys that somebody made for all and sealed to few, or to nobody.
@Suite struct UnreadEpochTests {
    private let key = Circle.key(1)

    /// A circle in which the coordinator c opened an epoch for some, and with noise for others.
    private func circle(for good: [String], noise: [String]) throws -> Circle {
        let circle = try Circle.withCoordinator()
        try circle.open(key, by: "c", for: good, noise: noise)
        return circle
    }

    private func writing(_ circle: Circle, _ name: String) throws -> Bytes16 {
        try #require(circle[name].book.roster.writingEpoch).id
    }

    @Test func `a key that the lead was not given is written with by nobody`() throws {
        let circle = try circle(for: ["c", "a"], noise: [])
        // The entry reaches the others by hand: the program of c would share the key at once.
        let log = try circle["c"].ownLog
        try circle.seal("c")
        for name in ["k", "a", "b"] {
            _ = try circle[name].merge(from: circle["c"].paths.log(log.id))
            #expect(try writing(circle, name) != key.id)
            #expect(try circle.sync(name).remarks.isEmpty)
        }
        // It is one of all's once it was shared with all.
        try circle.meet()
        try circle.meet()
        #expect(try writing(circle, "b") == key.id)
        #expect(circle["b"].device.epochs.count == 2)
    }

    @Test func `a key that does not open for the lead is followed by another at once`() throws {
        let circle = try circle(for: ["c"], noise: ["k", "a", "b"])
        try circle.tell("c", "case open", ["type": "noise", "title": "Hidden"])
        try circle.sync("c")
        let report = try circle.sync("k")
        #expect(report.remarks.contains { $0.contains("does not open") })
        #expect(try writing(circle, "k") != key.id)
        try circle.tell("k", "case open", ["type": "noise", "title": "After"])
        try circle.sync("k")
        try circle.sync("a")
        #expect(try writing(circle, "a") == writing(circle, "k"))
        try circle.tell("a", "case open", ["type": "noise", "title": "By a"])
        #expect(try circle.sync("a").publishedEntries > 0)
        // It is told once; who holds the key gives it to the one who asked.
        #expect(try circle.sync("k").remarks.allSatisfy { $0.contains("does not open") == false })
        try circle.sync("c")
        try circle.sync("k")
        #expect(circle["k"].device.key(key.id) != nil)
        #expect(try circle["k"].book.stateDigest() == circle["c"].book.stateDigest())
        // Field staff who lack it are let in once more, and read what was hidden.
        #expect(circle["a"].device.key(key.id) == nil)
        let own = circle["a"].device.key
        let device = try #require(circle["k"].book.roster.device(own))
        _ = try circle["k"].rename(device, to: device.callSign, in: Circle.exchange)
        try circle.sync("a")
        #expect(circle["a"].device.key(key.id) != nil)
        #expect(try circle["a"].book.stateDigest() == circle["k"].book.stateDigest())
    }

    @Test func `a key that never opens for the lead keeps nobody from letting devices in`() throws {
        let circle = try circle(for: ["c"], noise: ["k", "a", "b"])
        try circle.sync("c")
        try circle.sync("k")
        try circle.join("x")
        try circle.enrol("x", as: .field)
        try circle.sync("x")
        try circle.tell("x", "case open", ["type": "noise", "title": "By x"])
        #expect(try circle.sync("x").publishedEntries > 0)
        try circle.sync("k")
        #expect(try circle["x"].book.stateDigest() == circle["k"].book.stateDigest())
    }

    @Test func `field staff for whom a key does not open are told whom to ask`() throws {
        let circle = try circle(for: ["c", "k"], noise: ["a", "b"])
        try circle.sync("c")
        try circle.tell("a", "case open", ["type": "noise", "title": "By a"])
        let report = try circle.sync("a")
        #expect(
            report.remarks.contains {
                $0.contains("Ask a coordinator to let this device in once more")
            })
        // It goes on under the key that it has.
        #expect(report.publishedEntries > 0)
        try circle.sync("k")
        let device = try #require(circle["k"].book.roster.device(circle["a"].device.key))
        _ = try circle["k"].leaveKeys(for: device.key, device.boxKey, in: Circle.exchange)
        let after = try circle.sync("a")
        #expect(after.publishedEntries > 0)
        #expect(after.remarks.isEmpty)
    }
}
