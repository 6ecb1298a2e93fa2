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

/// What one sync counts and does at most, however much others have left for it.
@Suite struct BoundedSyncTests {
    @Test func `entries that several files hold are counted once`() throws {
        let circle = try Circle("a")
        let other = "other"
        try circle["k"].createExchange(at: other)
        for title in ["First", "Second"] {
            try circle.tell("a", "case open", ["type": "noise", "title": title])
            _ = try circle["a"].sync(with: title == "First" ? Circle.exchange : other)
        }
        // The files of one folder are carried into the other, as people do with sticks.
        for path in circle.files.paths(under: "\(other)/segments") {
            let name = try #require(path.split(separator: "/").last)
            circle.files.put(
                try #require(circle.files.bytesByPath[path]),
                at: "\(Circle.exchange)/segments/\(name)")
        }
        try circle.sync("k")
        let report = try circle.sync("k")
        let log = try circle["a"].ownLog.id
        let device = try #require(report.devices.first { $0.log == log })
        let row = try #require(circle["k"].book.rows.first { $0.id == log })
        #expect(device.new == 0)
        #expect(try UInt64(device.held) == #require(row.position).tip.seq)
    }

    @Test func `a sync leaves the grants of a hundred silent devices, and those first let in`()
        throws
    {
        let circle = try Circle()
        let names = (1...103).map { "d\($0)" }
        for name in names {
            try circle.join(name)
            try circle.enrol(name)
            circle.close(name)
        }
        let grants = "\(Circle.exchange)/grants"
        let left = circle.files.paths(under: grants)
        #expect(left.count == 104)
        left.forEach(circle.files.takeAway)
        try circle.sync("k")
        // One is that of the recovery words.
        #expect(circle.files.paths(under: grants).count == 101)
        // Whoever has spoken makes room for the next.
        try circle.open("d1")
        #expect(try circle.sync("d1").isEnrolled)
        try circle.sync("k")
        #expect(circle.files.paths(under: grants).count == 102)
    }

    @Test func `a sync shares the newest hundred keys that somebody lacks, the next the others`()
        throws
    {
        let circle = try Circle.withCoordinator()
        for number in 0..<103 {
            try circle.open(Circle.key(UInt64(number + 2)), by: "c", for: ["c", "k", "b"])
        }
        try circle.leave("c", under: try #require(circle["k"].device.epochs.first).key)
        let lacking = { (name: String) in
            circle[name].book.roster.epochs.filter { $0.lacking.isEmpty == false }.count
        }
        try circle.sync("k")
        #expect(lacking("k") == 3)
        try circle.sync("a")
        #expect(circle["a"].device.key(Circle.key(104).id) != nil)
        #expect(circle["a"].device.key(Circle.key(2).id) == nil)
        try circle.sync("k")
        #expect(lacking("k") == 0)
        try circle.sync("a")
        #expect(circle["a"].device.key(Circle.key(2).id) != nil)
    }

    @Test func `where no entry can name all who were cut, a sync says so and does all else`() throws
    {
        let circle = try Circle.withCoordinator()
        // 34 bytes each, so that 8,000 are more than an entry takes.
        let keys = (1...8_000).map { number in
            DeviceKey(
                Bytes32(
                    first: Bytes16(high: UInt64(number), low: 5), second: Bytes16(high: 6, low: 7)))
        }
        let box = circle["a"].device.box.publicKey
        for start in stride(from: 0, to: keys.count, by: 2_000) {
            _ = try circle["c"].record(
                keys[start..<(start + 2_000)].flatMap { key in
                    let enrolment = Enrolment(
                        key, boxKey: box, as: .field, DeviceHolder(callSign: "X"))
                    return [
                        RosterEvent.enrolled(enrolment).event,
                        RosterEvent.cut(key, at: [], reason: "Junk").event,
                    ]
                })
        }
        try circle.tell("c", "case open", ["type": "noise", "title": "By c"])
        try circle.sync("c")
        try circle.tell("k", "case open", ["type": "noise", "title": "By k"])
        let report = try circle.sync("k")
        #expect(report.remarks.contains { $0.hasPrefix("No new key could be made. ") })
        #expect(report.publishedEntries > 0)
        #expect(report.newEntries > 16_000)
        try circle.sync("a")
        #expect(try circle.shown("a", "C-1", "title") == "By c")
        #expect(try circle.shown("a", "K-1", "title") == "By k")
    }
}
