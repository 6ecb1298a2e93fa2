// SPDX-License-Identifier: MIT
import Basics

/// Which of several enrolments of one key holds at each entry of one of its logs.
///
/// Of those that apply and that none that applies replaces, the one with the least weight holds.
struct Holding: Hashable {
    /// The run of entries that an enrolment applies to.
    struct Term: Hashable {
        let number: Int
        let from: UInt64
        let through: UInt64
    }

    /// Whose word comes first: that of the higher rank, then that with the lower number.
    struct Weight: Comparable {
        let authorRank: Int
        let number: Int

        static func < (left: Weight, right: Weight) -> Bool {
            (left.authorRank, left.number) < (right.authorRank, right.number)
        }
    }

    struct Step: Hashable {
        let from: UInt64
        let number: Int?
    }

    /// By rising `from`; nothing holds before the first.
    private(set) var steps: [Step] = []

    /// `replaces` says by number which ones each replaces.
    init(_ terms: [Term], replaces: [[Int]], weights: [Weight]) {
        var begins = terms.sorted { $0.from < $1.from }[...]
        var ends = terms.filter { $0.through < .max }.sorted { $0.through < $1.through }[...]
        var sweep = Sweep(replaces, weights)
        while let next = [begins.first?.from, ends.first.map { $0.through + 1 }]
            .compactMap(\.self).min()
        {
            while let term = ends.first, term.through < next {
                ends.removeFirst()
                sweep.end(term.number)
            }
            while let term = begins.first, term.from <= next {
                begins.removeFirst()
                sweep.begin(term.number)
            }
            let number = sweep.holder()
            guard number != steps.last?.number || steps.isEmpty && number != nil else { continue }
            steps.append(Step(from: next, number: number))
        }
    }

    func number(at seq: UInt64) -> Int? {
        let next = steps.firstPlace(fromWhich: { $0.from > seq })
        return next == 0 ? nil : steps[next - 1].number
    }

    /// The enrolments that apply at one place, from the first entry of a log to the last.
    private struct Sweep {
        private let replaces: [[Int]]
        private let weights: [Weight]
        private var isApplied: [Bool]
        private var replacers: [Int]
        /// May hold some that were replaced or ended since.
        private var free = MinHeap<Weight>()

        init(_ replaces: [[Int]], _ weights: [Weight]) {
            self.replaces = replaces
            self.weights = weights
            isApplied = replaces.map { _ in false }
            replacers = replaces.map { _ in 0 }
        }

        mutating func begin(_ number: Int) {
            isApplied[number] = true
            if replacers[number] == 0 { free.insert(weights[number]) }
            for other in replaces[number] { replacers[other] += 1 }
        }

        mutating func end(_ number: Int) {
            isApplied[number] = false
            for other in replaces[number] {
                replacers[other] -= 1
                if replacers[other] == 0, isApplied[other] { free.insert(weights[other]) }
            }
        }

        mutating func holder() -> Int? {
            while let number = free.least?.number {
                if isApplied[number], replacers[number] == 0 { return number }
                free.removeLeast()
            }
            return nil
        }
    }
}
