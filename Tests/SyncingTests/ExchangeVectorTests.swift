// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

/// Files of an exchange against `exchange.txt`, which another program wrote from the format pages.
@Suite struct ExchangeVectorTests {
    @Test(arguments: Vector.all("exchange", kind: "marker"))
    func marker(vector: Vector) {
        let read = ExchangeMarker.decode(vector.bytes("file"))
        guard vector.text("verdict") == "valid" else {
            #expect(read == nil)
            return
        }
        #expect(read?.hex == vector.text("partnership"))
        #expect(read.map { ExchangeMarker.encode($0) } == vector.bytes("file"))
        #expect(vector.text("file-name") == ExchangeMarker.name)
    }

    @Test(arguments: Vector.all("exchange", kind: "request"))
    func request(vector: Vector) {
        let file = vector.bytes("file")
        #expect(Exchange.name(of: file, in: .requests) == vector.text("file-name"))
        guard vector.text("verdict") == "valid" else {
            #expect(RequestFile.decode(file) == nil)
            return
        }
        let request = Request(
            partnership: PartnershipID(vector.bytes32("partnership")),
            key: DeviceKey(vector.bytes32("signing-key")), boxKey: vector.bytes32("box-key"),
            nonce: vector.bytes16("nonce"))
        #expect(RequestFile.decode(file) == request)
        let key = SigningKey(seed: vector.bytes("signing-seed"))
        #expect(RequestFile.encode(request, signingWith: key) == file)
    }

    @Test(arguments: Vector.all("exchange", kind: "grant"))
    func grant(vector: Vector) throws {
        let file = vector.bytes("file")
        #expect(Exchange.name(of: file, in: .grants) == vector.text("file-name"))
        let box = BoxKey(seed: vector.bytes("box-secret"))
        let read = GrantFile.decode(
            file, for: DeviceKey(vector.bytes32("device-key")), openingWith: box,
            partnership: PartnershipID(vector.bytes32("asked")))
        guard vector.text("verdict") == "valid" else {
            #expect(read == nil)
            return
        }
        let grant = try #require(read)
        #expect(grant.granter.bytes == vector.bytes32("granter"))
        #expect(grant.founder.birth.encoded == vector.bytes("birth-payload"))
        let epochs = grant.epochs.map { "\($0.time.raw)/\($0.key.secret.hex)" }
        #expect(epochs == vector.words("epochs"))
        #expect(box.open(Array(file.dropFirst(GrantFile.magic.count))) == vector.bytes("message"))
        let again = try GrantFile.encode(
            grant, to: box.publicKey,
            signingWith: SigningKey(seed: vector.bytes("granter-seed")),
            from: BoxKey(seed: vector.bytes("sender-secret")))
        #expect(again == file)
    }

    @Test(arguments: segments)
    func segment(vector: Vector) throws {
        let file = vector.bytes("file")
        #expect(Exchange.name(of: file, in: .segments) == vector.text("file-name"))
        switch outcome(of: vector, try held(by: vector)) {
        case .accepted(let log, let range, _), .alreadyHeld(let log, let range, _):
            #expect(vector.text("verdict") == "valid")
            expectSlice(vector, log, range.last)
        case .waitingForKey: #expect(vector.text("for") == "key")
        case .waitingForEntries(let log, let range):
            #expect(vector.text("for") == (range.first == 1 ? "birth" : "entries"))
            #expect(range.last + 1 == vector.number("first-seq"))
            expectSlice(vector, log, vector.number("last-seq"))
        case .notHereYet: #expect(vector.text("verdict") == "not-here-yet")
        case .setAside: #expect(vector.text("verdict") == "set-aside")
        case .forked: Issue.record("no vector forks a log")
        }
    }

    private func outcome(of vector: Vector, _ held: [HeldLog]) -> FileOutcome {
        let files = MemoryFiles()
        files.put(vector.bytes("file"), at: "a.segment")
        let exchange = PartnershipID(vector.bytes32("partnership"))
        files.put(ExchangeMarker.encode(exchange), at: "x/\(ExchangeMarker.name)")
        files.put(vector.bytes("file"), at: "x/segments/a.segment")
        let ring = KeyRing(vector.words("epoch-keys").map { EpochKey(Vector.bytes32(hex: $0)) })
        guard let opened = try? Exchange(opening: "x", of: exchange, files: files),
            let collected = try? Collector(keys: ring).collect(
                from: opened, holding: held, knowing: SegmentMemory()),
            let outcome = collected.files.first?.outcome
        else { return .notHereYet }
        return outcome
    }

    private static let segments = Vector.all("exchange", kind: "segment")

    /// What taking in the segment named by `held` leaves.
    private func held(by vector: Vector) throws -> [HeldLog] {
        guard vector.text("held") != "none" else { return [] }
        let before = try #require(Self.segments.first { $0.name == vector.text("held") })
        let slice = try Slice(before.bytes("slice"))
        let partnership = PartnershipID(before.bytes32("partnership"))
        guard case .new(let growth) = SliceCheck.verdict(slice, in: partnership, holding: nil)
        else {
            Issue.record("\(before.name) is not taken in")
            return []
        }
        return [try HeldLog(scanning: FileView(copying: Frame.logMagic + growth.frames))]
    }

    private func expectSlice(_ vector: Vector, _ log: LogID, _ last: UInt64) {
        let bytes = vector.bytes("slice")
        let head = Slice.head(
            log, first: vector.number("first-seq"), before: vector.bytes32("chain-before"))
        #expect(bytes.starts(with: head))
        #expect(log.bytes == vector.bytes16("log"))
        #expect(last == vector.number("last-seq"))
        let file = vector.bytes("file")
        let keys = vector.words("epoch-keys").map { EpochKey(Vector.bytes32(hex: $0)) }
        let key = keys.first { $0.id.array == Array(file[8..<24]) }
        // A reader takes any nonce; a writer has one.
        guard let key, key.nonce(for: bytes) == Array(file[24..<48]) else { return }
        #expect(SegmentFile.encode(bytes, with: key) == file)
    }
}
