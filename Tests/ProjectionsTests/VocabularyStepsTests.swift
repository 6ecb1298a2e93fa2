// SPDX-License-Identifier: MIT
import Basics
import Projections
import Testing

@Suite struct VocabularyStepsTests {
    private static func steps(_ stated: [(at: UInt64, number: UInt64)]) -> VocabularySteps {
        var steps = VocabularySteps()
        for statement in stated { steps.add(statement.number, at: statement.at) }
        return steps
    }

    @Test func `the number stated last at or before an entry holds`() {
        let steps = Self.steps([(1, 2), (4, 3), (9, 1), (12, 2)])
        let numbers = (UInt64(0)...13).map { steps.number(at: $0) }
        #expect(numbers == [1, 2, 2, 2, 3, 3, 3, 3, 3, 1, 1, 1, 2, 2])
        let descents = (UInt64(0)...13).map { steps.descents(at: $0) }
        #expect(descents == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    }

    @Test func `a statement that repeats the number adds no step`() {
        #expect(Self.steps([(1, 1), (2, 1), (3, 2), (4, 2)]).steps.count == 1)
    }

    @Test func `goings back beyond the limit count as the last`() {
        let many = (UInt64(1)...100).map { (at: $0, number: $0 % 2 + 1) }
        #expect(Self.steps(many).descents(at: .max) == VocabularySteps.descentLimit)
    }

    @Test func `steps are read from an index as they were written`() {
        let steps = Self.steps([(1, 7), (4, 3), (9, .max), (12, 2)])
        let read = steps.packed.withRaw { VocabularySteps(packed: $0) }
        #expect(read == steps)
    }
}
