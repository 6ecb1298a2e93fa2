// SPDX-License-Identifier: MIT
import Storms
import Testing

@Suite struct StormTests {
    @Test(arguments: 0..<10)
    func `five hundred storms break no promise`(part: UInt64) {
        let outcome = Storms.run(part * 50..<(part + 1) * 50)
        for trouble in outcome.troubles { Issue.record("\(trouble)") }
        // Weather in which nothing is recorded, cut off or settled would prove nothing.
        let census = outcome.census
        #expect(census.recorded > 200)
        #expect(census.powerCuts > 50)
        #expect(census.settled > 0)
        #expect(census.putBack > 0)
        #expect(census.clones > 0)
    }

    @Test func `one seed is one storm`() throws {
        let (one, two) = (Storm(Storm.Plan(seed: 7)), Storm(Storm.Plan(seed: 7)))
        try one.run()
        try two.run()
        #expect(one.census == two.census)
        #expect(one.story == two.story)
    }
}
