// SPDX-License-Identifier: MIT
import Simulation

extension Scenario {
    /// Puts another scenario's log of that letter in the place of the own: what its bases name is
    /// then another history than the one held here.
    package mutating func replace(_ name: Character, from other: Scenario) {
        guard let builder = other.builders[name], let ends = other.ends[name] else {
            preconditionFailure("the other scenario has no log \(name)")
        }
        take(builder, ends: ends, as: name)
    }

    /// Begins another history of a log under a letter of its own: up to `seq` it is the same.
    package mutating func fork(_ name: Character, after seq: UInt64, as other: Character) {
        guard let builder = builders[name], let end = ends[name]?[Int(seq)] else {
            preconditionFailure("there is no log \(name)")
        }
        add(builder.cut(at: end), as: other)
        take(builder.cut(at: end), ends: Array(ends[name]?.prefix(Int(seq) + 1) ?? []), as: other)
        chains[other] = Array(chains[name]?.prefix(Int(seq)) ?? [])
        splits[name, default: []].insert(seq + 1)
        splits[other] = splits[name]?.filter { $0 <= seq + 1 }
        for spot in kinds.keys where spot.log == name && spot.seq <= seq {
            kinds[Spot(other, spot.seq)] = kinds[spot]
        }
    }
}
