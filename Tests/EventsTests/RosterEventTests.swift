// SPDX-License-Identifier: MIT
import Basics
import Events
import Testing

@Suite struct RosterEventTests {
    private static let boxKey = Bytes32(
        first: Bytes16(high: 1, low: 2), second: Bytes16(high: 3, low: 4))
    private static let key = DeviceKey(boxKey)
    private static let pinned = PinnedEntry(
        log: LogID(Bytes16(high: 6, low: 6)), seq: 4, chain: Bytes16(high: 7, low: 7))
    private static let holder = DeviceHolder(callSign: "W07")

    /// One of each, and enrolments with each of the names that may be left out.
    private static var all: [RosterEvent] {
        [
            .founded(partnership: "Quay", by: holder),
            .founded(
                partnership: "Quay", by: DeviceHolder(callSign: "W07", staff: Link(own: 3))),
            .cut(key, at: [], reason: "Lost."),
            .cut(key, at: [pinned, pinned], reason: ""),
            .reinstated(key, lifts: [pinned], reason: "Found."),
            .epochOpened(EpochOpening(Bytes16(high: 8, low: 8), keys: [])),
            .epochOpened(
                EpochOpening(
                    Bytes16(high: 8, low: 8), without: [key], after: [pinned, pinned],
                    keys: sealed)),
            .epochOpened(
                EpochOpening(
                    Bytes16(high: 8, low: 8), after: [pinned], keys: sealed, unread: [pinned])),
            .epochShared(EpochSharing(Bytes16(high: 8, low: 8), opened: pinned, keys: sealed)),
            .recoveryRenewed(RecoveryKeys(signing: key, box: boxKey)),
        ] + enrolments.map { .enrolled($0) }
    }

    private static var sealed: [SealedKey] {
        let author = SigningKey(seed: [UInt8](repeating: 5, count: 32))
        let box = BoxKey(seed: [UInt8](repeating: 6, count: 32))
        return SealedKey(EpochKey(boxKey), to: box.publicKey, by: author).map { [$0, $0] } ?? []
    }

    private static var enrolments: [Enrolment] {
        let plain = Role.allCases.map {
            Enrolment(key, boxKey: boxKey, as: $0, holder)
        }
        let staff = Enrolment(
            key, boxKey: boxKey, as: .field, DeviceHolder(callSign: "W07", staff: Link(own: 3)))
        var (replacing, later, ending) = (plain[0], plain[0], plain[0])
        replacing.replaces = [pinned]
        later.from = pinned
        ending.until = CivilDay("2017-03-31")
        return plain + [staff, replacing, later, ending]
    }

    @Test func `names of people that an entry holds in the earlier form are read by nobody`() {
        let plain = Self.enrolments[0]
        var changes = RosterEvent.enrolled(plain).event.changes ?? [:]
        changes["holder"] = .text("Ann Reed")
        changes["agency"] = .text("kcc")
        let read = RosterEvent(type: RosterEvent.enrolled(plain).event.type, Self.body(changes))
        #expect(read == .enrolled(plain))
    }

    @Test func `what is written is read as it was`() {
        for said in Self.all {
            let event = said.event
            #expect(RosterEvent.types.contains(event.type))
            #expect(event.subject == .none)
            #expect(RosterEvent(type: event.type, Self.body(event.changes ?? [:])) == said)
        }
    }

    @Test func `nothing is read without a name that has to be there, or with it in another form`() {
        let optional: Set = ["staff", "replaces", "from", "until", "unread"]
        for event in Self.all.map(\.event) {
            for name in (event.changes ?? [:]).keys {
                var changes = event.changes ?? [:]
                changes[name] = .null
                #expect(RosterEvent(type: event.type, Self.body(changes)) == nil, "\(name)")
                changes[name] = nil
                let read = RosterEvent(type: event.type, Self.body(changes))
                #expect((read == nil) == (optional.contains(name) == false), "\(name)")
            }
        }
    }

    @Test func `names of a later version are passed over`() {
        for said in Self.all {
            var changes = said.event.changes ?? [:]
            changes["later"] = .array([.null])
            #expect(RosterEvent(type: said.event.type, Self.body(changes)) == said)
        }
    }

    @Test func `an entry of another type says nothing of the roster`() {
        for event in Self.all.map(\.event) {
            #expect(RosterEvent(type: "case.opened", Self.body(event.changes ?? [:])) == nil)
        }
    }

    private static func body(_ changes: [String: CBORValue]) -> CBORValue {
        .map(Dictionary(uniqueKeysWithValues: changes.map { (.text($0.key), $0.value) }))
    }
}
