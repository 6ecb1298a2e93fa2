// SPDX-License-Identifier: MIT
import Testing

@Suite struct FileRuleTests {
    @Test(arguments: RuleSample.all)
    func `a rule finds what breaks it, in its line, and nothing else`(sample: RuleSample) throws {
        let rule = try #require(FileRule.all.first { $0.name == sample.rule })
        let bad = TextFile(path: sample.path, text: sample.bad)
        let good = TextFile(path: sample.path, text: sample.good, isExecutable: true)
        #expect(rule.isFor(bad))
        #expect(rule.breaches(bad).map(\.line) == sample.lines)
        #expect(rule.breaches(bad).allSatisfy { $0.path == sample.path && $0.sentence.last == "." })
        #expect(rule.breaches(good) == [])
    }

    @Test func `every rule has a sample, and its own name`() {
        #expect(Set(FileRule.all.map(\.name)) == Set(RuleSample.all.map(\.rule)))
        #expect(Set(FileRule.all.map(\.name)).count == FileRule.all.count)
    }
}
