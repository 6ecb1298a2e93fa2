// SPDX-License-Identifier: MIT
import Basics
import Events
import Foundation
import Logs
import Projections
import Queries
import Replicas
import Simulation
import Testing

/// A program that knows more, or less, than the one before it on the same book.
@Suite struct VocabularyChangeTests {
    /// Another kind stands before all others and a field in the middle of `case`.
    private static let grown: Vocabulary = {
        let old = Kind.case
        var fields = old.fields
        let mood = Field("mood", "Mood", .latest, .choice(["calm", "tense"]))
        fields.insert(mood, at: fields.count / 2)
        let grown = Kind(
            old.name, old.plural, old.summary,
            shape: old.shape, fields: fields, verbs: old.verbs, rules: old.rules)
        let task = Kind(
            "task", "tasks", "a task", shape: .init(title: "title"),
            fields: [Field("title", "Title", .latest, .text)], verbs: [])
        let others = Vocabulary.current.kinds.filter { $0 != old }
        return Vocabulary(
            number: Vocabulary.current.number + 1, kinds: [task] + others + [grown])
    }()

    private func withFolder(_ body: (String, SeededEntropy) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "beatbook-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder, SeededEntropy(7))
    }

    private func surroundings(
        _ entropy: SeededEntropy, _ vocabulary: Vocabulary
    ) -> Surroundings {
        Surroundings(
            files: DiskFiles(), clock: TestClock(), entropy: entropy, vocabulary: vocabulary)
    }

    private static let events = [
        Event(
            "case.opened", .creates,
            [
                "title": .text("Quay"), "status": .text("opened"),
                "risk": .text("high"), "owners": Change.added([.text("pam")]).encoded,
                "visits": Change.part("Nobody in.").encoded,
            ]),
        Event("campaign.started", .creates, ["title": .text("Lights")]),
    ]

    /// What a book says of its records, in words that do not depend on numbers.
    private func reading(_ replica: Replica) throws -> [String] {
        try replica.book.list(RecordFilter()).records.map { summary in
            let view = try #require(try replica.book.record(summary.place))
            let fields = view.fields.map {
                "\(view.kind.fields[$0.index].name) \($0.content)"
            }
            return "\(view.kind.name) \(summary.title) \(fields.sorted())"
        }.sorted()
    }

    /// What a new book says after its first records; it is closed again.
    private func begun(_ replica: consuming Replica) throws -> [String] {
        _ = try replica.record(Self.events)
        return try reading(replica)
    }

    @Test func `two vocabularies over one index read the same of what both know`() throws {
        try withFolder { folder, entropy in
            let (old, new) = (
                surroundings(entropy, .current), surroundings(entropy, Self.grown)
            )
            let person = try Person(.nobody, callSign: "K")
            let wanted = try begun(
                try Replica.found("Thanet", by: person, at: folder, old))
            #expect(wanted.count == 2)
            for (surroundings, writing) in [(new, nil), (old, "test"), (new, "test"), (old, nil)]
                as [(Surroundings, String?)]
            {
                let replica = try Replica(opening: folder, surroundings, writing: writing)
                #expect(try reading(replica) == wanted)
            }
        }
    }

    @Test func `one declaration more or less is another index, whatever the number says`() {
        let current = Vocabulary.current
        let renumbered = Vocabulary(number: 9, kinds: current.kinds)
        let fewer = Vocabulary(number: current.number, kinds: Array(current.kinds.dropLast()))
        let grown = Vocabulary(number: current.number, kinds: Self.grown.kinds)
        let all = [current, renumbered, fewer, grown].map(\.fingerprint)
        #expect(Set(all).count == 4)
        #expect(Vocabulary(number: current.number, kinds: current.kinds) == current)
    }

    @Test func `every change of program is stated before the next entry, and only then`() throws {
        try withFolder { folder, entropy in
            let (old, new) = (
                surroundings(entropy, .current), surroundings(entropy, Self.grown)
            )
            let person = try Person(.nobody, callSign: "K")
            _ = try Replica.found("Thanet", by: person, at: folder, old)
            for surroundings in [old, new, new, old, old] {
                let replica = try Replica(opening: folder, surroundings, writing: "test")
                _ = try replica.record([Self.events[1]])
            }
            let book = try Replica(opening: folder, old, writing: nil).book
            let told = try book.timeline().map { entry in
                guard case .unsigned(let number)? = entry.changes?["vocabulary"] else {
                    return entry.type
                }
                return "states \(number)"
            }.filter { $0.hasPrefix("states") || $0 == "campaign.started" }
            #expect(
                told == [
                    "states 1", "campaign.started",
                    "states 2", "campaign.started", "campaign.started", "states 1",
                    "campaign.started", "campaign.started",
                ])
            // Each record is one of a command: places in a batch count from its own events.
            #expect(try book.list(RecordFilter()).total == 5)
        }
    }

    @Test func `an old program that closes over what it could not show disputes the closing`()
        throws
    {
        let circle = try Circle("w")
        let renewed = Surroundings(
            files: circle.files, clock: circle.clock, entropy: circle.entropy, index: .memory,
            vocabulary: Self.withBreaches)
        try circle.tell("w", "case open", ["title": "Quay", "type": "noise"])
        try circle.meet()
        circle.close("k")
        circle.add("k", try Replica(opening: Circle.folder("k"), renewed, writing: "test"))
        let record = try circle.record("k", "W-1")
        let breach = Change.part("The order was broken.").encoded
        _ = try circle["k"].record([
            Event("case.breach-noted", .record(record.id), ["breaches": breach])
        ])
        try circle.meet()
        #expect(try circle["w"].book.unread() == [.field: 1])
        try circle.tell("w", "case close", on: "W-1", ["outcome": "resolved"])
        #expect(try circle.record("w", "W-1").findings == [])
        try circle.meet()
        let disputed = try circle.record("k", "W-1")
        #expect(disputed.findings.map(\.name) == ["closure-disputed"])
        #expect(disputed.isOpen)
    }

    /// As now, with a field of harm that came later.
    private static let withBreaches: Vocabulary = {
        let old = Kind.case
        let breaches = Field(
            "breaches", "Breaches", .entries, .longText, options: .init(since: 2))
        let rules = old.rules.map { rule in
            Rule(
                rule.number, rule.name, rule.sentence, when: rule.field, is: rule.values,
                hadNotSeen: rule.unseen + (rule.number == "C4" ? [.part("breaches")] : []),
                effect: rule.effect)
        }
        let grown = Kind(
            old.name, old.plural, old.summary, shape: old.shape,
            fields: [breaches] + old.fields, verbs: old.verbs, rules: rules)
        return Vocabulary(
            number: 2, kinds: Vocabulary.current.kinds.map { $0 == old ? grown : $0 })
    }()
}
