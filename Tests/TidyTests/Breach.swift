// SPDX-License-Identifier: MIT

/// One place where a rule of the house is not kept.
struct Breach: Equatable, CustomStringConvertible {
    let path: String
    /// From 1.
    let line: Int
    let sentence: String

    var description: String { "\(path):\(line): \(sentence)" }
}
