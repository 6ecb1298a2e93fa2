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

/// Entries whose verbs this program lacks are carried, passed on, checked and told.
@Suite struct LaterEntriesTests {
    /// A device with a later program: it writes one entry of every type that is laid down.
    private struct LaterDevice {
        let device = TestDevice(77)
        private(set) var log: LogBuilder
        private var time: UInt64

        init(in partnership: PartnershipID, at milliseconds: UInt64) {
            log = LogBuilder(device, in: partnership)
            time = milliseconds
            let vocabulary = ["vocabulary": CBORValue.unsigned(2)]
            append(EventName.updated, .none, changes: .map(named: vocabulary))
            append(
                "case.opened", .creates,
                changes: .map(named: ["title": .text("Quay"), "accepted": Self.accepted.encoded]))
            append(EventName.received, .none, body: nil)
            for vector in Vector.all("acts", kind: "act")
            where vector.text("verdict") == "valid" {
                append(vector.text("type"), .none, body: vector.bytes("body"))
            }
            append(EventName.sealed, .creates, body: sealed("case.opened"))
            append(EventName.sealed, .own(seq: 2), body: sealed("case.noted"))
            append(EventName.sealed, .none, body: sealed(EventName.accessed))
            let photo = FileValue.closing([1, 2], as: "image/png", called: "a", under: .zero)
            let visit = PartContent.values(["minutes": .unsigned(20), "photo": photo.value.value])
            let visits = Change.parts([.added(visit)]).encoded
            append("case.visited", .own(seq: 2), changes: .map(named: ["visits": visits]))
            append("spaceship.launched", .creates, changes: .map([:]))
            log.seal()
        }

        private static let accepted = Change.parts([
            .added(Acceptance("no-visit", because: .zero, reason: "The tenant moved.").content)
        ])

        private func sealed(_ type: String) -> [UInt8] {
            let place = SealedBody.Place(
                in: PartnershipID(.zero), log: log.log.id, seq: log.position.tip.seq + 1,
                record: [0])
            let content = SealedBody.Content(
                type: type, salt: [UInt8](repeating: 9, count: Limits.salt), changes: [:])
            return SealedBody(
                content, at: place, under: EpochKey(.zero),
                nonce: [UInt8](repeating: 8, count: 24)
            ).encoded
        }

        private mutating func append(
            _ type: String, _ subject: EntrySubject, changes: CBORValue
        ) {
            let salt = [UInt8](repeating: 7, count: Limits.salt)
            append(type, subject, body: EntryBody.bytes(salt: salt, changes: changes.encoded))
        }

        private mutating func append(_ type: String, _ subject: EntrySubject, body: [UInt8]?) {
            time += 1
            let header = EntryHeader(
                place: (log.position.tip.seq + 1, HybridTime(milliseconds: time)), type: type,
                subject: subject, bodyDigest: body.map { EntryBody.digest($0) })
            log.append([EntryBytes(header: header.encoded, body: body)])
        }
    }

    /// A circle whose founder let the later device in and took its log from a stick.
    private func meeting() throws -> (circle: Circle, later: LaterDevice) {
        let circle = try Circle("w")
        let founder = circle["k"]
        let later = LaterDevice(
            in: founder.partnership, at: circle.clock.nowMilliseconds())
        let holder = DeviceHolder(callSign: "L")
        let enrolment = Enrolment(
            later.device.key.publicKey, boxKey: later.device.box.publicKey, as: .field, holder)
        _ = try founder.record([RosterEvent.enrolled(enrolment).event])
        try circle.files.makeFolder("other-stick")
        try circle.files.create("other-stick/later.log", later.log.bytes)
        _ = try founder.merge(from: "other-stick")
        try circle.meet()
        return (circle, later)
    }

    @Test func `a log with entries of all types reaches everyone byte for byte`() throws {
        let (circle, later) = try meeting()
        for name in ["k", "w"] {
            let path = "\(Circle.folder(name))/logs/\(later.log.log.id.hex).log"
            #expect(try circle.files.read(path, limit: 1 << 20) == later.log.bytes)
            #expect(try circle[name].verify().isClean)
        }
        #expect(try circle.voices() == 1)
    }

    @Test func `what needs newer software is told, and the rest is read`() throws {
        let (circle, _) = try meeting()
        let acts = Vector.all("acts", kind: "act").count { $0.text("verdict") == "valid" }
        for name in ["k", "w"] {
            let book = circle[name].book
            // The acts, and who opened a record: sealed, and about no record.
            #expect(try book.unread() == [.type: acts + 1, .kind: 2, .field: 1])
            let record = try circle.record(name, "L-1")
            #expect(record.title == "Quay")
            let visits = try #require(record.field("visits"))
            guard case .parts(let parts) = visits.content else { return }
            #expect(parts.counted == 1)
            // An open record reads open entries alone.
            let asides = try book.asides().filter { $0.reason == .malformed }
            #expect(asides.count == 1)
            let entries = try book.entries(of: record.place)
            #expect(entries.map(\.isSealed) == [false, true, false])
            #expect(entries[1].changes == nil)
        }
    }

    @Test func `sealed entries that say who opened a record are automatic`() throws {
        let (circle, _) = try meeting()
        let book = circle["k"].book
        let sealed = try book.timeline().filter(\.isSealed)
        #expect(sealed.map(\.isAutomatic) == [false, false, true])
    }
}
