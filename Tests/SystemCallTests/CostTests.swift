// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// Nothing that a member, a stranger or an accident piles up makes a verb worse than in proportion
/// to it. Counted are instructions, which no busy machine makes more.
@Suite struct CostTests {
    /// Four is in proportion; sorting makes it little more, and squares make it sixteen.
    private static let bound = 7.0

    @Test(
        .enabled("valgrind is not here", { CountedProgram.isHere }), arguments: Burden.allCases)
    func `four times as much costs little more than four times as much`(
        _ burden: Burden
    ) throws {
        let (none, some, more) = (
            try Self.cost(burden, 1), try Self.cost(burden, burden.size),
            try Self.cost(burden, 4 * burden.size)
        )
        let ratio = (more - none) / (some - none)
        let told = "\(burden.rawValue): \(Int(none / 1e6)), \(Int(some / 1e6)), \(Int(more / 1e6))"
        #expect(some > none * 1.05, "\(told): too little to compare")
        #expect(ratio < Self.bound, "\(told) million instructions, \(ratio) times as much")
        if ProcessInfo.processInfo.environment["BEATBOOK_COSTS"] == "1" { print(told, ratio) }
    }

    private static func cost(_ burden: Burden, _ count: Int) throws -> Double {
        let program = try CountedProgram()
        defer { program.remove() }
        return try program.count(try burden.make(count, for: program))
    }
}
