// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Testing

/// Chains of names, whole: each of four entries names none or one of the four.
@Suite struct RepeatedEntriesTests {
    private static let log = LogIndex(0)
    private static let all = Admission(
        spans: [Admission.Span(from: 1, role: .field, by: nil)], limit: .max)

    /// What the page says, step by step.
    private static func end(of entry: Int, _ names: [Int?]) -> Int? {
        var place = entry
        for _ in 0...names.count {
            guard let next = names[place] else { return place == entry ? nil : place }
            place = next
        }
        return nil
    }

    @Test func `each chain ends where the page says`() {
        let logs = LogTable([LogID(Bytes16(high: 1, low: 1))])
        var tried = 0
        for number in 0..<625 {
            let names = (0..<4).map { place -> Int? in
                let digit = [1, 5, 25, 125][place]
                let name = number / digit % 5
                return name < 4 ? name : nil
            }
            func entry(_ place: Int) -> EntryRef {
                EntryRef(RepeatedEntriesTests.log, UInt64(place + 1))
            }
            let namings = names.enumerated().compactMap { place, name in
                name.map { RepeatedEntries.Naming(entry: entry(place), named: entry($0)) }
            }
            let found = RepeatedEntries(namings, admissions: [RepeatedEntriesTests.all], logs)
            for place in 0..<4 {
                let end = RepeatedEntriesTests.end(of: place, names)
                #expect(found.originals[entry(place)] == end.map(entry), "\(names), \(place)")
            }
            tried += 1
        }
        #expect(tried == 625)
    }
}
