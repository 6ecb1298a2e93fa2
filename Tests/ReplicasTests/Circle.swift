// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Testing

/// The devices of one partnership and their exchange, on one disk in memory.
final class Circle {
    static let exchange = "stick"
    static let today = "2014-05-13"

    let files: MemoryFiles
    let clock = TestClock()
    let entropy: SeededEntropy
    private let memory: String?
    private(set) var replicas: [String: Replica] = [:]
    /// What stands on the founder's paper.
    private(set) var paper: RecoverySecret?

    /// `k` founds the partnership and makes the exchange; the others join as field staff.
    /// Nobody is named as the holder of a device, so that the first record is a test's own.
    init(
        _ others: String..., founder person: Person? = nil, seed: UInt64 = 1, memory: String? = nil
    ) throws {
        self.memory = memory
        files = MemoryFiles()
        entropy = SeededEntropy(seed)
        let founder = try Replica.found(
            "Thanet", by: person ?? Person(.nobody, callSign: "K"),
            at: Circle.folder("k"), surroundings,
            recovery: { self.paper = $0 })
        try founder.createExchange(at: Circle.exchange)
        replicas["k"] = founder
        for name in others { try join(name) }
        for name in others { try enrol(name) }
        for name in others { try sync(name) }
    }

    /// The same disk, of which some books are opened.
    init(copying other: Circle, opening names: [String], seed: UInt64 = 2) throws {
        memory = other.memory
        files = MemoryFiles(copying: other.files)
        entropy = SeededEntropy(seed)
        clock.set(other.clock.nowMilliseconds())
        for name in names { try open(name) }
    }

    static func folder(_ name: String) -> String { "books/\(name)" }

    var surroundings: Surroundings {
        Surroundings(
            files: files, clock: clock, entropy: entropy, index: .memory, memory: memory)
    }

    subscript(_ name: String) -> Replica {
        guard let replica = replicas[name] else { preconditionFailure("\(name) is not open") }
        return replica
    }

    func join(_ name: String) throws {
        replicas[name] = try Replica.join(
            Circle.exchange, saying: words, at: Circle.folder(name), surroundings)
    }

    /// What the partnership's eight words stand for.
    var words: [UInt8] { Array(self["k"].partnership.bytes.array.prefix(Words.count)) }

    @discardableResult
    func enrol(
        _ name: String, as role: Role = .field, by author: String = "k", _ person: Person? = nil
    ) throws -> SyncReport {
        let fingerprint = self[name].device.fingerprint
        let applicants = try self[author].applicants(in: Circle.exchange).applicants
        let applicant = try #require(applicants.first { $0.fingerprint == fingerprint })
        return try self[author].enrol(
            applicant, as: role,
            person ?? Person(.nobody, callSign: name.uppercased()),
            in: Circle.exchange
        ).report
    }

    /// `name` becomes the lead by the words on paper, and others' access ends; gives the next
    /// words.
    @discardableResult
    func recover(
        as name: String, with words: RecoverySecret?, _ person: Person? = nil,
        cutting: [String] = ["K"], in folder: String = Circle.exchange
    ) throws -> RecoverySecret {
        var next: RecoverySecret?
        let wish = RecoveryWish(
            try person ?? Person(holder: "Lou", agency: "tdc", callSign: name.uppercased()),
            cutting: cutting, reason: "The device was stolen.")
        let (replica, report) = try Replica.recover(
            folder, with: try #require(words), wish, at: Circle.folder(name), surroundings
        ) { next = $0 }
        #expect(report.failure == nil)
        add(name, replica)
        return try #require(next)
    }

    /// Signs what a device has recorded, which its next sync would do.
    func seal(_ name: String) throws {
        let log = try self[name].ownLog
        let row = try #require(self[name].book.rows.first { $0.id == log.id })
        var writer = LogWriter(
            log, at: self[name].paths.log(log.id), after: try #require(row.position), files: files)
        try writer.seal(with: self[name].device.signing)
        try open(name)
    }

    @discardableResult
    func sync(_ name: String) throws -> SyncReport {
        clock.advance(by: 60_000)
        return try self[name].sync(with: Circle.exchange)
    }

    /// Everyone syncs twice, so that all have everything.
    func meet() throws {
        for _ in 0..<2 {
            for name in replicas.keys.sorted() { try sync(name) }
        }
    }

    /// Closes a replica; its lock is let go.
    func close(_ name: String) { replicas[name] = nil }

    func open(_ name: String) throws {
        close(name)
        replicas[name] = try Replica(
            opening: Circle.folder(name), surroundings, writing: "test")
    }

    func add(_ name: String, _ replica: Replica) { replicas[name] = replica }

    /// Does what the command line does with `KIND VERB` and `--field value`.
    @discardableResult
    func tell(
        _ name: String, _ words: String, on reference: String? = nil,
        _ values: [String: String] = [:], reason: String? = nil
    ) throws -> [EntryRef] {
        clock.advance(by: 60_000)
        let parts = words.split(separator: " ")
        let kind = try #require(Vocabulary.current.kind(parts[0]))
        let verb = try #require(kind.verb(String(parts[1])))
        let record = try reference.map { try self.record(name, $0) }
        let given = try values.sorted { $0.key < $1.key }.map { field, text in
            Command.Given(try #require(verb.inputs.first { $0.field == field }), [text])
        }
        let wish = Command(
            kind, verb, on: record, values: given, notes: Command.Notes(reason: reason))
        let decision = try self[name].decide(wish, today: Circle.today)
        return try self[name].record(decision.events).places
    }

    @discardableResult
    func settle(
        _ name: String, _ reference: String, _ field: String, key: String = "",
        to value: String? = nil
    ) throws -> [EntryRef] {
        clock.advance(by: 60_000)
        let record = try record(name, reference)
        let settlement = Settlement(
            record, try #require(record.kind.field(field)), key: key,
            answer: value.map { .value($0) } ?? .none,
            notes: Command.Notes(reason: "agreed at the panel"))
        let decision = try self[name].decide(settlement, today: Circle.today)
        return try self[name].record(decision.events).places
    }

    func record(_ name: String, _ reference: String) throws -> RecordView {
        try checkKept(name)
        let book = self[name].book
        return try #require(try book.record(try book.find(reference)))
    }

    /// What a device's index keeps is what its logs say: no test reads around what is stale there.
    private func checkKept(_ name: String) throws {
        let verdict = try self[name].verify().index
        guard case .different? = verdict else { return }
        Issue.record(
            "the index of \(name) is not what its logs say: \(String(describing: verdict))")
    }

    func shown(_ name: String, _ reference: String, _ field: String) throws -> String? {
        try record(name, reference).field(field)?.shown.text
    }

    /// Every file and what it holds, short enough to be printed.
    var disk: [String: String] {
        files.bytesByPath.mapValues { "\($0.count) \(Digest.of($0).bytes.first.hex.prefix(8))" }
    }

    /// How many digests and seals the open replicas have between them.
    func voices() throws -> Int {
        for name in replicas.keys { try checkKept(name) }
        return Set(
            try replicas.values.map { "\(try $0.book.stateDigest())\($0.book.readingSeal())" }
        ).count
    }
}
