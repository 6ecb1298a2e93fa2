// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Simulation

extension RandomStory {
    /// Devices that may be let in and cut: the words' holder is no device, and is tried all the
    /// same.
    private var devices: [Character] {
        Array("aabbcdf") + (scenario.builders["l"] == nil ? [] : Array("lllr"))
    }

    mutating func actOnRoster(by author: Character) {
        let isByWords = "rqs".contains(author)
        switch chance.number(below: isByWords ? 16 : 14) {
        case 0..<4: letIn(any(devices), by: author)
        case 4..<7: cut(any(devices), by: author)
        case 7, 8: giveBack(by: author)
        case 9, 10: openEpoch(by: author)
        case 11: shareEpoch(by: author)
        case 12: speakAmiss(by: author)
        case 13 where isByWords == false: letIn(any(devices), by: author)
        default: renew(by: author)
        }
    }

    /// Lets a device in for all that it writes.
    mutating func letIn(_ name: Character, as role: Role, by author: Character) {
        change { $0.enrol(name, as: role, by: author) }
        enrolments.append((name, scenario.last(author)))
        note(.enrolment)
    }

    private mutating func letIn(_ name: Character, by author: Character) {
        let isByWords = "rqs".contains(author)
        let role = any([Role.field, .field, .coordinator, .coordinator, .auditor, .lead])
        let earlier = enrolments.filter { $0.of == name }.map(\.at)
        let isLater = earlier.isEmpty == false && chance.number(below: 3) > 0
        let start = chance.number(below: 3) == 0 ? start(of: name) : nil
        let until = chance.number(below: 6) == 0 ? any(["2014-05-13", "2014-05-14"]) : nil
        let replaced = isLater ? [any(earlier)] : []
        // Whoever lets a device in once more may say another box key, by mistake or not.
        let box: Character? = enrolments.count.isMultiple(of: 4) ? "d" : nil
        let seen = inSight(of: author)
        change {
            $0.enrol(
                name, as: isByWords && role == .field ? .lead : role, by: author,
                replacing: replaced, from: start, until: until, boxOf: box, having: seen)
        }
        enrolments.append((name, scenario.last(author)))
        note(.enrolment)
        if isLater { note(.later) }
        if start != nil { note(.start) }
        if until != nil { note(.until) }
    }

    /// A place in one of the device's logs, or in another's.
    private func start(of name: Character) -> Spot {
        let log = name == "a" && scenario.builders["e"] != nil ? any(["a", "e", "h"]) : name
        return Spot(log, UInt64(chance.number(below: Int(scenario.last(log).seq) + 1)))
    }

    private mutating func cut(_ name: Character, by author: Character) {
        // A log may be listed twice.
        var logs = name == "a" && scenario.builders["e"] != nil ? ["a", "e", "h"] : [name]
        if chance.number(below: 8) == 0 { logs.append(name) }
        let places = logs.compactMap { log -> Spot? in
            let last = Int(scenario.last(log).seq)
            guard chance.number(below: 4) > 0 else { return nil }
            // Mostly late, so that something is left to count.
            let least = chance.number(below: 3) == 0 ? 0 : last / 2
            return Spot(log, UInt64(least + chance.number(below: last - least + 1)))
        }
        let seen = inSight(of: author)
        change { $0.cut(name, at: places, by: author, having: seen) }
        cuts.append(scenario.last(author))
        note(.cut)
    }

    private mutating func giveBack(by author: Character) {
        guard cuts.isEmpty == false else { return }
        let (name, lifted, seen) = (any(devices), any(cuts), inSight(of: author))
        // Whoever is given back was cut, more often than chance would have it.
        for name in chance.number(below: 2) == 0 ? Array("abcdl") : [name]
        where scenario.builders[name] != nil {
            change { $0.reinstate(name, lifting: [lifted], by: author, having: seen) }
        }
        note(.reinstatement)
    }

    private mutating func openEpoch(by author: Character) {
        let id = UInt64(openings.count + 1)
        let after = openings.filter { _ in chance.number(below: 2) == 0 }.map(\.at)
        let without = "abcdlr".filter { _ in chance.number(below: 2) == 0 }
        // Mostly for every lead; an epoch that one of them lacks is not fit until it is shared.
        let names = "fla".filter { _ in chance.number(below: 4) != 0 }
        let unread = openings.filter { _ in chance.number(below: 5) == 0 }.map(\.at)
        let seen = inSight(of: author)
        change {
            $0.openEpoch(
                by: author, id: id, after: after, without: Array(without), for: Array(names),
                unread: unread, having: seen)
        }
        openings.append((id, scenario.last(author)))
        note(.epoch)
    }

    private mutating func shareEpoch(by author: Character) {
        guard openings.isEmpty == false else { return openEpoch(by: author) }
        let (opening, names) = (any(openings), "fla".filter { _ in chance.number(below: 2) == 0 })
        let seen = inSight(of: author)
        change {
            $0.shareEpoch(
                opening.at, id: opening.id, with: Array(names), by: author, having: seen)
        }
        note(.sharing)
    }

    private mutating func renew(by author: Character) {
        let next: Character = any(["s", "s", "s", "r", "t"])
        let seen = inSight(of: author)
        change { $0.renew(next, by: author, having: seen) }
        note(.renewal)
    }

    /// An act that lacks a name, has another form, or is of a later version.
    private mutating func speakAmiss(by author: Character) {
        let key = Scenario.device("a").key.publicKey
        let cut = RosterEvent.cut(key, at: [], reason: "left").event
        var body = cut.changes ?? [:]
        let oddity: Scenario.Oddity? = chance.number(below: 3) == 0 ? .laterVersion : nil
        if oddity == nil { body["reason"] = any([nil, .unsigned(1)]) }
        let seen = inSight(of: author).map { Named($0) }
        change { $0.append(author, cut.type, .none, body, seen, with: oddity) }
        note(.malformedAct)
    }
}
