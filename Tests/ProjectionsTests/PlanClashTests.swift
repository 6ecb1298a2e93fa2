// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Scenarios
import Testing

/// The table of clash rules on actions and campaigns, by number.
@Suite struct PlanClashTests {
    /// An action that the coordinators k and l and the warden a hold.
    private func story(_ lines: [String], kind: String = "action") -> Scenario {
        var story = Scenario("ab", coordinators: "kl", vocabulary: .current)
        story.write(
            kind == "action"
                ? "k1 action: title=Lights lead=tdc supports+=kfrs priorities+=asb status=agreed"
                : "k1 campaign: title=Marking targets.homes=100 status=running")
        for line in lines { story.write(line) }
        return story
    }

    @Test(arguments: [("completed", "delayed"), ("delayed", "completed")])
    func `C15: of two statuses the least advanced is shown and nothing counts as completed`(
        _ first: String, _ second: String
    ) throws {
        let story = story(["a1[k1] k1: status=\(first)", "b1[k1] k1: status=\(second)"])
        let sides = "a1 \(first) | b1 \(second)"
        try expectReading(story, "k1", "status", "delayed (\(sides))")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.record("k1")?.isOpen == true)
        #expect(try shelf.book().work().map(\.conflict.field.name) == ["status"])
        var filter = RecordFilter()
        filter.conditions = [RecordCondition("status", .equals, [.text("completed")])]
        #expect(try shelf.book().list(filter).total == 0)
    }

    @Test func `C16: a progress note does not contest a completion`() throws {
        let story = story([
            "a1[k1] k1: status=completed evidence*=photos", "b1[k1] k1: progress*=nearly-there",
        ])
        try expectReading(story, "k1", "status", "completed")
        try expectReading(story, "k1", "progress", "1")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.book().work().isEmpty)
    }

    @Test func `C17: of two due dates the earlier is shown`() throws {
        try expectReading(
            story(["k2 k1: due=2015-03", "l1[k1] k1: due=2014-12"]), "k1", "due",
            "2014-12 (k2 2015-03 | l1 2014-12)")
    }

    @Test func `C18: the last agreed lead stands until a coordinator accepts one`() throws {
        var story = story(["k2 k1: lead=kcc", "l1[k1] k1: lead=police"])
        try expectReading(story, "k1", "lead", "tdc (k2 kcc | l1 police)")
        story.write("k3[l1] k1: lead=police")
        try expectReading(story, "k1", "lead", "police")
    }

    @Test func `C19: a support or a priority that is added again wins over its removal`() throws {
        let story = story([
            "k2 k1: supports-=kfrs priorities-=asb", "l1[k1] k1: supports+=kfrs priorities+=asb,vc",
        ])
        try expectReading(story, "k1", "supports", "kfrs")
        try expectReading(story, "k1", "priorities", "vc asb")
    }

    @Test func `C19: a removal that had seen the addition stands`() throws {
        let story = story(["l1[k1] k1: supports+=nhs", "k2[l1] k1: supports-=nhs"])
        try expectReading(story, "k1", "supports", "kfrs")
    }

    @Test func `C20: two records that take one reference stay two, and both are named`() throws {
        let story = story(["k2 k1: ref=13", "l1 action: title=Paths ref=13"])
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let book = try shelf.book()
        #expect(try book.list(RecordFilter()).total == 2)
        do {
            _ = try book.find("13")
            Issue.record("one of two records was taken for the other")
        } catch let rejection as Rejection {
            #expect(rejection.sentence.contains("K-1"))
            #expect(rejection.sentence.contains("L-1"))
        }
        #expect(try shelf.spot(book.find("L-1")) == Spot("l1"))
    }

    @Test func `C21: counts of both add up, and a total below nothing is flagged`() throws {
        var story = story(
            [
                "a1[k1] k1: counts.homes+=12", "b1[k1] k1: counts.homes+=8",
                "a2 k1: counts.homes-=2",
            ],
            kind: "campaign")
        try expectReading(story, "k1", "counts", "homes=18")
        story.write("b2 k1: counts.homes-=30 reason=typed-twice")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.record("k1")?.findings.map(\.rule) == ["C21"])
    }

    @Test func `C23: equal readings are one, unequal ones disputed, other sources apart`() throws {
        let story = story(
            [
                "a1[k1] k1: readings.2013/14|police=811 readings.2012/13|police=900",
                "b1[k1] k1: readings.2013/14|police=813 readings.2012/13|police=900",
                "b2 k1: readings.2013/14|council=790",
            ], kind: "campaign")
        try expectReading(
            story, "k1", "readings",
            "2012/13|police=900 2013/14|council=790 2013/14|police=813 (a1 811 | b1 813)")
    }

    @Test func `C24: of two targets the harder is used until it is resolved`() throws {
        var story = story(
            [
                "k2 k1: targets.homes=150", "l1[k1] k1: targets.homes=80",
                "a1[k1] k1: counts.homes+=90",
            ],
            kind: "campaign")
        try expectReading(story, "k1", "targets", "homes=150 (k2 150 | l1 80)")
        story.write("l2[k2] k1: targets.homes=80")
        try expectReading(story, "k1", "targets", "homes=80")
    }

    @Test func `C37: entries stand in the order of their times, whatever clock they had`() throws {
        var story = Scenario("ab", vocabulary: .current)
        story.write(
            "a1@500 case: title=Future", "b1@4[a1] a1: notes*=past", "a2@501 a1: notes*=onwards",
            "b2@200 a1: notes*=between")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let book = try shelf.book()
        let record = try shelf.place(Spot("a1"))
        #expect(
            try book.entries(of: record).map { shelf.spot($0.place) } == [
                Spot("b1"), Spot("b2"), Spot("a1"), Spot("a2"),
            ])
        let timeline = try book.timeline().map { shelf.spot($0.place) }
        #expect(timeline.suffix(2) == [Spot("a1"), Spot("a2")])
        #expect(try shelf.reads("a1", "notes") == "3")
    }
}
