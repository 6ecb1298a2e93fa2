// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// An enrolment that stands in a log, or the founding, by which nobody was enrolled.
struct Entrance {
    let isFounding: Bool
    /// Where it is said; nil for a founding of which no more than the log's birth is here.
    let entry: EntryRef?
    let time: HybridTime
    let said: Enrolment

    /// Where it stands as an act of someone's; nil for the founding, which is nobody's.
    var place: EntryRef? { isFounding ? nil : entry }

    var role: Role { said.role }

    /// Whether it comes after another by its own words, so that it is not the device's first.
    var isLater: Bool { said.replaces.isEmpty == false }
}

/// All enrolments of one key, numbered so that the least role comes first, then the lower (log id,
/// seq); and which of them count.
struct KeyEntrances {
    let all: [Entrance]
    /// The numbers of those that each names as replaced.
    private let named: [[Int]]
    /// The rank that its author had; nil for one that does not count.
    private(set) var authorRanks: [Int?]

    init(_ entrances: [Entrance], _ order: CanonicalOrder, named: [PinnedEntry: EntryRef]) {
        let sorted = entrances.sorted { left, right in
            guard left.role == right.role else {
                return left.role.leastFirst < right.role.leastFirst
            }
            guard let first = left.place, let second = right.place else {
                return left.place == nil && right.place != nil
            }
            return order.precedes(first, second)
        }
        var numbers: [EntryRef: Int] = [:]
        for (number, entrance) in sorted.enumerated() {
            if let place = entrance.place { numbers[place] = number }
        }
        all = sorted
        self.named = sorted.map { entrance in
            entrance.said.replaces.compactMap { named[$0].flatMap { numbers[$0] } }
        }
        authorRanks = sorted.map { $0.place == nil ? 0 : nil }
    }

    /// Whether nobody enrolled the device.
    var isFounder: Bool { all.contains { $0.place == nil } }

    mutating func count(_ number: Int, by rank: Int) { authorRanks[number] = rank }

    /// Those that it replaces: what a higher rank than its author's said stands.
    func replaces(_ number: Int) -> [Int] {
        guard let own = authorRanks[number] else { return [] }
        return named[number].filter { other in authorRanks[other].map { own <= $0 } ?? true }
    }

    /// The highest rank that the key was ever let in with; nil where nothing counts.
    var rank: Int? { counted.map { all[$0].role.rank }.min() }

    var counted: [Int] { all.indices.filter { authorRanks[$0] != nil } }

    /// Those that may give a rank, or hold it up: made by a rank above it, of that rank or a lower.
    func deciding(_ rank: Int) -> [Int] {
        all.indices.filter { number in
            authorRanks[number].map { $0 < rank } ?? false && all[number].role.rank >= rank
        }
    }

    /// Whether it permits less than one that it replaces.
    func permitsLess(_ number: Int) -> Bool {
        named[number].contains { all[number].role.leastFirst < all[$0].role.leastFirst }
    }

    /// Of those that nothing replaces the one with the least weight holds.
    func weight(of number: Int) -> Holding.Weight {
        Holding.Weight(authorRank: authorRanks[number] ?? .max, number: number)
    }

    /// The one that holds, and those of its rank that nothing counted replaces either, if no log is
    /// looked at; nil where nothing counts.
    var present: (number: Int, others: [Int])? {
        for rank in 1...3 {
            let deciding = deciding(rank)
            let replaced = Set(deciding.flatMap { replaces($0) })
            let free = deciding.filter { replaced.contains($0) == false }
                .sorted { weight(of: $0) < weight(of: $1) }
            guard let first = free.first, all[first].role.rank == rank else { continue }
            return (first, Array(free.dropFirst()))
        }
        return nil
    }
}

extension Role {
    /// Of several roles of one device the first by this number holds.
    fileprivate var leastFirst: Int {
        switch self {
        case .auditor: 0
        case .field: 1
        case .coordinator: 2
        case .lead: 3
        }
    }
}
