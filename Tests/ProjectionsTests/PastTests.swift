// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Queries
import Scenarios
import Simulation
import Testing

/// The past is one book: lists, pages, history, replay, work and references agree at every bound,
/// and are those of a book that holds these entries and no more.
@Suite struct PastTests {
    /// A book that chance writes: four who write, one of whom is let in late, cuts and what lifts
    /// them, labels that change hands, and clocks that jump, beyond the middle of all times too.
    private struct Tale {
        private(set) var story: Scenario
        private let chance: SeededEntropy
        private var minute: UInt64 = 10
        private var records: [Spot] = []
        private var seen: [Character: [Character: UInt64]] = [:]
        private var cut: Spot?
        private var lastMinutes: [Character: UInt64] = [:]

        init(_ seed: UInt64) {
            chance = SeededEntropy(seed)
            story = Scenario("abd", coordinators: "c", isEnrolling: false)
            story.enrol("c", as: .coordinator)
            for name in "ab" as String { story.enrol(name, as: .field, by: "f") }
            for _ in 0..<(12 + chance.number(below: 8)) { step() }
            settleClock(of: "f")
            story.enrol("d", as: .field, by: "f")
            for _ in 0..<4 { step() }
        }

        private mutating func step() {
            switch chance.number(below: 12) {
            case 0 where cut == nil && story.last("b").seq > 0:
                settleClock(of: "c")
                story.cut("b", at: [story.last("b")], by: "c", having: [story.last("b")])
                cut = story.last("c")
            case 1:
                guard let cut else { return write() }
                settleClock(of: "f")
                story.reinstate("b", lifting: [cut], by: "f", having: [cut])
                self.cut = nil
            default: write()
            }
        }

        /// A receipt, from which on the story's next entry is a minute later.
        private mutating func settleClock(of author: Character) {
            let spot = Spot(author, story.last(author).seq + 1)
            story.write("\(spot)@\(time(of: author)) -")
            lastMinutes[author, default: 0] += 2
        }

        private mutating func write() {
            let author = any(Array("abcd"))
            let base = bases(of: author)
            let spot = Spot(author, story.last(author).seq + 1)
            let names = base.map(\.description).joined(separator: ",")
            let head = "\(spot)@\(time(of: author))" + (names.isEmpty ? "" : "[\(names)]")
            if records.isEmpty || chance.number(below: 4) == 0 {
                story.write("\(head) thing: title=\(any(PastTests.words)) ref=\(label) level=low")
                records.append(spot)
            } else {
                story.write("\(head) \(any(records)): \(change)")
            }
        }

        /// Mostly a minute on; now and then a year, and once in a while beyond the middle of times.
        private mutating func time(of author: Character) -> UInt64 {
            switch chance.number(below: 20) {
            case 0: minute += 500_000
            case 1 where minute < 2_000_000_000: minute += 2_400_000_000
            case 2 where minute > 2_400_000_000: minute -= 2_399_999_000
            default: minute += 1
            }
            // Within a log times only rise.
            let time = max(minute, (lastMinutes[author] ?? 0) + 1)
            lastMinutes[author] = time
            return time
        }

        private mutating func bases(of author: Character) -> [Spot] {
            let others = story.names.filter { $0 != author && $0 != "f" }
            let chosen = others.filter { _ in chance.number(below: 3) == 0 }
            let places = chosen.compactMap { name -> Spot? in
                let (known, last) = (seen[author]?[name] ?? 0, story.last(name).seq)
                guard last > known else { return nil }
                let upTo = known + 1 + UInt64(chance.number(below: Int(last - known)))
                seen[author, default: [:]][name] = upTo
                return Spot(name, upTo)
            }
            return places + (chance.number(below: 2) == 0 ? [story.last("f")] : [])
        }

        private var label: String { any(["p-1", "p-2", "p-3"]) }

        private var change: String {
            any([
                "title=\(any(PastTests.words))", "ref=\(label)", "level=high", "level=medium",
                "level=low", "status=shut", "status=open", "notes*=seen", "harms*=broken",
                "owners+=pam", "owners+=joe", "counts.homes-=1", "counts.homes+=1", "lead=tdc",
                "lead=kcc", "labels.en=\(any(PastTests.words))",
            ])
        }

        private func any<Item>(_ items: [Item]) -> Item { items[chance.number(below: items.count)] }
    }

    private static let words = ["Quay", "Dock", "Pier", "Slip"]

    /// Bounds at every time and every place that make a difference, and of both at once.
    private func bounds(_ shelf: Shelf, _ book: Book) throws -> [(name: String, bounds: Bounds)] {
        let timeline = try book.timeline()
        var times = [HybridTime(raw: 0), HybridTime(raw: .max)] + timeline.map(\.time)
        times = times.enumerated().filter { $0.offset % 3 < 2 }.map(\.element)
        let asAt = try times.map { ("as at \($0.raw)", try book.bounds(asAt: $0)) }
        let knownTo = timeline.filter { $0.place.seq % 2 == 0 }.map { entry in
            ("known to \(shelf.spot(entry.place))", book.bounds(knownTo: entry.place))
        }
        let both = zip(asAt, knownTo.reversed()).map { time, place in
            ("\(time.0), \(place.0)", time.1.narrowed(to: place.1))
        }
        return [("everything", .everything)] + asAt + knownTo + both
    }

    @Test(arguments: 1...24 as ClosedRange<UInt64>)
    func `at every bound all answers agree, and are those of a book of these entries alone`(
        _ seed: UInt64
    ) throws {
        let story = Tale(seed).story
        let whole = try Shelf(story)
        try whole.takeAll()
        let book = try whole.book()
        for (name, bounds) in try bounds(whole, book) {
            let past = try book.past(bounds)
            try expectAgreement(past, "seed \(seed), \(name)")
            guard bounds.holes.isEmpty else { continue }
            let held = try whole.limits(bounds).map { spot in
                Spot(spot.log, min(spot.seq, story.last(spot.log).seq))
            }
            let alone = try Shelf(story, holding: held.filter { $0.seq > 0 })
            let (told, wanted) = (try told(past), try told(alone.book()))
            #expect(told == wanted, "seed \(seed), \(name)")
        }
    }

    /// What a book says, in words that do not depend on its numbers.
    private func told(_ book: Book) throws -> [String] {
        var filter = RecordFilter()
        filter.limit = .max
        let list = try book.list(filter).records.map { record in
            "\(record.name) \(record.reference) \(record.title) \(record.status) \(record.isOpen) "
                + "\(record.conflicts) \(record.findings) \(record.time.raw)"
        }
        let work = try book.work().map { item in
            "\(try book.reference(item.record.place)) \(item.conflict.field.name) "
                + "\(item.conflict.key) \(item.conflict.shown) "
                + "\(item.conflict.sides.map { book.entryName($0.entry) }.sorted())"
        }
        let timeline = try book.timeline().map { entry in
            "\(book.entryName(entry.place)) \(entry.type) \(entry.aside?.rawValue ?? "-") "
                + "\(entry.isWaiting)"
        }
        return list + work + timeline + ["\(try book.stateDigest())"]
    }

    private func expectAgreement(_ book: Book, _ name: String) throws {
        var filter = RecordFilter()
        filter.limit = .max
        let (records, total) = try book.list(filter)
        #expect(records.count == total, "\(name)")
        let timeline = try book.timeline()
        let work = try book.work()
        for row in records {
            let view = try #require(try book.record(row.place))
            #expect(try book.find(row.reference) == row.place, "\(name), \(row.reference)")
            #expect(try book.find(row.name) == row.place, "\(name), \(row.name)")
            #expect(view.title == row.title && view.status == row.status, "\(name)")
            #expect(view.isOpen == row.isOpen, "\(name)")
            #expect(view.conflicts.count == row.conflicts + row.findings, "\(name)")
            #expect(
                work.filter { $0.record.place == row.place }.map(\.conflict) == view.conflicts
                    || work.filter { $0.record.place == row.place }.count == view.conflicts.count,
                "\(name)")
            try expectHistory(book, view, timeline, name)
        }
        #expect(work.count == records.reduce(0) { $0 + $1.conflicts + $1.findings }, "\(name)")
        let count = try book.workCount()
        #expect(count.conflicts + count.findings == work.count, "\(name)")
    }

    /// The entries on a record are those of the timeline, and replaying them ends where it stands.
    private func expectHistory(
        _ book: Book, _ view: RecordView, _ timeline: [EntryReport], _ name: String
    ) throws {
        let entries = try book.entries(of: view.place)
        #expect(
            entries.map(\.place)
                == timeline.filter { $0.record == view.place }.map(\.place), "\(name)")
        let replay = Replay(book)
        var readings: [String: FieldReading] = [:]
        var findings: [RecordFinding] = []
        for entry in entries {
            let step = try replay.step(entry)
            for change in step.changes { readings[change.field.name] = change.after }
            findings = step.after?.findings ?? findings
        }
        for (index, field) in view.kind.fields.enumerated() {
            #expect(view.reading(at: index) == readings[field.name], "\(name), \(field.name)")
        }
        #expect(findings == view.findings, "\(name)")
    }
}
