// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs

/// What chance alone brings about too rarely.
extension RandomStory {
    /// A coordinator ends the access of one who, as both knew, is a coordinator no more.
    mutating func quarrel() {
        letInAnew("b", as: .coordinator)
        letInAnew("c", as: .coordinator)
        letInAnew("c", as: .field)
        let (at, seen) = (scenario.last("c"), [scenario.last("f")])
        change { $0.cut("c", at: at.seq > 0 ? [at] : [], by: "b", having: seen) }
        cuts.append(scenario.last("b"))
        note(.quarrel)
    }

    /// In the place of all that was said of a device before.
    private mutating func letInAnew(
        _ name: Character, as role: Role, until day: String? = nil
    ) {
        let earlier = enrolments.filter { $0.of == name }.map(\.at)
        let seen = names.filter { $0 != "f" }.map { scenario.last($0) }.filter { $0.seq > 0 }
        change {
            $0.enrol(
                name, as: role, by: "f", replacing: earlier, until: day, having: seen)
        }
        enrolments.append((name, scenario.last("f")))
        note(.enrolment)
    }

    /// Somebody agrees to what another had written, goes back to an older program, which cannot
    /// show that, and writes once more.
    mutating func stepBack() {
        guard let record = records.first, record.kind.field("lead")?.family == .standing else {
            return
        }
        for name in "bc" { letInAnew(name, as: .field) }
        let founder = Named(scenario.last("f"))
        write("c", on: record, ["lead": .text("kcc")], [founder])
        state(3, by: "b", [founder, Named(scenario.last("c"))])
        write("b", on: record, ["lead": .text("tdc")])
        state(1, by: "b", [])
        write("b", on: record, ["lead": .text("pier")])
        note(.stepBack)
    }

    /// One who only reads makes a record all the same, and so does one whose time is over.
    mutating func makeUnasked() {
        letInAnew("b", as: .auditor)
        letInAnew("c", as: .field, until: "2014-05-12")
        let founder = Named(scenario.last("f"))
        for name in "bc" {
            let kind = any(scenario.vocabulary.kinds)
            change { $0.append(name, "\(kind.name).opened", .creates, [:], [founder]) }
        }
        note(.unasked)
    }

    /// Two people put one part right, each without having seen the other do so.
    mutating func mendApart() {
        guard let record = records.first,
            let field = record.kind.fields.first(where: { $0.family == .entries })?.name
        else { return }
        for name in "bc" { letInAnew(name, as: any([.field, .coordinator])) }
        write("f", on: record, [field: .array([.array([.unsigned(0), .text("text")])])])
        let part = scenario.last("f")
        let link = Link(scenario.id(part)).value
        write("b", on: record, [field: .array([.array([.unsigned(1), link])])], [Named(part)])
        let corrected = CBORValue.array([.unsigned(2), link, .text("other")])
        write("c", on: record, [field: .array([corrected])], [Named(part)])
        note(.mendedApart)
    }

    /// One finds things worse than they were, and another who has not seen it shuts them.
    mutating func shutUnseen() {
        guard let record = records.first(where: { $0.kind.field("level") != nil }) else { return }
        for name in "bc" { letInAnew(name, as: .field) }
        let founder = Named(scenario.last("f"))
        let harm = any(["high", "medium", "harms"])
        guard harm != "harms" else { return shutAndVoid(record.kind, founder) }
        write("b", on: record, ["level": .text(harm)], [founder])
        write("c", on: record, ["level": .text("low"), "status": .text("shut")], [founder])
        note(.shutUnseen)
    }

    /// Who has shut a new record takes back what speaks against it.
    private mutating func shutAndVoid(_ kind: Kind, _ founder: Named) {
        change {
            $0.append("b", "\(kind.name).opened", .creates, ["title": .text("Pier")], [founder])
        }
        let record = (spot: scenario.last("b"), kind: kind)
        let harm = CBORValue.array([.unsigned(0), .text("text")])
        write("c", on: record, ["status": .text("shut")], [founder, Named(record.spot)])
        write("b", on: record, ["harms": .array([harm])])
        let part = scenario.last("b")
        let void = CBORValue.array([.unsigned(1), Link(scenario.id(part)).value])
        write("c", on: record, ["harms": .array([void])], [Named(part)])
        note(.shutUnseen)
    }

    /// The lead says of a key that a coordinator made for all that it opens nothing.
    mutating func openInVain() {
        letInAnew("b", as: .coordinator)
        let (after, founder) = (openings.map(\.at), [scenario.last("f")])
        let (first, second) = (UInt64(openings.count + 1), UInt64(openings.count + 2))
        change { $0.openEpoch(by: "b", id: first, after: after, having: founder) }
        let vain = scenario.last("b")
        openings.append((first, vain))
        change {
            $0.openEpoch(by: "f", id: second, after: after, unread: [vain], having: [vain])
        }
        openings.append((second, scenario.last("f")))
        note(.openedInVain)
    }

    /// What stands in one log is written again in the next one, and from there in the one after.
    mutating func repeatTwice() {
        guard let record = records.first, scenario.builders["h"] != nil else { return }
        let names = Array("aeh")
        for (index, name) in names.enumerated() {
            let subject =
                record.spot.log == name
                ? EntrySubject.own(seq: record.spot.seq)
                : .other(scenario.id(record.spot), branch: nil)
            var changes: [String: CBORValue] = [record.kind.title: .text("Pier")]
            var seen = [Named(record.spot)].filter { $0.spot.log != name }
            if index > 0 {
                let before = scenario.last(names[index - 1])
                changes[EntryNote.again] = scenario.pinned(before).value
                seen.append(Named(before))
            }
            change { $0.append(name, "\(record.kind.name).changed", subject, changes, seen) }
        }
        note(.repeatedTwice)
    }

    private mutating func write(
        _ author: Character, on record: (spot: Spot, kind: Kind), _ changes: [String: CBORValue],
        _ base: [Named] = []
    ) {
        let subject =
            record.spot.log == author
            ? EntrySubject.own(seq: record.spot.seq)
            : .other(scenario.id(record.spot), branch: nil)
        change { $0.append(author, "\(record.kind.name).changed", subject, changes, base) }
    }

    private mutating func state(_ number: UInt64, by author: Character, _ base: [Named]) {
        change {
            $0.append(author, EventName.updated, .none, ["vocabulary": .unsigned(number)], base)
        }
    }
}
