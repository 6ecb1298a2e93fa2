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

@Suite struct LettingInTests {
    private func files(_ circle: Circle, _ section: String) -> [String] {
        circle.files.paths(under: "\(Circle.exchange)/\(section)")
    }

    @Test func `an exchange of other words is not joined, and nothing is made`() throws {
        let circle = try Circle()
        let before = circle.disk
        for words in [[UInt8](repeating: 7, count: 8), Array(circle.words.prefix(7)), []] {
            #expect(throws: Failure.self) {
                _ = try Replica.join(
                    Circle.exchange, saying: words, at: Circle.folder("x"), circle.surroundings)
            }
        }
        #expect(circle.disk == before)
    }

    @Test func `a grant that was lost is left again, in whatever folder, and once`() throws {
        let circle = try Circle("a")
        try circle.join("x")
        try circle.enrol("x")
        for path in files(circle, "grants") { circle.files.takeAway(path) }
        #expect(try circle.sync("x").isEnrolled == false)
        // A coordinator's sync with another folder leaves it there, too.
        try circle["k"].createExchange(at: "other")
        for folder in [Circle.exchange, "other", "other"] {
            _ = try circle["k"].sync(with: folder)
        }
        #expect(try grants(in: Circle.exchange, for: "x", circle) == 1)
        #expect(try grants(in: "other", for: "x", circle) == 1)
        #expect(try circle["x"].sync(with: "other").isNewlyEnrolled)
        try circle.meet()
        for path in files(circle, "grants") { circle.files.takeAway(path) }
        try circle.meet()
        #expect(try grants(in: Circle.exchange, for: "x", circle) == 0)
    }

    /// How many grants of an exchange open for a device.
    private func grants(in folder: String, for name: String, _ circle: Circle) throws -> Int {
        let exchange = try Exchange(
            opening: folder, of: circle[name].partnership, files: circle.files)
        let device = circle[name].device
        return try Grants(exchange).open(for: device.key, with: device.box).items.count
    }

    @Test func `a device that waits leaves its request again`() throws {
        let circle = try Circle()
        try circle.join("x")
        let first = files(circle, "requests")
        for path in first { circle.files.takeAway(path) }
        for _ in 0..<2 { #expect(try circle.sync("x").failure == nil) }
        #expect(files(circle, "requests").count == 1)
        try circle.enrol("x")
        #expect(try circle.sync("x").isNewlyEnrolled)
    }

    @Test func `an enrolment whose grant cannot be left is recorded, and heals`() throws {
        let circle = try Circle()
        try circle.join("x")
        // A file stands where the folder of grants should.
        for path in files(circle, "grants") { circle.files.takeAway(path) }
        circle.files.takeAwayFolder("\(Circle.exchange)/grants")
        circle.files.put([1], at: "\(Circle.exchange)/grants")
        #expect(try circle.enrol("x").failure != nil)
        #expect(circle["k"].book.roster.devices.map(\.callSign).sorted() == ["K", "X"])
        circle.files.takeAway("\(Circle.exchange)/grants")
        #expect(try circle.sync("k").failure == nil)
        #expect(try circle.sync("x").isNewlyEnrolled)
    }

    /// A grant for a device, signed by another one, whatever that one may do.
    private func grant(
        to device: Replica, by giver: SigningKey, _ circle: Circle, epochs: [Grant.Epoch]
    ) throws -> [UInt8] {
        let founder = try circle["k"].ownLog
        let grant = Grant(
            device: device.device.key, founder: founder, epochs: epochs, granter: giver.publicKey)
        return try GrantFile.encode(grant, to: device.device.box.publicKey, signingWith: giver)
    }

    @Test func `a coordinator lets in field staff and auditors, and the lead coordinators`() throws
    {
        let circle = try Circle()
        try circle.join("c")
        try circle.enrol("c", as: .coordinator)
        try circle.sync("c")
        for name in ["x", "y"] { try circle.join(name) }
        try circle.sync("c")
        #expect(throws: Rejection.self) { try circle.enrol("x", as: .coordinator, by: "c") }
        #expect(circle["c"].book.roster.devices.map(\.callSign) == ["C", "K"])
        try circle.enrol("x", as: .auditor, by: "c")
        #expect(try circle.sync("x").isNewlyEnrolled)
        #expect(throws: Rejection.self) { try circle.enrol("y", as: .field, by: "x") }
        try circle.sync("k")
        try circle.enrol("y", as: .coordinator)
        #expect(circle["k"].book.roster.device(circle["y"].device.key)?.role == .coordinator)
        #expect(circle["k"].book.roster.device(circle["k"].device.key)?.role == .lead)
    }

    @Test func `a call sign that is known is refused, and nothing is written`() throws {
        let circle = try Circle("a")
        try circle.join("b")
        try circle.sync("k")
        let applicant = try #require(
            try circle["k"].applicants(in: Circle.exchange).applicants.first)
        let disk = circle.disk
        for sign in ["A", "a", "K", "Ab", "kc"] {
            #expect(throws: Rejection.self) {
                try circle["k"].enrol(
                    applicant, as: .field,
                    Person(holder: "Bo", agency: "kcc", callSign: sign), in: Circle.exchange)
            }
        }
        #expect(circle.disk == disk)
    }

    @Test func `a call sign that a coordinator who has synced gave is refused to the next`() throws
    {
        let circle = try Circle()
        for name in ["c", "x", "y"] { try circle.join(name) }
        try circle.enrol("c", as: .coordinator)
        try circle.sync("c")
        try circle.enrol("x", Person(.nobody, callSign: "S01"))
        #expect(throws: Rejection.self) {
            try circle.enrol("y", by: "c", Person(.nobody, callSign: "s01"))
        }
    }

    @Test func `of two devices with one call sign either is given another`() throws {
        let circle = try Circle("a")
        try circle.join("c")
        try circle.enrol("c", as: .coordinator)
        for name in ["c", "k", "a"] { try circle.sync(name) }
        try circle["k"].createExchange(at: "other")
        for name in ["x", "y"] { try circle.join(name) }
        let applicants = try circle["k"].applicants(in: Circle.exchange).applicants
        func applicant(_ name: String) throws -> Applicant {
            let words = circle[name].device.fingerprint
            return try #require(applicants.first { $0.fingerprint == words })
        }
        let person = try Person(.nobody, callSign: "S01")
        _ = try circle["k"].enrol(applicant("x"), as: .field, person, in: "other")
        _ = try circle["c"].enrol(applicant("y"), as: .field, person, in: Circle.exchange)
        try circle.meet()
        let book = circle["c"].book
        #expect(book.roster.findings.map(\.matter) == [.callSignShared])
        let device = try #require(book.roster.device(circle["y"].device.key))
        let before = device.callSign
        #expect(before.hasPrefix("S01~"))
        try circle.tell("y", "case open", ["title": "Noise", "type": "noise"])
        try circle.meet()
        #expect(throws: Rejection.self) {
            try circle["a"].rename(device, to: "S02", in: Circle.exchange)
        }
        #expect(throws: Rejection.self) {
            try circle["c"].rename(device, to: "A", in: Circle.exchange)
        }
        let (report, sign) = try circle["c"].rename(device, to: "S02", in: Circle.exchange)
        #expect(report.failure == nil)
        #expect(sign == "S02")
        try circle.meet()
        for name in ["k", "a", "c", "x", "y"] {
            #expect(circle[name].book.roster.findings == [])
            #expect(try circle.record(name, "S02-1").title == "Noise")
            #expect(try circle.record(name, "\(before)-1").title == "Noise")
            #expect(throws: Rejection.self) { try circle[name].book.find("S01-1") }
            #expect(circle[name].book.roster.device(circle["y"].device.key)?.role == .field)
        }
        #expect(try circle.voices() == 1)
    }

    @Test func `a grant counts only from a coordinator`() throws {
        let circle = try Circle("a")
        try circle.join("x")
        try circle.enrol("x")
        for path in files(circle, "grants") { circle.files.takeAway(path) }
        let giver = circle["a"].device
        circle.files.put(
            try grant(to: circle["x"], by: giver.signing, circle, epochs: giver.epochs),
            at: "\(Circle.exchange)/grants/a.grant")
        let report = try circle.sync("x")
        #expect(report.isEnrolled == false)
        #expect(report.remarks.contains { $0.contains("no coordinator") })
        // The same from the coordinator opens the book; then a field device's keys are not taken.
        try circle.sync("k")
        #expect(try circle.sync("x").isNewlyEnrolled)
        let odd = Grant.Epoch(
            time: HybridTime(milliseconds: 9),
            key: EpochKey(
                Bytes32(
                    [UInt8](repeating: 9, count: 32)) ?? .zero))
        circle.files.put(
            try grant(to: circle["x"], by: giver.signing, circle, epochs: [odd]),
            at: "\(Circle.exchange)/grants/b.grant")
        try circle.sync("x")
        #expect(circle["x"].device.epochs == circle["k"].device.epochs)
    }

    @Test func `however many grants are junk, the exchange is looked at once for them`() throws {
        func calls(_ count: Int) throws -> Int {
            let circle = try Circle("a")
            try circle.meet()
            try circle.join("x")
            for number in 0..<count {
                let stranger = SigningKey(seed: [UInt8](repeating: UInt8(number), count: 32))
                let epoch = Grant.Epoch(
                    time: HybridTime(milliseconds: UInt64(number)),
                    key: EpochKey(
                        try #require(Bytes32([UInt8](repeating: UInt8(number), count: 32)))))
                circle.files.put(
                    try grant(to: circle["x"], by: stranger, circle, epochs: [epoch]),
                    at: "\(Circle.exchange)/grants/\(number).grant")
            }
            let before = circle.files.calls
            let report = try circle.sync("x")
            #expect(report.isEnrolled == false)
            #expect(report.remarks.count == 1)
            return circle.files.calls - before
        }
        // One more call for one more file: it is read, and nothing else.
        #expect(try calls(40) - calls(10) == 30)
    }

    @Test func `a device that is not let in takes nothing from another's book`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.join("x")
        try circle.tell("x", "case open", ["title": "My own", "type": "noise"])
        let report = try circle["x"].merge(from: Circle.folder("a"))
        #expect(report.isEnrolled == false)
        #expect(report.remarks.contains { $0.contains("reads nothing of the others") })
        #expect(try circle["x"].book.list(RecordFilter()).total == 1)
        // Nor does it read what somebody puts into its folder.
        for path in circle.files.paths(under: "\(Circle.folder("a"))/logs") {
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            let bytes = try #require(circle.files.bytesByPath[path])
            circle.files.put(bytes, at: "\(Circle.folder("x"))/logs/\(name)")
        }
        try circle.open("x")
        #expect(try circle["x"].book.list(RecordFilter()).total == 1)
        try circle.enrol("x")
        try circle.sync("x")
        #expect(try circle.shown("x", "X-1", "title") == "My own")
    }

    @Test func `two hundred thousand odd files are told in one line`() throws {
        let circle = try Circle("a")
        for number in 0..<2_000 {
            circle.files.put([], at: "\(Circle.exchange)/segments/\(number).segment")
        }
        let report = try circle.sync("a")
        #expect(report.files.count == 1)
        #expect(report.files.first?.count == 2_000)
        #expect(report.files.first?.names.count == 3)
    }
}
