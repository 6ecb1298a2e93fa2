// SPDX-License-Identifier: MIT
import Basics
package import Events
import Logs
import Simulation

extension Scenario {
    /// `author` enrols the device of a log; its call sign is the letter, in capitals, unless said.
    package mutating func enrol(
        _ name: Character, as role: Role, by author: Character = "f", callSign: String? = nil,
        having seen: [Spot] = []
    ) {
        let device = Scenario.device(name)
        append(
            author, EventName.enrolled, .none,
            [
                "key": .bytes(device.key.publicKey.bytes.array),
                "box": .bytes(device.box.publicKey.array), "role": .text(role.rawValue),
                "holder": .text("holder of \(name)"), "agency": .text("tdc"),
                "call-sign": .text(callSign ?? name.uppercased()),
            ], seen)
    }

    /// `author` ends the access of the device of `name`, whose logs count up to these places.
    package mutating func cut(
        _ name: Character, at places: [Spot], by author: Character, having seen: [Spot] = []
    ) {
        let device = Scenario.device(name)
        let listed = places.map { spot in
            CBORValue.array([
                .bytes(id(spot).log.bytes.array), .unsigned(spot.seq), .bytes(chain(spot).array),
            ])
        }
        append(
            author, EventName.cut, .none,
            [
                "key": .bytes(device.key.publicKey.bytes.array), "at": .array(listed),
                "reason": .text("left"),
            ], seen)
    }

    package mutating func reinstate(
        _ name: Character, by author: Character, having seen: [Spot] = []
    ) {
        append(
            author, EventName.reinstated, .none,
            [
                "key": .bytes(Scenario.device(name).key.publicKey.bytes.array),
                "reason": .text("back"),
            ], seen)
    }
}
