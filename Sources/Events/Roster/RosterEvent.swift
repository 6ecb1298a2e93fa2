// SPDX-License-Identifier: MIT
package import Basics

/// What an entry says of the roster: one value for who writes it and for who reads it.
///
/// `Docs/Formats/Entry.md` is normative. A body is of use **if and only if** it has every name of
/// its type's row, each in its form, and none of the names that may be left out in another form.
/// Names beyond those are for a later version and are passed over.
package enum RosterEvent: Hashable, Sendable {
    case founded(partnership: String, by: DeviceHolder)
    case enrolled(Enrolment)
    /// The logs of a key count up to these places; one that is not listed counts for nothing.
    case cut(DeviceKey, at: [PinnedEntry], reason: String)
    /// The cuts of a key that are named here are taken back.
    case reinstated(DeviceKey, lifts: [PinnedEntry], reason: String)
    /// A new key of the partnership, sealed to everyone who goes on.
    case epochOpened(EpochOpening)
    /// The key of an epoch, sealed to those whom it did not name.
    case epochShared(EpochSharing)
    /// The next words take the place of those that were used.
    case recoveryRenewed(RecoveryKeys)

    /// The types of the entries that say something of the roster.
    package static let types = [
        EventName.founded, EventName.enrolled, EventName.cut, EventName.reinstated,
        EventName.epoch, EventName.epochShared, EventName.recoveryRenewed,
    ]

    /// Nil for an entry of another type, and for one that says nothing that can be used.
    package init?(type: String, _ changes: CBORValue) {
        guard let body = RosterBody(changes), let event = RosterEvent.read(type, body) else {
            return nil
        }
        self = event
    }

    /// The event whose entry says this.
    package var event: Event {
        var body = RosterBody()
        switch self {
        case .founded(let partnership, let holder):
            body["name"] = .text(partnership)
            body.add(holder)
            return Event(EventName.founded, .none, body.values)
        case .enrolled(let enrolment):
            body.add(enrolment)
            return Event(EventName.enrolled, .none, body.values)
        case .cut(let key, let places, let reason):
            body["key"] = .bytes(key.bytes.array)
            body["at"] = .array(places.map(\.value))
            body["reason"] = .text(reason)
            return Event(EventName.cut, .none, body.values)
        case .reinstated(let key, let cuts, let reason):
            body["key"] = .bytes(key.bytes.array)
            body["lifts"] = .array(cuts.map(\.value))
            body["reason"] = .text(reason)
            return Event(EventName.reinstated, .none, body.values)
        case .epochOpened(let opening):
            body.add(opening)
            return Event(EventName.epoch, .none, body.values)
        case .epochShared(let sharing):
            body.add(sharing)
            return Event(EventName.epochShared, .none, body.values)
        case .recoveryRenewed(let keys):
            body["key"] = .bytes(keys.signing.bytes.array)
            body["box"] = .bytes(keys.box.array)
            return Event(EventName.recoveryRenewed, .none, body.values)
        }
    }

    private static func read(_ type: String, _ body: RosterBody) -> RosterEvent? {
        switch type {
        case EventName.founded:
            guard let name = body.text("name"), let holder = body.holder else { return nil }
            return .founded(partnership: name, by: holder)
        case EventName.enrolled: return body.enrolment.map { .enrolled($0) }
        case EventName.cut:
            guard let key = body.key("key"), let places = body.pinned("at", least: 0),
                let reason = body.text("reason")
            else { return nil }
            return .cut(key, at: places, reason: reason)
        case EventName.reinstated:
            guard let key = body.key("key"), let cuts = body.pinned("lifts"),
                cuts.isEmpty == false, let reason = body.text("reason")
            else { return nil }
            return .reinstated(key, lifts: cuts, reason: reason)
        case EventName.epoch: return body.opening.map { .epochOpened($0) }
        case EventName.epochShared: return body.sharing.map { .epochShared($0) }
        case EventName.recoveryRenewed:
            guard let key = body.key("key"), let box = body.bytes32("box") else { return nil }
            return .recoveryRenewed(RecoveryKeys(signing: key, box: box))
        default: return nil
        }
    }
}
