// SPDX-License-Identifier: MIT
import Basics
import Logs
import Scenarios
import Testing

/// Two states that differ have two digests.
@Suite struct CanonicalTests {
    @Test func `a key without a letter hides no other key from the digest`() throws {
        var digests: Set<String> = []
        for value in [5, 6] as [UInt64] {
            var story = Scenario("a")
            story.write("a1 thing: title=Quay")
            story.append(
                "a", "thing.changed", .own(seq: 1),
                ["goals": .map([.text(""): .unsigned(1), .text("homes"): .unsigned(value)])], [])
            let shelf = try Shelf(story)
            try shelf.takeAll()
            digests.insert("\(try shelf.digest())")
        }
        #expect(digests.count == 2)
    }

    @Test func `each family has its part in the digest`() throws {
        let changes = [
            "title=x", "labels.en=x", "level=low", "due=2015", "goals.homes=1", "hidden=yes",
            "lead=tdc", "tags+=x", "peers+=a1", "owners+=x", "counts.homes+=1", "notes*=x",
            "figures.1|x=1", "title=y", "level=high", "notes!=a1", "",
        ]
        var digests: [String: String] = [:]
        for change in changes {
            var story = Scenario("a")
            story.write("a1 thing: ref=1 notes*=first", "a2 a1: \(change)")
            let shelf = try Shelf(story)
            try shelf.takeAll()
            let digest = "\(try shelf.digest())"
            #expect(digests[digest] == nil, "\(change) and \(digests[digest] ?? "")")
            digests[digest] = change
        }
    }
}
