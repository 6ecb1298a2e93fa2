// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Replicas

/// One device that writes: its keys, its log, and what it has taken in from the others.
final class Author {
    let place: Int
    let callSign: String
    let signing: SigningKey
    let box: BoxKey
    let log: LogIdentity
    let path: String
    private var writer: LogWriter
    private let world: SeededSurroundings
    /// What everyone else can take in: the log up to its last seal.
    private(set) var published: LogTip
    /// How far each author's log was taken in, by the author's place.
    private(set) var taken: [UInt64]
    /// Records that it made, by their place among all.
    var records: [Int] = []
    var entriesUntilSync = 1

    init(
        place: Int, of count: Int, in partnership: PartnershipID?, _ world: SeededSurroundings
    ) throws {
        self.place = place
        self.world = world
        callSign = place == 0 ? "C01" : place < 10 ? "W0\(place)" : "W\(place)"
        signing = SigningKey(seed: world.bytes(32))
        box = BoxKey(seed: world.bytes(32))
        let birth = Birth(
            partnership: partnership, keys: (signing.publicKey, box.publicKey),
            nonce: Bytes16(world.bytes(16)) ?? Bytes16(high: 0, low: 0))
        log = LogIdentity(birth)
        path = "logs/\(log.id.hex).log"
        writer = try LogWriter(beginning: log, at: path, files: world)
        published = log.start
        taken = Array(repeating: 0, count: count)
        try write([
            Event(
                EventName.updated, .none, ["vocabulary": .unsigned(Vocabulary.current.number)])
        ])
    }

    var tip: LogTip { writer.position.tip }

    /// Writes events as one batch; gives the seq of the first.
    @discardableResult
    func write(_ events: [Event], base: [BaseElement] = []) throws -> UInt64 {
        var encoder = EntryEncoder(
            log: log.id, tip: writer.position.tip, surroundings: world.surroundings, base: base)
        try writer.append(encoder.entries(events), sealingWith: signing)
        entriesUntilSync -= events.count
        return writer.position.tip.seq - UInt64(events.count) + 1
    }

    /// Takes in what the others have published, writes the receipt that says so, and seals.
    /// `others` are sorted by their logs' ids.
    func sync(with others: [Author]) throws {
        var base: [BaseElement] = []
        for other in others where other !== self && other.published.seq > taken[other.place] {
            taken[other.place] = other.published.seq
            base.append(
                .seen(
                    log: other.log.id, seq: other.published.seq,
                    chain: other.published.chain.first))
        }
        if base.isEmpty == false {
            try write([Event(EventName.received, .none, nil)], base: base)
        }
        try publish()
    }

    func publish() throws {
        try writer.seal(with: signing)
        published = writer.position.tip
    }

    /// Whether the entry at `seq` of an author's log is held here.
    func holds(_ seq: UInt64, of author: Int) -> Bool {
        author == place || seq <= taken[author]
    }
}
