// SPDX-License-Identifier: MIT
import Scenarios
import Testing

/// The small space, whole: what the definitions say is what the index says.
@Suite struct SmallSpaceTests {
    @Test func `every way in which four entries can stand reads as the definitions say`() throws {
        let worlds = SmallWorld.all(of: 4)
        #expect(worlds.count == 441)
        try expectDefinitions(worlds)
    }

    @Test func `so does every way in which their authors' programs can be old and new`() throws {
        let worlds = SmallWorld.all(of: 4)
        try expectDefinitions(
            worlds.indices.flatMap { place in
                [place, place + 5].map { worlds[place].stating($0) }
            })
    }

    private func expectDefinitions(_ worlds: [SmallWorld]) throws {
        for world in worlds {
            let story = world.story
            let whole = try Shelf(story)
            try whole.takeAll()
            let piecemeal = try Shelf(story, holding: [story.last("f")])
            for entry in world.entries.reversed() { _ = try piecemeal.take([entry.spot]) }
            for shelf in [whole, piecemeal] {
                let found = try shelf.reads(world.record, ["title", "level", "lead", "tags"])
                let wanted = [world.title, world.level, world.lead, world.tags]
                guard found != wanted else { continue }
                Issue.record("\(found) is not \(wanted) in \(world.entries)")
                return
            }
            let (one, two) = (try whole.digest(), try piecemeal.digest())
            #expect(one == two)
        }
    }
}
