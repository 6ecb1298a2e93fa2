// SPDX-License-Identifier: MIT
import Testing

/// A rule that each file keeps or breaks by itself.
struct FileRule: CustomTestStringConvertible {
    let name: String
    let isFor: @Sendable (TextFile) -> Bool
    let breaches: @Sendable (TextFile) -> [Breach]

    var testDescription: String { name }

    static let all = shape + code + [testsCanFail, testsAreOn, imports, scriptHead] + words
}
