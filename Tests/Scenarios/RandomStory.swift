// SPDX-License-Identifier: MIT
import Basics
package import Events
import Logs
import Simulation

/// A partnership in which a seed decides who is let in, who writes what, what they had seen of it,
/// and what is wrong with it: all that a signed log may hold.
package struct RandomStory {
    package private(set) var scenario: Scenario
    /// How often what was tried: a test asks that nothing is left out.
    package private(set) var tried: [Attempt: Int] = [:]
    /// The device that founded comes often: much follows from what it says.
    let authors: [Character]
    let chance: SeededEntropy
    /// Records, with their kinds, and some that there are not.
    var records: [(spot: Spot, kind: Kind)] = []
    private var parts: [String: [Spot]] = [:]
    private var focus: [String] = []
    private var main: Kind?
    var cuts: [Spot] = []
    var enrolments: [(of: Character, at: Spot)] = []
    var openings: [(id: UInt64, at: Spot)] = []
    /// What the device of a wrote, in either of its logs.
    var said: [Said] = []

    /// What a story may have, beside what is odd about single entries.
    package enum Attempt: Hashable, Sendable {
        case record, write, receipt, number, enrolment, later, start, until, cut, reinstatement
        case renewal, epoch, sharing, malformedAct, exception, unknownKind, strange, wrongClock
        case furtherLog, ownEntryThatIsNone, sealed, access, quarrel, stepBack
        case mendedApart, shutUnseen, openedInVain, repeatedTwice, unasked, repeated, partlyRepeated
        case oddity(Scenario.Oddity)
    }

    /// `a` to `d` are devices, `e` and `h` further logs of a, `f` the founder's, `g` nobody's
    /// device, `l` one that the words may make a lead; `r` and `q` are signed with the first words,
    /// `s` with the next.
    package init(seed: UInt64, vocabulary: Vocabulary) {
        chance = SeededEntropy(seed)
        let hasWords = seed % 4 == 1
        scenario = Scenario(
            "abcdg", vocabulary: vocabulary, isEnrolling: false, recovery: hasWords ? "r" : nil)
        authors = Array("abcdefffh" + (seed % 3 == 0 ? "g" : "") + (hasWords ? "lrqs" : ""))
        if hasWords {
            scenario.begin("l", withWordsOf: "l")
            scenario.begin("r", withWordsOf: "r")
            scenario.begin("q", withWordsOf: "r")
            scenario.begin("s", withWordsOf: "s")
        }
        for name in "abcd" where chance.number(below: 8) > 0 {
            letIn(name, as: any([.field, .field, .coordinator, .auditor]), by: "f")
        }
        setClocks()
        let kind = any(vocabulary.kinds)
        main = kind
        focus = (0..<5).map { _ in any(kind.fields).name }
        focus += kind.fields.filter { $0.family == .entries || $0.flagsSeveral }.prefix(2).map(
            \.name)
        create(by: "f")
        let steps = 40 + chance.number(below: 40)
        for step in 0..<steps {
            if step == steps / 3 { goOn() }
            if step == steps / 2 { sleepOverIt() }
            if step == steps * 2 / 3 { play() }
            take(step)
        }
        for name in names where chance.number(below: 8) > 0 { scenario.seal(name) }
    }

    package var names: [Character] { scenario.names }

    /// Some of each log, as if the rest had not come yet.
    package func someOfEach() -> [Spot] {
        names.compactMap { name in
            let last = scenario.last(name).seq
            guard last > 0, name == "f" || chance.number(below: 12) > 0 else { return nil }
            let isWhole = chance.number(below: 3) > 0
            return Spot(name, isWhole ? last : 1 + UInt64(chance.number(below: Int(last))))
        }
    }

    private mutating func setClocks() {
        for name in names where chance.number(below: 5) == 0 {
            scenario.clocks[name] = chance.number(below: 400_000) - 200_000
            note(.wrongClock)
        }
    }

    /// The device of a goes on in further logs.
    private mutating func goOn() {
        scenario.begin("e", after: "a")
        scenario.begin("h", after: "e")
        note(.furtherLog)
    }

    /// The second half is written on the next day.
    private mutating func sleepOverIt() {
        for name in names { scenario.clocks[name, default: 0] += 600 }
    }

    private mutating func play() {
        switch chance.number(below: 7) {
        case 0: quarrel()
        case 1: stepBack()
        case 2:
            mendApart()
            shutUnseen()
        case 3: makeUnasked()
        case 4: shutUnseen()
        case 5: openInVain()
        case 6: repeatTwice()
        default: preconditionFailure("seven scenes")
        }
    }

    private mutating func take(_ step: Int) {
        var author = any(authors)
        if scenario.builders[author] == nil { author = "f" }
        if chance.number(below: 6) == 0 { scenario.seal(author) }
        // Whom words are for is the roster: what else they sign changes nothing.
        if "rqs".contains(author), chance.number(below: 4) > 0 {
            for _ in 0..<(1 + chance.number(below: 3)) { actOnRoster(by: author) }
            return
        }
        if "aeh".contains(author), chance.number(below: 4) == 0, repeatEntry(by: author) { return }
        switch chance.number(below: 60) {
        case 0..<4: create(by: author)
        case 4..<46: write(by: author)
        case 46, 47: receive(by: author)
        case 48..<52: state(by: author)
        default: actOnRoster(by: chance.number(below: 2) > 0 ? "f" : author)
        }
    }

    private mutating func receive(by author: Character) {
        let isSealed = chance.number(below: 3) == 0
        scenario.append(
            author, isSealed ? EventName.sealed : EventName.received, .none,
            isSealed ? ["inside": .bytes([1, 2, 3])] : nil, base(of: author))
        note(isSealed ? .access : .receipt)
    }

    private mutating func create(by author: Character) {
        let known = scenario.vocabulary.kinds
        let kind = chance.number(below: 2) == 0 ? main ?? any(known) : any(known)
        let isUnknown = records.isEmpty == false && chance.number(below: 12) == 0
        let name = isUnknown ? "riddle" : kind.name
        // The first record is one on which people can meet.
        let changes =
            records.isEmpty ? [kind.title: .text("Quay")] : changes(to: kind, by: author)
        scenario.append(author, "\(name).opened", .creates, changes, base(of: author))
        remember(by: author, "\(name).opened", kind, nil, changes)
        noteParts(in: changes, by: author)
        records.append((scenario.last(author), kind))
        note(isUnknown ? .unknownKind : .record)
    }

    private mutating func write(by author: Character) {
        guard records.isEmpty == false else { return create(by: author) }
        // Mostly on the same few records, so that people meet there.
        let record = chance.number(below: 4) > 0 ? records[0] : any(records)
        let isStray = chance.number(below: 20) == 0
        let spot = isStray ? anyEntry() : record.spot
        guard let spot, let subject = subject(spot, for: author) else { return }
        note(isStray ? .ownEntryThatIsNone : .write)
        let oddity = chance.number(below: 7) == 0 ? any(Scenario.Oddity.allCases) : nil
        if let oddity { note(.oddity(oddity)) }
        let isSealed = chance.number(below: 40) == 0
        if isSealed { note(.sealed) }
        let changes = changes(to: record.kind, by: author)
        scenario.append(
            author, isSealed ? EventName.sealed : "\(record.kind.name).changed", subject,
            changes, base(of: author, about: spot), with: oddity)
        if isSealed == false {
            remember(by: author, "\(record.kind.name).changed", record.kind, spot, changes)
        }
        noteParts(in: changes, by: author)
    }

    mutating func noteParts(in changes: [String: CBORValue], by author: Character) {
        for (name, change) in changes {
            guard case .array(let acts) = change else { continue }
            let adds = acts.contains { act in
                if case .array(let items) = act { items.first == .unsigned(0) } else { false }
            }
            if adds { parts[name, default: []].append(scenario.last(author)) }
        }
    }

    /// How an author names a record; nil for one that cannot be named.
    mutating func subject(_ spot: Spot, for author: Character) -> EntrySubject? {
        guard spot.log != author else {
            return spot.seq <= scenario.last(author).seq ? .own(seq: spot.seq) : nil
        }
        if chance.number(below: 60) == 0 {
            note(.strange)
            let log = LogID(Bytes16(high: 9, low: UInt64(chance.number(below: 2))))
            return .other(EntryID(log: log, seq: spot.seq), branch: nil)
        }
        // Some say with which history, so that nothing else has to.
        let isPinned = spot.seq <= scenario.last(spot.log).seq && chance.number(below: 8) == 0
        return .other(scenario.id(spot), branch: isPinned ? scenario.chain(spot) : nil)
    }

    private mutating func state(by author: Character) {
        let isMalformed = chance.number(below: 8) == 0
        let number = UInt64(1 + chance.number(below: 3))
        scenario.append(
            author, EventName.updated, .none,
            ["vocabulary": isMalformed ? .text("3") : .unsigned(number)], base(of: author))
        note(isMalformed ? .malformedAct : .number)
    }

    /// What a base of the author might name next: nothing is named twice at an earlier place by
    /// chance alone, which is allowed and changes nothing.
    func inSight(of author: Character) -> [Spot] {
        names.compactMap { name in
            let last = scenario.last(name).seq
            guard name != author, last > 0, chance.number(below: 3) == 0 else { return nil }
            let isAll = chance.number(below: 3) > 0
            return Spot(name, isAll ? last : 1 + UInt64(chance.number(below: Int(last))))
        }
    }

    /// The same for entries about records, with runs that are left out now and then. Mostly it
    /// names the record, without which its entry waits.
    mutating func base(of author: Character, about record: Spot? = nil) -> [Named] {
        var base: [Named] = []
        for spot in inSight(of: author) {
            guard spot.seq > 2, chance.number(below: 6) == 0 else {
                base.append(Named(spot))
                continue
            }
            let run = 1 + UInt64(chance.number(below: Int(spot.seq) - 1))
            base.append(Named(spot, except: [run...run]))
            note(.exception)
        }
        if let record, record.log != author, record.seq <= scenario.last(record.log).seq,
            base.contains(where: { $0.spot.log == record.log }) == false,
            chance.number(below: 4) > 0
        {
            base.append(Named(record))
        }
        return base
    }

    private func changes(to kind: Kind, by author: Character) -> [String: CBORValue] {
        let spots = (0..<4).compactMap { _ in anyEntry() } + records.suffix(3).map(\.spot)
        let own = scenario.id(Spot(author, 1)).log
        let links = spots.map { Link(scenario.id($0), in: own).value }
        let held = spots.filter { $0.seq <= scenario.last($0.log).seq }
        let parts = parts.mapValues { spots in
            spots.suffix(2).map { Link(scenario.id($0), in: own).value }
        }
        return RandomChanges(
            chance: chance, links: links, pinned: held.prefix(2).map { scenario.pinned($0).value },
            parts: parts, focus: focus
        ).changes(to: kind)
    }

    /// An entry, or the one after a log's last.
    private func anyEntry() -> Spot? {
        let name = any(names)
        let last = scenario.last(name).seq
        return last > 0 ? Spot(name, 1 + UInt64(chance.number(below: Int(last) + 1))) : nil
    }

    func any<Item>(_ items: [Item]) -> Item { items[chance.number(below: items.count)] }

    mutating func note(_ attempt: Attempt) { tried[attempt, default: 0] += 1 }

    mutating func change(_ make: (inout Scenario) -> Void) { make(&scenario) }
}
