// SPDX-License-Identifier: MIT
import Projections
import Queries
import Scenarios
import Testing

/// Rules across fields: what the author of a write had not seen.
@Suite struct RuleTests {
    @Test func `shut unseen by who recorded harm it reads as disputed and is open`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: status=shut", "c1[a1] a1: harms*=broken")
        try expectFindings(story, ["shutting-disputed"], status: "open, shutting disputed")
    }

    @Test func `shut unseen by who added a note it stays shut and is flagged`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: status=shut", "c1[a1] a1: notes*=seen")
        try expectFindings(story, ["later-note"], status: "shut")
    }

    @Test func `a flag is not told beside a dispute of the same shutting`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: status=shut", "c1[a1] a1: notes*=seen",
            "c2 a1: harms*=broken")
        try expectFindings(story, ["shutting-disputed"], status: "open, shutting disputed")
    }

    @Test func `what the author had seen is no finding`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "c1[a1] a1: harms*=broken notes*=seen level=high",
            "b1[a1,c1] a1: status=shut")
        try expectFindings(story, [], status: "shut")
    }

    @Test func `who had seen the level is not told of it when it is written once more`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: level=medium", "c1[a1] a1: level=high", "b1[a1,c1] a1: status=shut",
            "c2 a1: level=high")
        try expectFindings(story, [], status: "shut")
    }

    @Test func `who shuts it and says in the same entry how bad it is knows it`() throws {
        var story = Scenario()
        story.write("a1 thing: level=low", "b1[a1] a1: status=shut level=medium")
        try expectFindings(story, [], status: "shut")
        // Nor does it disturb who says the same without having seen it; who says worse does.
        story.write("c1[a1] a1: level=medium")
        try expectFindings(story, [], status: "shut")
        story.write("c2 a1: level=high")
        try expectFindings(story, ["shutting-disputed"], status: "open, shutting disputed")
    }

    @Test func `what the closer writes later is not what the closer had seen`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: level=medium", "c1[a1] a1: level=high", "b1[a1] a1: status=shut",
            "b2[c1] a1: level=high")
        try expectFindings(
            story, ["shutting-disputed"], status: "open, shutting disputed")
    }

    @Test func `who confirms the level has not decided on the shutting, who eases it has`() throws {
        for (level, isDisputed) in [("high", true), ("low", false)] {
            var story = Scenario(coordinators: "k")
            story.write(
                "a1 thing: level=medium", "c1[a1] a1: level=high", "b1[a1] a1: status=shut",
                "k1[a1,b1,c1] a1: level=\(level)")
            try expectFindings(
                story, isDisputed ? ["shutting-disputed"] : [],
                status: isDisputed ? "open, shutting disputed" : "shut")
        }
    }

    @Test func `voided harm disputes nothing, and other harm does`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: status=shut", "c1[a1] a1: harms*=broken",
            "c2 a1: harms!=c1")
        try expectFindings(story, [], status: "shut")
        story.write("c3 a1: harms*=again")
        try expectFindings(story, ["shutting-disputed"], status: "open, shutting disputed")
    }

    @Test func `who may not decide on a shutting does not void what disputes it either`() throws {
        for (author, isDisputed) in [("b", true), ("d", true), ("k", false)] {
            var story = Scenario("abcd", coordinators: "k")
            story.write(
                "a1 thing: title=Quay", "b1[a1] a1: status=shut", "c1[a1] a1: harms*=broken",
                "d1[a1] a1: tags+=x", "k1[a1] a1: tags+=x")
            story.write("\(author)2[c1] a1: harms!=c1")
            try expectFindings(
                story, isDisputed ? ["shutting-disputed"] : [],
                status: isDisputed ? "open, shutting disputed" : "shut")
        }
    }

    @Test func `a level of one's own invention hides no other`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "c1[a1] a1: level=high", "b1[a1] a1: level=aaa status=shut")
        try expectFindings(
            story, ["shutting-disputed"], status: "open, shutting disputed")
    }

    @Test func `what was added by who had seen the shutting is no finding`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: status=shut",
            "c1[a1,b1] a1: harms*=again notes*=later level=high")
        try expectFindings(story, [], status: "shut")
    }

    @Test func `a part unseen stays unseen when its author adds another later on`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: status=shut", "c1[a1] a1: notes*=seen",
            "c2[b1] a1: notes*=later")
        try expectFindings(story, ["later-note"], status: "shut")
    }

    @Test func `a higher level unseen disputes the shutting and a lower one does not`() throws {
        for (level, findings) in [("high", ["shutting-disputed"]), ("medium", []), ("low", [])] {
            var story = Scenario()
            story.write(
                "a1 thing: level=medium", "b1[a1] a1: status=shut", "c1[a1] a1: level=\(level)")
            try expectFindings(
                story, findings, status: findings.isEmpty ? "shut" : "open, shutting disputed")
        }
    }

    @Test func `open on one side is open and not disputed as shut`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: status=open", "b1[a1] a1: status=shut", "c1[a1] a1: status=open harms*=x")
        try expectFindings(story, [], status: "open")
    }

    @Test func `one of two shuttings that had not seen the harm is enough`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "c1[a1] a1: harms*=broken", "b1[a1] a1: status=shut",
            "a2[c1] a1: status=shut")
        try expectFindings(story, ["shutting-disputed"], status: "open, shutting disputed")
    }

    @Test func `who shuts it again having seen all settles`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: status=shut", "c1[a1] a1: harms*=broken notes*=x",
            "a2[b1,c1] a1: status=shut")
        try expectFindings(story, [], status: "shut")
    }

    private func expectFindings(
        _ story: Scenario, _ findings: [String], status: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for order in orders(story.names) {
            let shelf = try Shelf(story, takingIn: order)
            let record = try #require(try shelf.record("a1"), sourceLocation: sourceLocation)
            #expect(record.findings.map(\.name) == findings, sourceLocation: sourceLocation)
            #expect(record.status == status, sourceLocation: sourceLocation)
            #expect(
                record.isOpen == (status != "shut"), sourceLocation: sourceLocation)
        }
    }
}
