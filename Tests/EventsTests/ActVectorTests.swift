// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Simulation
import Testing

/// What circles, erasures, reports and lists are made of, against `acts.txt`, which another program
/// wrote from the format pages.
@Suite struct ActVectorTests {
    @Test(arguments: Vector.all("acts", kind: "act"))
    func act(vector: Vector) throws {
        let changes = Array(vector.bytes("body").dropFirst(Limits.salt))
        let event = Self.read(vector.text("type"), try CBORValue(changes))
        #expect((event != nil) == (vector.text("verdict") == "valid"))
        guard let event else { return }
        #expect(event.type == vector.text("type"))
        #expect(event.subject == .none)
        #expect(event.encodedChanges == changes)
    }

    /// What is said, read by whoever reads the type, and written again.
    private static func read(_ type: String, _ changes: CBORValue) -> Event? {
        CircleEvent(type: type, changes)?.event ?? ErasureEvent(type: type, changes)?.event
            ?? PublishedReport(type: type, changes)?.event
    }

    private static let types =
        CircleEvent.types + ErasureEvent.types + [EventName.reportPublished]

    @Test func `every type is among the vectors, used and unused, and is nobody else's`() {
        let vectors = Vector.all("acts", kind: "act")
        for verdict in ["valid", "invalid"] {
            let types = vectors.filter { $0.text("verdict") == verdict }.map { $0.text("type") }
            #expect(Set(types) == Set(Self.types))
        }
        #expect(Set(Self.types).isDisjoint(with: EventName.used))
        #expect(Self.types.contains(EventName.sealed) == false)
    }

    @Test(arguments: Vector.all("acts", kind: "sealed"))
    func sealed(vector: Vector) throws {
        let bytes = vector.bytes("body")
        let body = SealedBody(bytes)
        #expect((body != nil) == (vector.text("verdict") == "valid"))
        guard let body else { return }
        #expect(body.encoded == bytes)
        let place = SealedBody.Place(
            in: PartnershipID(vector.bytes32("partnership")), log: LogID(vector.bytes16("log")),
            seq: vector.number("seq"), record: vector.bytes("record"))
        let key = EpochKey(vector.bytes32("key"))
        let content = body.opened(at: place, with: key)
        #expect((content != nil) == (vector.text("opens") == "yes"))
        #expect(body.opened(at: place, with: EpochKey(.zero)) == nil)
        guard let content else { return }
        #expect(content.type == vector.text("type"))
        #expect(content.salt == vector.bytes("salt"))
        #expect(CBORValue.map(named: content.changes).encoded == vector.bytes("changes"))
        #expect(SealedBody(content, at: place, under: key, nonce: body.nonce) == body)
        let access = AccessEvent(content)
        #expect((access?.act.rawValue ?? "none") == vector.text("access"))
        #expect(access.map { $0.content(salt: content.salt) == content } ?? true)
    }

    @Test(arguments: Vector.all("acts", kind: "part"))
    func part(vector: Vector) throws {
        let content = PartContent(try CBORValue(vector.bytes("content")))
        let accepted = content.flatMap { Acceptance($0) }
        #expect((accepted != nil) == (vector.text("verdict") == "valid"))
        guard let accepted else { return }
        #expect(Acceptance(accepted.content) == accepted)
    }

    @Test(arguments: Vector.all("acts", kind: "file"))
    func file(vector: Vector) throws {
        let value = try CBORValue(vector.bytes("value"))
        let file = FileValue(value)
        #expect((file != nil) == (vector.text("verdict") == "valid"))
        guard let file else { return }
        #expect(file.value == value)
        let (plain, closed) = (vector.bytes("plain"), vector.bytes("closed"))
        #expect(file.opened(closed) == plain)
        #expect(file.opened(closed + [0]) == nil)
        let made = FileValue.closing(
            plain, as: file.mediaType, called: file.name, under: file.key)
        #expect(made.value == file)
        #expect(made.closed == closed)
    }
}
