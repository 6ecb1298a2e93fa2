// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs

/// Makes events of the real vocabulary for one author at a time.
struct FactMaker {
    /// What is to be written, and what to remember of it.
    struct Fact {
        let events: [Event]
        /// Kinds of the records that the first events create, one each.
        var created: [Beat.Kind] = []
    }

    let plan: BookPlan
    let authors: [Author]
    var chance: Chance
    var beat: Beat
    /// How many records are wanted by now.
    private var recordsDue = 0

    init(plan: BookPlan, authors: [Author]) {
        self.plan = plan
        self.authors = authors
        chance = Chance(seed: plan.seed ^ 0x5eed)
        beat = Beat(skew: plan.skew)
    }

    /// The next thing that an author does, when so many of the events are written.
    mutating func next(for author: Author, after written: Int) -> Fact {
        let isDue = beat.records.count * plan.events < written * plan.records
        if isDue || author.records.count < 20 && author.records.count * 10 < written {
            return creation(by: author)
        }
        guard chance.isIn(hundred: plan.notes) == false else { return note(by: author) }
        switch chance.below(100) {
        case 0..<26: return count(by: author)
        case 26..<48: return progress(by: author)
        case 48..<68: return risk(by: author)
        case 68..<88: return status(by: author)
        default: return amendment(by: author)
        }
    }

    private mutating func creation(by author: Author) -> Fact {
        // The first records of a device are cases, so that a reader of the book can count on them.
        let isCase = author.records.count < 20 || chance.isIn(hundred: 65)
        return isCase ? opening() : activity(by: author)
    }

    private mutating func opening() -> Fact {
        var changes: [String: CBORValue] = [
            "title": .text(Phrases.trouble(&chance)), "type": .text(chance.pick(Phrases.types)),
            "ward": .text(chance.pick(Phrases.wards)), "status": .text("opened"),
        ]
        if chance.isIn(hundred: 40) { changes["summary"] = .text(Phrases.note(&chance)) }
        if chance.isIn(hundred: 30) { changes["risk"] = .text("low") }
        return Fact(events: [Event("case.opened", .creates, changes)], created: [.case])
    }

    private mutating func activity(by author: Author) -> Fact {
        var changes: [String: CBORValue] = [
            "title": .text("\(chance.pick(Phrases.streets)), on foot"),
            "type": .text(chance.pick(Phrases.activities)),
            "ward": .text(chance.pick(Phrases.wards)),
            "minutes": .unsigned(UInt64(chance.number(in: 5...180))),
        ]
        guard chance.isIn(hundred: 15), let place = beat.pick(.campaign, for: author, &chance)
        else {
            if chance.isIn(hundred: 30) { changes["notes"] = part() }
            return Fact(
                events: [Event("activity.logged", .creates, changes)], created: [.activity])
        }
        let counts = counts()
        let campaign = beat.id(place, authors)
        changes["campaign"] = Link(campaign, in: author.log.id).value
        changes["counts"] = counts
        let passedOn = Event(
            "campaign.counted", .record(campaign), ["counts": counts],
            links: [EntryNote.cause: 0])
        return Fact(
            events: [Event("activity.logged", .creates, changes), passedOn], created: [.activity])
    }

    private mutating func note(by author: Author) -> Fact {
        guard let place = beat.pick(for: author, &chance) else { return opening() }
        let (type, field) =
            switch beat.records[place].kind {
            case .case:
                chance.pick([
                    ("case.noted", "notes"), ("case.visited", "visits"), ("case.noted", "notes"),
                    ("case.letter-sent", "letters"), ("case.visited", "visits"),
                ])
            case .activity: ("activity.noted", "notes")
            case .action: ("action.progressed", "progress")
            case .campaign: ("campaign.noted", "notes")
            }
        return fact(type, place, [field: part()])
    }

    private mutating func count(by author: Author) -> Fact {
        guard let place = beat.pick(.campaign, for: author, &chance) else {
            return note(by: author)
        }
        return fact("campaign.counted", place, ["counts": counts()])
    }

    private mutating func progress(by author: Author) -> Fact {
        guard let place = beat.pick(.action, for: author, &chance) else { return note(by: author) }
        var changes = ["progress": part()]
        // Whoever leads an action says how far it is: one device an action.
        let record = beat.records[place]
        let isLeading = place % authors.count == author.place
        if record.status == 0, isLeading || chance.isIn(hundred: 2) {
            changes["status"] = .text("in-progress")
            beat.change(place) { $0.status = 1 }
        }
        return fact("action.progressed", place, changes)
    }

    private mutating func risk(by author: Author) -> Fact {
        guard let place = ownCase(of: author) else { return note(by: author) }
        var level = chance.pick([0, 0, 1, 1, 1, 2])
        // Easing is a coordinator's to do: what a warden eases stays open until one agrees.
        if author.place > 0, chance.isIn(hundred: 97) {
            level = max(level, beat.records[place].risk)
        }
        beat.change(place) { $0.risk = level }
        var changes: [String: CBORValue] = ["risk": .text(["low", "medium", "high"][level])]
        if chance.isIn(hundred: 50) { changes["assessments"] = part() }
        return fact("case.risk-assessed", place, changes)
    }

    private mutating func status(by author: Author) -> Fact {
        guard let place = ownCase(of: author) else { return note(by: author) }
        let step = beat.records[place].status
        beat.change(place) { $0.status = (step + 1) % 4 }
        switch step {
        case 0: return fact("case.amended", place, ["status": .text("assessed")])
        case 1: return fact("case.amended", place, ["status": .text("active")])
        case 2:
            var changes: [String: CBORValue] = [
                "status": .text("closed"), "outcome": .text("resolved"),
            ]
            if chance.isIn(hundred: 50) { changes["notes"] = part() }
            return fact("case.closed", place, changes)
        default:
            return fact(
                "case.reopened", place,
                ["status": .text("active"), EntryNote.reason: .text("It began again.")])
        }
    }

    private mutating func amendment(by author: Author) -> Fact {
        guard let place = ownCase(of: author) else { return note(by: author) }
        switch chance.below(3) {
        case 0: return fact("case.amended", place, ["summary": .text(Phrases.note(&chance))])
        case 1:
            return fact(
                "case.amended", place,
                ["agencies": Change.added([.text(chance.pick(Phrases.agencies))]).encoded])
        default: return fact("case.incident-reported", place, ["incidents": part()])
        }
    }

    /// A case to decide on: mostly the author's own; one of another device's may clash.
    private mutating func ownCase(of author: Author) -> Int? {
        for _ in 0..<4 {
            guard let place = beat.pick(for: author, &chance) else { return nil }
            if beat.records[place].kind == .case { return place }
        }
        return nil
    }

    private mutating func part() -> CBORValue { Change.part(Phrases.note(&chance)).encoded }

    private mutating func counts() -> CBORValue {
        Change.counted([chance.pick(Phrases.metrics): Int64(chance.number(in: 1...12))]).encoded
    }

    private func fact(_ type: String, _ place: Int, _ changes: [String: CBORValue]) -> Fact {
        Fact(events: [Event(type, .record(beat.id(place, authors)), changes)])
    }
}
