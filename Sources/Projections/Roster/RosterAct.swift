// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Logs
package import Merging

/// An entry about the roster, read.
package struct RosterAct {
    package enum Deed {
        case founded(Person)
        case enrolled(key: DeviceKey, boxKey: Bytes32, Role, Person)
        case cut(key: DeviceKey, at: [PinnedEntry])
        case reinstated(key: DeviceKey)
        case epoch(id: Bytes16, without: Set<DeviceKey>)
    }

    /// What a coordinator typed about a device's holder.
    package struct Person {
        let holder: String
        let agency: String
        let callSign: String
    }

    let place: EntryRef
    let time: HybridTime
    let deed: Deed

    /// Nil for an entry that is no roster act, or says nothing that can be used.
    package init?(_ entry: EntryView, at place: EntryRef) {
        guard let deed = RosterAct.deed(entry) else { return nil }
        self.place = place
        time = entry.header.time
        self.deed = deed
    }

    /// The types of entries that may change the roster.
    package static let types = [
        EventName.founded, EventName.enrolled, EventName.cut, EventName.reinstated,
        EventName.epoch,
    ]

    private static func deed(_ entry: EntryView) -> Deed? {
        guard entry.header.subject == .none,
            case .map(let pairs)? = try? CBORValue(raw: entry.changes)
        else { return nil }
        let body = Body(pairs: pairs)
        switch entry.header.type {
        case EventName.founded: return .founded(body.person)
        case EventName.enrolled:
            guard let key = body.key, let box = body.bytes("box").flatMap({ Bytes32($0) }),
                let role = Role(rawValue: body.text("role"))
            else { return nil }
            return .enrolled(key: key, boxKey: box, role, body.person)
        case EventName.cut: return body.key.map { .cut(key: $0, at: body.places) }
        case EventName.reinstated: return body.key.map { .reinstated(key: $0) }
        case EventName.epoch:
            return body.bytes("id").flatMap { Bytes16($0) }.map {
                .epoch(id: $0, without: body.without)
            }
        default: return nil
        }
    }

    /// A body's values by name.
    private struct Body {
        let pairs: [CBORValue: CBORValue]

        func text(_ name: String) -> String {
            if case .text(let text)? = pairs[.text(name)] { text } else { "" }
        }

        func bytes(_ name: String) -> [UInt8]? {
            if case .bytes(let bytes)? = pairs[.text(name)] { bytes } else { nil }
        }

        func items(_ name: String) -> [CBORValue] {
            if case .array(let items)? = pairs[.text(name)] { items } else { [] }
        }

        var key: DeviceKey? { bytes("key").flatMap { Bytes32($0) }.map { DeviceKey($0) } }

        var person: Person {
            Person(holder: text("holder"), agency: text("agency"), callSign: text("call-sign"))
        }

        var without: Set<DeviceKey> {
            Set(
                items("without").compactMap { item in
                    guard case .bytes(let bytes) = item else { return nil }
                    return Bytes32(bytes).map { DeviceKey($0) }
                })
        }

        var places: [PinnedEntry] { items("at").compactMap { PinnedEntry($0) } }
    }
}
