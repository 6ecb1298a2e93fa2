// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Scenarios
import Simulation
import Testing

/// What is signed with recovery words, and until when.
@Suite struct RecoveryRankTests {
    /// A founder f, a warden a, words r on paper, and a new device l that nobody has let in.
    private func story() -> Scenario {
        var story = Scenario("a", recovery: "r")
        story.begin("l", withWordsOf: "l")
        story.begin("r", withWordsOf: "r")
        return story
    }

    /// Who is enrolled, in every order of two, with the words that hold.
    private func roster(_ story: Scenario) throws -> (devices: [String], words: DeviceKey?) {
        let names = story.names
        let found = try [names, names.reversed()].map { order in
            let shelf = try Shelf(story, takingIn: order)
            let roster = try shelf.book().roster
            return (
                roster.devices.map {
                    "\($0.callSign) \($0.isCut ? "cut" : $0.role.rawValue)"
                }, roster.recovery?.signing
            )
        }
        #expect(found[0].0 == found[1].0)
        #expect(found[0].1 == found[1].1)
        return found[0]
    }

    private func key(_ name: Character) -> DeviceKey { Scenario.device(name).key.publicKey }

    @Test func `words make a lead and cut one, and name the next`() throws {
        var story = story()
        story.enrol("l", as: .lead, by: "r")
        story.cut("f", at: [story.last("f")], by: "r")
        // Without the next words nothing of it counts.
        #expect(try roster(story).devices == ["A field", "F lead"])
        #expect(try roster(story).words == key("r"))
        story.renew("s", by: "r")
        #expect(try roster(story).devices == ["A field", "F cut", "L lead"])
        #expect(try roster(story).words == key("s"))
    }

    @Test func `what stands before a renewal counts where the log has parted since too`() throws {
        var story = story()
        story.cut("f", at: [story.last("f")], by: "r")
        story.fork("r", after: story.last("r").seq, as: "q")
        story.renew("s", by: "r")
        story.enrol("l", as: .lead, by: "q")
        #expect(try roster(story).devices == ["A field", "F cut"])
        #expect(try roster(story).words == key("s"))
    }

    @Test func `words admit nothing after they were renewed, in any log`() throws {
        var story = story()
        story.enrol("l", as: .lead, by: "r")
        story.renew("s", by: "r")
        let renewed = story.last("r")
        story.begin("m", withWordsOf: "m")
        story.enrol("m", as: .lead, by: "r")
        story.cut("l", at: [], by: "r")
        story.renew("t", by: "r")
        // Another log with the old words, whose author knew that they had been renewed.
        story.begin("q", withWordsOf: "r")
        story.enrol("m", as: .lead, by: "q", having: [renewed])
        story.renew("t", by: "q")
        #expect(try roster(story).devices == ["A field", "F lead", "L lead"])
        #expect(try roster(story).words == key("s"))
        // The next words may do all of that.
        story.begin("s", withWordsOf: "s")
        story.enrol("m", as: .lead, by: "s", having: [renewed])
        story.cut("l", at: [], by: "s")
        story.renew("t", by: "s")
        #expect(try roster(story).devices == ["A field", "F lead", "L cut", "M lead"])
        #expect(try roster(story).words == key("t"))
    }

    @Test func `words that were renewed apart end access and let nobody in`() throws {
        var story = story()
        story.begin("q", withWordsOf: "r")
        story.begin("m", withWordsOf: "m")
        story.enrol("l", as: .lead, by: "r")
        story.cut("f", at: [story.last("f")], by: "r")
        story.renew("s", by: "r")
        story.enrol("m", as: .lead, by: "q")
        story.renew("t", by: "q")
        #expect(try roster(story).devices == ["A field", "F cut"])
        #expect(try roster(story).words == nil)
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let finding = try #require(try shelf.book().roster.findings.first)
        #expect(finding.matter == .wordsUsedApart)
        #expect(finding.key == key("r"))
        #expect(finding.entries.count == 2)
    }

    @Test func `nobody but the words' holder enrols them, or names the next`() throws {
        var story = story()
        story.enrol("r", as: .coordinator, by: "f")
        story.renew("s", by: "f")
        story.cut("r", at: [], by: "f")
        #expect(try roster(story).devices == ["A field", "F lead"])
        #expect(try roster(story).words == key("r"))
    }

    @Test func `the founder's device stays the lead's, whatever words let it in as`() throws {
        var story = story()
        for role in [Role.auditor, .field, .coordinator, .lead] {
            story.enrol("f", as: role, by: "r", having: [story.last("f")])
        }
        story.renew("s", by: "r")
        #expect(try roster(story).devices == ["A field", "F lead"])
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.spans("f") == "1 lead")
    }

    @Test func `who used words that come round again is no one`() throws {
        var story = story()
        story.renew("r", by: "r")
        #expect(try roster(story).words == nil)
    }
}
