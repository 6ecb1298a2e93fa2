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
        guard entry.header.subject == .none, entry.header.isFromLaterVersion == false,
            case .map(let pairs)? = try? CBORValue(raw: entry.changes)
        else { return nil }
        let body = Body(pairs: pairs)
        switch entry.header.type {
        case EventName.founded: return body.person.map { .founded($0) }
        case EventName.enrolled:
            guard let key = body.key, let box = body.bytes("box").flatMap({ Bytes32($0) }),
                let role = body.text("role").flatMap({ Role(rawValue: $0) }),
                let person = body.person
            else { return nil }
            return .enrolled(key: key, boxKey: box, role, person)
        case EventName.cut:
            guard let key = body.key, let places = body.places else { return nil }
            return .cut(key: key, at: places)
        case EventName.reinstated: return body.key.map { .reinstated(key: $0) }
        case EventName.epoch:
            guard let id = body.bytes("id").flatMap({ Bytes16($0) }), let without = body.without
            else { return nil }
            return .epoch(id: id, without: without)
        default: return nil
        }
    }

    /// A body's values by name.
    private struct Body {
        let pairs: [CBORValue: CBORValue]

        func text(_ name: String) -> String? {
            if case .text(let text)? = pairs[.text(name)] { text } else { nil }
        }

        func bytes(_ name: String) -> [UInt8]? {
            if case .bytes(let bytes)? = pairs[.text(name)] { bytes } else { nil }
        }

        /// What every item of an array reads as; nil if the name is missing or one of them is of
        /// another form.
        func items<Item>(_ name: String, _ read: (CBORValue) -> Item?) -> [Item]? {
            guard case .array(let items)? = pairs[.text(name)] else { return nil }
            let all = items.compactMap(read)
            return all.count == items.count ? all : nil
        }

        var key: DeviceKey? { bytes("key").flatMap { Bytes32($0) }.map { DeviceKey($0) } }

        var person: Person? {
            guard let holder = text("holder"), let callSign = text("call-sign"),
                let agency = text("agency")
            else { return nil }
            return Person(holder: holder, agency: agency, callSign: callSign)
        }

        var without: Set<DeviceKey>? {
            items("without") { item in
                guard case .bytes(let bytes) = item else { return nil }
                return Bytes32(bytes).map { DeviceKey($0) }
            }.map { Set($0) }
        }

        var places: [PinnedEntry]? { items("at") { PinnedEntry($0) } }
    }
}
