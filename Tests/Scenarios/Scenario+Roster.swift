// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Logs
import Simulation

extension Scenario {
    /// `author` enrols the device of a log; its call sign is the letter, in capitals, unless said,
    /// and its box key its own, unless another device's is said.
    package mutating func enrol(
        _ name: Character, as role: Role, by author: Character = "f", callSign: String? = nil,
        replacing others: [Spot] = [], from start: Spot? = nil, until day: String? = nil,
        boxOf other: Character? = nil, having seen: [Spot] = []
    ) {
        let holder = DeviceHolder(callSign: callSign ?? name.uppercased())
        var enrolment = Enrolment(
            Scenario.device(name).key.publicKey,
            boxKey: Scenario.device(other ?? name).box.publicKey, as: role, holder)
        enrolment.replaces = others.map { pinned($0) }
        enrolment.from = start.map { pinned($0) }
        enrolment.until = day.flatMap { CivilDay($0) }
        append(.enrolled(enrolment), by: author, having: seen)
    }

    /// `author` ends the access of the device of `name`, whose logs count up to these places.
    package mutating func cut(
        _ name: Character, at places: [Spot], by author: Character, having seen: [Spot] = []
    ) {
        let key = Scenario.device(name).key.publicKey
        append(
            .cut(key, at: places.map { pinned($0) }, reason: "left"), by: author, having: seen)
    }

    /// `author` takes back cuts of the device of `name`.
    package mutating func reinstate(
        _ name: Character, lifting cuts: [Spot], by author: Character, having seen: [Spot] = []
    ) {
        let key = Scenario.device(name).key.publicKey
        append(
            .reinstated(key, lifts: cuts.map { pinned($0) }, reason: "back"), by: author,
            having: seen)
    }

    /// `author` makes a new epoch; what its key is does not matter where nothing is encrypted.
    package mutating func openEpoch(
        by author: Character, id: UInt64 = 2, after: [Spot] = [], without: [Character] = [],
        for names: [Character] = ["f"], unread: [Spot] = [], having seen: [Spot] = []
    ) {
        let opening = EpochOpening(
            Bytes16(high: 1, low: id), without: without.map { Scenario.device($0).key.publicKey },
            after: after.map { pinned($0) }, keys: names.map { Scenario.sealed(to: $0) },
            unread: unread.map { pinned($0) })
        append(.epochOpened(opening), by: author, having: seen)
    }

    /// `author` brings the key of an epoch to those whom its opening did not name.
    package mutating func shareEpoch(
        _ opening: Spot, id: UInt64, with names: [Character], by author: Character,
        having seen: [Spot] = []
    ) {
        let sharing = EpochSharing(
            Bytes16(high: 1, low: id), opened: pinned(opening),
            keys: names.map { Scenario.sealed(to: $0) })
        append(.epochShared(sharing), by: author, having: seen)
    }

    private static func sealed(to name: Character) -> SealedKey {
        let sealed = SealedKey(
            EpochKey(Bytes32(first: Bytes16(high: 7, low: 7), second: Bytes16(high: 7, low: 7))),
            to: device(name).box.publicKey, by: device("f").key)
        guard let sealed else { preconditionFailure("\(name) has no box key") }
        return sealed
    }

    /// A log signed with the words of a letter, which goes by another one.
    package mutating func begin(_ name: Character, withWordsOf paper: Character) {
        let nonce = UInt64(name.asciiValue ?? 0)
        add(LogBuilder(Scenario.device(paper), in: partnership, nonce: nonce), as: name)
    }

    /// A further log of a device, which names the one that it wrote before.
    package mutating func begin(_ name: Character, after earlier: Character) {
        guard let builder = builders[earlier] else { preconditionFailure("no log \(earlier)") }
        let (log, tip) = (builder.log.id, builder.position.tip)
        let previous = Birth.Previous(log: log, seq: tip.seq, chain: tip.chain)
        let nonce = UInt64(name.asciiValue ?? 0)
        add(
            LogBuilder(builder.device, in: partnership, nonce: nonce, after: previous), as: name)
    }

    /// `author` names the words of a letter as the next.
    package mutating func renew(
        _ next: Character, by author: Character, having seen: [Spot] = []
    ) {
        append(.recoveryRenewed(Scenario.device(next).words), by: author, having: seen)
    }

    /// An entry, named with its history.
    package func pinned(_ spot: Spot) -> PinnedEntry {
        let start = builders[spot.log]?.log.origin.first
        return PinnedEntry(
            log: id(spot).log, seq: spot.seq,
            chain: spot.seq == 0 ? start ?? Bytes16(high: 0, low: 0) : chain(spot))
    }

    /// `author` writes an entry about the roster.
    package mutating func append(
        _ event: RosterEvent, by author: Character, having seen: [Spot] = [],
        with oddity: Oddity? = nil
    ) {
        append(
            author, event.event.type, .none, event.event.changes, seen.map { Named($0) },
            with: oddity)
    }

    /// One more log of the device of `name`, under a letter of its own; `claiming` is the seq that
    /// its birth gives in the place of the true one.
    package mutating func begin(
        _ letter: Character, of name: Character, after previous: Spot?, claiming seq: UInt64? = nil
    ) {
        let before = previous.map { spot in
            Birth.Previous(
                log: id(spot).log, seq: seq ?? spot.seq,
                chain: Bytes32(first: chain(spot), second: chain(spot)))
        }
        let builder = LogBuilder(
            Scenario.device(name), in: partnership,
            nonce: UInt64(letter.unicodeScalars.first?.value ?? 0) + 100,
            after: before)
        add(builder, as: letter)
    }
}
