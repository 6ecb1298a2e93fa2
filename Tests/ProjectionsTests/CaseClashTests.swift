// SPDX-License-Identifier: MIT
import Events
import Projections
import Queries
import Scenarios
import Testing

/// The table of clash rules on cases, by number, with the kinds that people use.
@Suite struct CaseClashTests {
    /// A case that three wardens hold, and what two of them then do out of each other's sight.
    private func both(_ first: String, _ second: String, after: String? = nil) -> Scenario {
        var story = Scenario("abc", vocabulary: .current)
        story.write("a1 case: title=Noise type=noise status=opened risk=medium")
        if let after { story.write("a2 a1: \(after)") }
        let base = story.last("a")
        story.write("b1[\(base)] a1: \(first)", "c1[\(base)] a1: \(second)")
        return story
    }

    private func expect(
        _ story: Scenario, status: String, isOpen: Bool, rules: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for order in orders(story.names) {
            let shelf = try Shelf(story, takingIn: order)
            let record = try #require(try shelf.record("a1"), sourceLocation: sourceLocation)
            #expect(record.status == status, sourceLocation: sourceLocation)
            #expect(record.isOpen == isOpen, sourceLocation: sourceLocation)
            #expect(record.findings.map(\.rule) == rules, sourceLocation: sourceLocation)
            var filter = RecordFilter()
            filter.isOpen = true
            let listed = try shelf.book().list(filter).total
            #expect(listed == (isOpen ? 1 : 0), sourceLocation: sourceLocation)
        }
    }

    @Test func `C1: visits of two wardens are both kept and both count`() throws {
        let story = both("visits*=morning", "visits*=evening")
        try expectReading(story, "a1", "visits", "2")
        try expect(story, status: "opened", isOpen: true, rules: [])
    }

    @Test(arguments: ["visits", "notes", "letters"])
    func `C3: closed by one and visited by another stays closed and is flagged`(
        _ field: String
    ) throws {
        let story = both("status=closed outcome=resolved", "\(field)*=later")
        try expect(story, status: "closed", isOpen: false, rules: ["C3"])
        try expectReading(story, "a1", field, "1")
    }

    @Test(arguments: ["incidents*=broken-window", "risk=high"])
    func `C4: closed by one while another records harm is open, and not counted closed`(
        _ harm: String
    ) throws {
        let story = both("status=closed outcome=resolved", harm)
        try expect(story, status: "open, closure disputed", isOpen: true, rules: ["C4"])
    }

    @Test func `C4: a lower risk is no harm that the closer did not know of`() throws {
        let story = both("status=closed outcome=resolved", "risk=low")
        try expect(story, status: "closed", isOpen: false, rules: [])
    }

    @Test func `C4: harm that was eased once and is back is news to whoever read it as eased`()
        throws
    {
        var news = Scenario("abc", coordinators: "k", vocabulary: .current)
        news.write(
            "a1 case: title=Noise type=noise status=opened risk=medium", "a2 a1: risk=high",
            "k1[a2] a1: risk=low")
        var known = news
        news.write("b1[k1,a2] a1: status=closed", "c1[k1,a2] a1: risk=high")
        try expect(news, status: "open, closure disputed", isOpen: true, rules: ["C4"])
        known.write("a3[k1] a1: risk=high", "b1[a3] a1: status=closed", "c1[k1,a2] a1: risk=high")
        try expect(known, status: "closed", isOpen: false, rules: [])
    }

    @Test func `who eases what stood in for another's harm has not eased that`() throws {
        var story = Scenario("abc", coordinators: "k", vocabulary: .current)
        story.write(
            "a1 case: title=Noise type=noise status=opened risk=low", "b1[a1] a1: risk=high",
            "c1[a1,b1] a1: risk=high", "k1[a1,c1] a1: risk=low", "k2 a1: status=closed")
        try expect(story, status: "open, closure disputed", isOpen: true, rules: ["C4"])
        try expectReading(story, "a1", "risk", "high (b1 high | k1 low)")
        var known = story
        known.write("k3[b1] a1: risk=low")
        try expectReading(known, "a1", "risk", "low")
    }

    @Test func `C3 is not told beside C4 of the same closing`() throws {
        let story = both(
            "status=closed outcome=resolved", "incidents*=broken-window visits*=later notes*=so")
        try expect(story, status: "open, closure disputed", isOpen: true, rules: ["C4"])
    }

    @Test
    func `C5: closed twice it is closed on the earlier date with the less favourable outcome`()
        throws
    {
        let story = both(
            "status=closed outcome=resolved closed-on=2014-05-12",
            "status=closed outcome=no-evidence closed-on=2014-05-14")
        try expect(story, status: "closed", isOpen: false, rules: [])
        try expectReading(
            story, "a1", "closed-on", "2014-05-12 (b1 2014-05-12 | c1 2014-05-14)")
        try expectReading(story, "a1", "outcome", "no-evidence (b1 resolved | c1 no-evidence)")
    }

    @Test func `C6: reopened by one and closed by another it is open`() throws {
        let story = both(
            "status=active", "status=closed outcome=resolved", after: "status=closed")
        try expect(story, status: "active", isOpen: true, rules: [])
        try expectReading(story, "a1", "status", "active (b1 active | c1 closed)")
    }

    @Test func `C7: of two levels of risk the higher works and both are shown`() throws {
        try expectReading(
            both("risk=high", "risk=low"), "a1", "risk", "high (b1 high | c1 low)")
    }

    @Test func `C8: two risk assessments are both kept, and the level is as in C7`() throws {
        let story = both(
            "risk=high assessments*=threats-made", "risk=low assessments*=calm-on-visit")
        try expectReading(story, "a1", "assessments", "2")
        try expectReading(story, "a1", "risk", "high (b1 high | c1 low)")
    }

    @Test func `C11: two new owners both stay, the first leads, and it is flagged`() throws {
        let story = both("owners+=pam", "owners+=joe")
        try expectReading(story, "a1", "owners", "pam joe (contested)")
    }

    @Test(arguments: ["restricted", "anonymous", "repeat-victim"])
    func `C28: the protective flag wins, and field staff cannot lower it`(_ flag: String) throws {
        try expectReading(
            both("\(flag)=yes", "\(flag)=no"), "a1", flag, "yes (b1 yes | c1 no)")
        var story = Scenario("ab", coordinators: "k", vocabulary: .current)
        story.write("a1 case: title=Noise \(flag)=yes", "b1[a1] a1: \(flag)=no")
        try expectReading(story, "a1", flag, "yes (a1 yes | b1 no)")
        story.write("k1[a1,b1] a1: \(flag)=no")
        try expectReading(story, "a1", flag, "no")
    }

    @Test func `C36: a visit voided by one and corrected by another is disputed and not counted`()
        throws
    {
        let story = both("visits!=a2", "visits~=a2,two-visits", after: "visits*=one")
        try expectReading(story, "a1", "visits", "0, disputed 1")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let work = try shelf.book().work()
        #expect(work.map(\.conflict.field.name) == ["visits"])
        #expect(work.map(\.conflict.sides.count) == [2])
    }

    @Test func `equal values and edits of different fields are no clash`() throws {
        let story = both("risk=high ward=Dane", "risk=high place=Pier")
        try expectReading(story, "a1", "risk", "high")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.book().work().isEmpty)
    }
}
