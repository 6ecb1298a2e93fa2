// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Replicas
import Testing

/// What a coordinator says of devices that others let in, or are about to.
@Suite struct WronglyLetInTests {
    /// `author` enrols a device that asks, as somebody with a device's keys and no program of ours.
    private func forge(
        _ name: String, as role: Role, box: Bytes32? = nil, by author: String, _ circle: Circle
    ) throws {
        let device = circle[name].device
        let enrolment = Enrolment(
            device.key, boxKey: box ?? device.box.publicKey, as: role,
            DeviceHolder(callSign: name.uppercased()))
        _ = try circle[author].record([RosterEvent.enrolled(enrolment).event])
        try circle.sync(author)
        try circle.sync("k")
    }

    private func caller(_ name: String, as role: Role, _ circle: Circle) throws -> Caller {
        try circle["k"].caller(
            saying: circle[name].device.fingerprint.bytes.array, as: role, in: Circle.exchange)
    }

    @Test(arguments: [true, false])
    func `a device that somebody let in wrongly is let in by the lead's word`(
        _ isOtherBox: Bool
    ) throws {
        let circle = try Circle.withCoordinator()
        try circle.join("x")
        let box = isOtherBox ? circle["a"].device.box.publicKey : nil
        try forge("x", as: isOtherBox ? .field : .auditor, box: box, by: "c", circle)
        guard case .new(let applicant) = try caller("x", as: .field, circle) else {
            Issue.record("the lead is told that it is let in")
            return
        }
        let report = try circle["k"].enrol(
            applicant, as: .field, Person(.nobody, callSign: "X"), in: Circle.exchange)
        #expect(report.report.failure == nil)
        #expect(try circle.sync("x").isNewlyEnrolled)
        try circle.tell("x", "case open", ["title": "Quay", "type": "noise"])
        try circle.meet()
        #expect(circle["k"].book.roster.device(circle["x"].device.key)?.role == .field)
        for name in ["k", "a", "c"] {
            #expect(try circle.shown(name, "X-1", "title") == "Quay")
        }
    }

    /// A last day that is over, a first entry that never comes, another's staff record.
    @Test(arguments: 0..<3)
    func `whatever a coordinator got wrong the lead puts right`(_ fault: Int) throws {
        let circle = try Circle.withCoordinator()
        try circle.join("x")
        try circle.tell("x", "case open", ["title": "Before", "type": "noise"])
        let device = circle["x"].device
        var enrolment = Enrolment(
            device.key, boxKey: device.box.publicKey, as: .field, DeviceHolder(callSign: "X"))
        switch fault {
        case 0: enrolment.until = CivilDay("2001-03-31")
        case 1:
            enrolment.from = PinnedEntry(
                log: device.log, seq: 1 << 40, chain: Bytes16(high: 0, low: 0))
        default:
            enrolment.from = PinnedEntry(
                log: LogID(Bytes16(high: 7, low: 7)), seq: 0, chain: Bytes16(high: 7, low: 7))
        }
        _ = try circle["c"].record([RosterEvent.enrolled(enrolment).event])
        try circle.sync("c")
        try circle.sync("k")
        guard case .new(let applicant) = try caller("x", as: .field, circle) else {
            Issue.record("the lead is told that it is let in")
            return
        }
        _ = try circle["k"].enrol(
            applicant, as: .field, Person(.nobody, callSign: "X"), in: Circle.exchange)
        try circle.sync("x")
        try circle.meet()
        for name in ["k", "a", "x"] { #expect(try circle.shown(name, "X-1", "title") == "Before") }
        #expect(circle["k"].book.roster.findings.isEmpty)
    }

    @Test func `an enrolment that changes nothing takes no name away`() throws {
        let circle = try Circle.withCoordinator()
        try circle.tell("a", "case open", ["title": "Quay", "type": "noise"])
        try circle.meet()
        for (name, role) in [("a", Role.field), ("k", .coordinator), ("c", .field)] {
            var enrolment = Enrolment(
                circle[name].device.key, boxKey: circle[name].device.box.publicKey, as: role,
                DeviceHolder(callSign: name.uppercased()))
            enrolment.from = PinnedEntry(
                log: LogID(Bytes16(high: 7, low: 7)), seq: 0, chain: Bytes16(high: 7, low: 7))
            _ = try circle["c"].record([RosterEvent.enrolled(enrolment).event])
        }
        try circle.meet()
        for name in ["k", "b", "c"] { #expect(try circle.shown(name, "A-1", "title") == "Quay") }
        #expect(circle["b"].book.roster.devices.map(\.callSign).sorted() == ["A", "B", "C", "K"])
    }

    @Test func `a coordinator's word of a device that another let in stands as theirs`() throws {
        let circle = try Circle.withCoordinator()
        try circle.join("x")
        try circle.enrol("x")
        try forge("x", as: .auditor, by: "c", circle)
        #expect(circle["k"].book.roster.device(circle["x"].device.key)?.role == .field)
        guard case .known(let device) = try caller("x", as: .auditor, circle) else {
            Issue.record("the lead's own word is not its to change")
            return
        }
        #expect(device.role == .field)
    }

    @Test func `a device whose access ended before it was let in is refused in words`() throws {
        let circle = try Circle.withCoordinator()
        try circle.join("x")
        _ = try circle["c"].record([
            RosterEvent.cut(circle["x"].device.key, at: [], reason: "unknown").event
        ])
        try circle.sync("c")
        try circle.enrol("x")
        #expect(circle["k"].book.roster.device(circle["x"].device.key)?.isCut == true)
        #expect(throws: Rejection.self) { try caller("x", as: .field, circle) }
    }

    @Test func `who was let in and has not been heard of is named, own ones first`() throws {
        let circle = try Circle.withCoordinator()
        for name in ["x", "y"] { try circle.join(name) }
        try circle.enrol("y", by: "c")
        try circle.enrol("x")
        try circle.sync("k")
        #expect(circle["k"].silentDevices.map(\.callSign) == ["X", "Y"])
        try circle.sync("x")
        try circle.sync("k")
        #expect(circle["k"].silentDevices.map(\.callSign) == ["Y"])
    }
}
