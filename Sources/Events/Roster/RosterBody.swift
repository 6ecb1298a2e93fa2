// SPDX-License-Identifier: MIT
import Basics

/// The values of a body about the roster, by name.
struct RosterBody {
    private(set) var values: [String: CBORValue] = [:]

    init() {}

    /// Nil for what is no map from texts.
    init?(_ changes: CBORValue) {
        guard case .map(let pairs) = changes else { return nil }
        for (key, value) in pairs {
            guard case .text(let name) = key else { return nil }
            values[name] = value
        }
    }

    subscript(name: String) -> CBORValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    func text(_ name: String) -> String? {
        if case .text(let text)? = values[name] { text } else { nil }
    }

    func id(_ name: String) -> Bytes16? { bytes(name).flatMap { Bytes16($0) } }

    func key(_ name: String) -> DeviceKey? { bytes32(name).map { DeviceKey($0) } }

    func bytes32(_ name: String) -> Bytes32? { bytes(name).flatMap { Bytes32($0) } }

    func keys(_ name: String) -> [DeviceKey]? {
        items(name) { item in
            guard case .bytes(let bytes) = item else { return nil }
            return Bytes32(bytes).map { DeviceKey($0) }
        }
    }

    /// `least` is the lowest seq that may stand there.
    func pinned(_ name: String, least: UInt64 = 1) -> [PinnedEntry]? {
        items(name) { item in PinnedEntry(item).flatMap { $0.seq >= least ? $0 : nil } }
    }

    func sealedKeys(_ name: String) -> [SealedKey]? { items(name) { SealedKey($0) } }

    private func bytes(_ name: String) -> [UInt8]? {
        if case .bytes(let bytes)? = values[name] { bytes } else { nil }
    }

    func ids(_ name: String) -> [Bytes16]? {
        items(name) { item in
            guard case .bytes(let bytes) = item else { return nil }
            return Bytes16(bytes)
        }
    }

    func shares(_ name: String) -> [KeyShare]? { items(name) { KeyShare($0) } }

    func onePinned(_ name: String) -> PinnedEntry? {
        values[name].flatMap { PinnedEntry($0) }.flatMap { $0.seq >= 1 ? $0 : nil }
    }

    func byteString(_ name: String) -> [UInt8]? { bytes(name) }

    /// What every item of an array reads as; nil if the name is missing or one of them is of
    /// another form.
    func items<Item>(_ name: String, _ read: (CBORValue) -> Item?) -> [Item]? {
        guard case .array(let items)? = values[name] else { return nil }
        let all = items.compactMap(read)
        return all.count == items.count ? all : nil
    }
}

extension RosterBody {
    var holder: DeviceHolder? {
        guard let callSign = text("call-sign") else { return nil }
        guard let value = values["staff"] else { return DeviceHolder(callSign: callSign) }
        return Link(value).map { DeviceHolder(callSign: callSign, staff: $0) }
    }

    mutating func add(_ holder: DeviceHolder) {
        values["call-sign"] = .text(holder.callSign)
        values["staff"] = holder.staff?.value
    }

    /// Nil where a name is missing that has to be there, and where any has another form.
    var enrolment: Enrolment? {
        guard let key = key("key"), let box = bytes32("box"),
            let role = text("role").flatMap({ Role(rawValue: $0) }), let holder
        else { return nil }
        var enrolment = Enrolment(key, boxKey: box, as: role, holder)
        if values["replaces"] != nil {
            guard let replaced = pinned("replaces"), replaced.isEmpty == false else { return nil }
            enrolment.replaces = replaced
        }
        if let value = values["from"] {
            guard let from = PinnedEntry(value) else { return nil }
            enrolment.from = from
        }
        if values["until"] != nil {
            guard let until = text("until").flatMap({ CivilDay($0) }) else { return nil }
            enrolment.until = until
        }
        return enrolment
    }

    mutating func add(_ enrolment: Enrolment) {
        values["key"] = .bytes(enrolment.key.bytes.array)
        values["box"] = .bytes(enrolment.boxKey.array)
        values["role"] = .text(enrolment.role.rawValue)
        add(enrolment.holder)
        if enrolment.replaces.isEmpty == false {
            values["replaces"] = .array(enrolment.replaces.map(\.value))
        }
        values["from"] = enrolment.from?.value
        values["until"] = enrolment.until.map { .text($0.text) }
    }
}
