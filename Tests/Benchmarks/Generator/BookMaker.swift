// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Replicas
import Syncing

/// Plays a year of a partnership whose devices write, sync now and then, and write on.
struct BookMaker {
    private let plan: BookPlan
    private let world: SeededSurroundings
    private let authors: [Author]
    /// The same, in the order of their logs' ids, as a base lists them.
    private let authorsByLog: [Author]
    private let epoch: EpochKey
    private var facts: FactMaker
    private var written = 0

    // 2014-04-01T06:00:00Z, and the year that follows.
    private static let start: UInt64 = 1_396_332_000_000
    private static let year: UInt64 = 31_536_000_000

    init(_ plan: BookPlan) throws {
        plan.check()
        self.plan = plan
        world = SeededSurroundings(seed: plan.seed, milliseconds: BookMaker.start)
        epoch = EpochKey(Bytes32(world.bytes(32)) ?? .zero)
        let founder = try Author(place: 0, of: plan.devices, in: nil, world)
        var authors = [founder]
        for place in 1..<plan.devices {
            authors.append(
                try Author(place: place, of: plan.devices, in: founder.log.partnership, world))
        }
        self.authors = authors
        authorsByLog = authors.sorted { $0.log.id < $1.log.id }
        facts = FactMaker(plan: plan, authors: authors)
    }

    /// Plays the year, lets everyone sync, and lets some devices write what the book lacks.
    mutating func book() throws -> GeneratedBook {
        let opened = try found()
        try publishAll()
        try prepare()
        try publishAll()
        var author = 0
        while written < plan.events {
            author = facts.chance.below(plan.devices)
            try write(authors[author])
        }
        try publishAll()
        try authors[0].sync(with: authorsByLog)
        let held = world.bytesByPath
        let tip = authors[0].tip
        let witness = Witness(
            generation: 1, log: authors[0].log.id, seq: tip.seq, chain: tip.chain)
        let events = written
        let segments = try news(after: held)
        return GeneratedBook(
            plan: plan, partnership: authors[0].log.partnership, device: device(opened).encoded,
            witness: WitnessFile.bytes(witness), bytesByPath: held, segments: segments,
            events: events,
            records: facts.beat.records.count)
    }

    /// The founder's first words, and the enrolment of all others. Gives the epoch's time.
    private func found() throws -> HybridTime {
        try authors[0].write([
            RosterEvent.founded(
                partnership: "Quay Community Safety Partnership",
                by: DeviceHolder(callSign: authors[0].callSign)
            ).event
        ])
        try authors[0].write([
            RosterEvent.epochOpened(EpochOpening(epoch.id, keys: [])).event
        ])
        let opened = authors[0].tip.time
        try authors[0].write(
            authors.dropFirst().map { author in
                let holder = DeviceHolder(callSign: author.callSign)
                return RosterEvent.enrolled(
                    Enrolment(
                        author.signing.publicKey, boxKey: author.box.publicKey, as: .field, holder)
                ).event
            })
        return opened
    }

    /// The coordinator's plan, its actions, and the campaigns of the year.
    private mutating func prepare() throws {
        let founder = authors[0]
        let plan = try founder.write([
            Event(
                "plan.opened", .creates,
                ["title": .text("Plan for the year"), "status": .text("draft")])
        ])
        for number in 1...max(4, min(400, self.plan.records / 250)) {
            let title = "\(facts.chance.pick(Phrases.troubles)): make it better"
            let seq = try founder.write([
                Event(
                    "action.added", .creates,
                    [
                        "title": .text(title), "ref": .text("2014/\(number)"),
                        "plan": Link(own: plan).value,
                        "status": .text("agreed"),
                        "lead": .text(facts.chance.pick(Phrases.agencies)),
                    ])
            ])
            facts.beat.add(.action, by: founder, at: seq)
        }
        for number in 1...max(2, min(60, self.plan.records / 1_000)) {
            let seq = try founder.write([
                Event(
                    "campaign.started", .creates,
                    [
                        "title": .text("Property marking \(number)"), "status": .text("running"),
                        "type": .text("ongoing"),
                    ])
            ])
            facts.beat.add(.campaign, by: founder, at: seq)
        }
        founder.records = []
        written = authors.reduce(0) { $0 + Int($1.tip.seq) }
    }

    private mutating func write(_ author: Author) throws {
        world.milliseconds =
            BookMaker.start + BookMaker.year / UInt64(plan.events) * UInt64(written)
        if author.entriesUntilSync <= 0 {
            let before = author.tip.seq
            try author.sync(with: authorsByLog)
            written += Int(author.tip.seq - before)
            author.entriesUntilSync = facts.chance.number(
                in: max(1, plan.syncEvery / 2)...(plan.syncEvery * 3 / 2))
        }
        let fact = facts.next(for: author, after: written)
        let first = try author.write(fact.events)
        for (place, kind) in fact.created.enumerated() {
            facts.beat.add(kind, by: author, at: first + UInt64(place))
        }
        written += fact.events.count
    }

    private func publishAll() throws {
        for author in authors { try author.publish() }
    }

    /// What up to five devices write afterwards, as the segments that they would publish.
    private mutating func news(after held: [String: [UInt8]]) throws -> [[UInt8]] {
        let writers = authors.dropFirst().suffix(5)
        let before = writers.map(\.tip)
        var count = 0
        while count < plan.news {
            for author in writers where count < plan.news {
                author.entriesUntilSync = .max
                let was = author.tip.seq
                try write(author)
                count += Int(author.tip.seq - was)
            }
        }
        return try zip(writers, before).compactMap { author, tip in
            guard author.tip.seq > tip.seq else { return nil }
            try author.publish()
            let frames = (world.bytesByPath[author.path] ?? [])[(held[author.path] ?? []).count...]
            let head = Slice.head(author.log.id, first: tip.seq + 1, before: tip.chain)
            return SegmentFile.encode(head + frames, with: epoch)
        }
    }

    private func device(_ opened: HybridTime) -> DeviceFile {
        DeviceFile(
            keys: (authors[0].signing, authors[0].box),
            partnership: authors[0].log.partnership, epochs: [.init(time: opened, key: epoch)],
            log: authors[0].log.id)
    }
}
