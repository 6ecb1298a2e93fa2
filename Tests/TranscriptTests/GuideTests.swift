// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The three guides tell one story. It happens here, and prints what they show.
struct GuideTests {
    private static let coordinator = "Coordinator"
    private static let field = "FieldStaff"
    private static let auditor = "Auditor"
    private static let stick = "/media/stick/beatbook"

    @Test func `what the guides tell people to do prints what they show`() throws {
        let story = try GuideStory([Self.coordinator, Self.field, Self.auditor])
        let paper = try found(story)
        try letIn(story)
        prepare(story)
        record(story)
        clash(story)
        settle(story)
        audit(story)
        story.play(
            Self.coordinator, "When the lead's device is gone", as: "lead", typing: [paper])
        try story.expectAllPlayed()
    }

    /// Founds the partnership; gives the recovery words.
    private func found(_ story: GuideStory) throws -> String {
        let section = "Found the partnership, once"
        let told = story.play(Self.coordinator, section, 0, as: "coordinator")
        story.play(Self.coordinator, section, 1, as: "coordinator")
        let words = told.matches(of: /[0-9]+ ([a-z]+)(?= {2}|\n)/).map { $0.output.1 }
        #expect(words.count == 24)
        let partnership = try story.json("coordinator", "status").text("partnership")
        story.expect(partnership, after: "--words \"", in: Self.field)
        return words.joined(separator: " ")
    }

    private func letIn(_ story: GuideStory) throws {
        story.play(Self.field, "Start, once", 0, as: "warden")
        let words = try story.json("warden", "status").text("deviceWords")
        story.expect(words, after: "enrol approve \(Self.stick) ", in: Self.coordinator)
        story.play(Self.coordinator, "Let people in", as: "coordinator")
        try letIn("other", "field", "B. Other", "W02", story)
        try letIn("auditor", "auditor", "S. Scrutiny", "A01", story)
    }

    private func letIn(
        _ device: String, _ role: String, _ holder: String, _ callSign: String,
        _ story: GuideStory
    ) throws {
        let partnership = try story.json("coordinator", "status").text("partnership")
        story.run(device, ["join", Self.stick, "--words", partnership])
        let words = try story.json(device, "status").text("deviceWords").split(separator: " ")
        story.run(
            "coordinator",
            ["enrol", "approve", Self.stick] + words.map(String.init) + [
                "--role", role, "--holder", holder, "--agency", "KCC-CW", "--call-sign", callSign,
            ])
        story.run(device, ["sync", Self.stick])
    }

    private func prepare(_ story: GuideStory) {
        #expect(throws: Never.self) {
            try story.put("thanet-2014-15-actions.csv", at: "thanet.csv")
            try story.put("agencies.csv", at: "agencies.csv")
        }
        story.play(Self.coordinator, "Bring in the plan", as: "coordinator")
        story.play(Self.coordinator, "Keep the plan", 5, as: "coordinator")
        story.run("coordinator", ["sync", Self.stick])
        story.play(Self.field, "Start, once", 1, as: "warden")
        story.run("coordinator", ["sync", Self.stick])
        story.run("other", ["sync", Self.stick])
    }

    private func record(_ story: GuideStory) {
        story.play(Self.field, "Open a case", as: "warden")
        story.play(Self.field, "Is there a case already?", as: "warden")
        story.play(Self.field, "Say what you did", as: "warden")
        story.play(Self.field, "Risk", 0, as: "warden")
        story.play(Self.field, "Put something right", as: "warden")
        story.play(Self.field, "Count for a campaign", as: "warden")
        story.play(Self.field, "Report on an action of the plan", as: "warden")
        story.play(Self.field, "Close, and open again", as: "warden")
        story.play(Self.field, "Risk", 1, as: "warden")
        story.play(Self.field, "Meet the others", as: "warden")
    }

    /// One closes the case while another records an incident on it.
    private func clash(_ story: GuideStory) {
        story.run("other", ["sync", Self.stick])
        story.run("warden", ["case", "incident", "W01-1", "A window was broken"])
        story.run("other", ["case", "close", "W01-1", "resolved"])
        story.run("other", ["sync", Self.stick])
        story.run("warden", ["sync", Self.stick])
        story.play(Self.field, "Has my work arrived?", as: "warden")
        story.run("coordinator", ["sync", Self.stick])
        story.play(Self.coordinator, "See what clashes", as: "coordinator")
    }

    private func settle(_ story: GuideStory) {
        story.play(Self.coordinator, "Settle", as: "coordinator")
        story.play(Self.coordinator, "Keep the plan", 0, 1, 2, 3, 4, 6, 7, 8, 9, as: "coordinator")
        story.play(Self.coordinator, "Who has synced?", as: "coordinator")
        for device in ["coordinator", "other"] { story.run(device, ["sync", Self.stick]) }
        story.run(
            "coordinator",
            [
                "action", "complete", "thanet-2014/26",
                "150 bikes marked, list in the office",
            ])
        for device in ["coordinator", "auditor", "warden", "coordinator"] {
            story.run(device, ["sync", Self.stick])
        }
        story.play(
            Self.coordinator, "When someone brings files by hand", as: "coordinator")
    }

    private func audit(_ story: GuideStory) {
        story.run("auditor", ["sync", Self.stick])
        for section in [
            "Is the book whole?", "What did it look like on a date?", "What did they know?",
            "What happened?", "Where does this value come from?", "Does the total hold?",
        ] {
            story.play(Self.auditor, section, as: "auditor")
        }
    }
}
