// SPDX-License-Identifier: MIT

extension Scenario {
    /// Puts another scenario's log of that letter in the place of the own: what its bases name is
    /// then another history than the one held here.
    package mutating func replace(_ name: Character, from other: Scenario) {
        guard let builder = other.builders[name], let ends = other.ends[name] else {
            preconditionFailure("the other scenario has no log \(name)")
        }
        take(builder, ends: ends, as: name)
    }
}
