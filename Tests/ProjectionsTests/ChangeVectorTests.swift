// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Simulation
import Testing

@testable import Projections
@testable import Queries

/// Changes and bodies against `entry.txt`, which another program wrote from the format pages.
@Suite struct ChangeVectorTests {
    /// These have the form of their family, but values of several types, or one beyond a signed
    /// number: no field of a vocabulary has a type for all of it.
    private static let untyped: Set = [
        "change-latest-valid-4", "change-latest-valid-13", "change-latest-valid-14",
        "change-reading-valid-2", "change-set-valid-2",
        "change-set-valid-3",
    ]

    @Test(arguments: Vector.all("entry", kind: "change").filter { !untyped.contains($0.name) })
    func change(vector: Vector) throws {
        var body = CBORWriter()
        body.map(1)
        body.text("f")
        body.encoded(vector.bytes("change"))
        let taken = try Self.types.filter { try isTaken(body.bytes, vector.text("family"), $0) }
        #expect((taken.isEmpty == false) == (vector.text("verdict") == "valid"))
    }

    private static let types: [ValueType] = [
        .text, .choice(["high"]), .integer, .flag, .link(kind: nil),
    ]

    private func isTaken(_ changes: [UInt8], _ family: String, _ type: ValueType) throws -> Bool {
        let isKeyed = ["keyed", "reading", "tally"].contains(family)
        let options = Field.Options(key: isKeyed ? "key" : nil)
        let field = Field("f", "F", Self.family(family, of: type), type, options: options)
        let shape = Kind.Shape(title: "f")
        // A vocabulary that could not be made takes nothing.
        guard KindCheck("case", "cases", shape: shape, fields: [field], verbs: []).faults.isEmpty
        else { return false }
        let kind = Kind("case", "cases", "", shape: shape, fields: [field], verbs: [])
        let body = [UInt8](repeating: 1, count: Limits.salt) + changes
        guard case .folded? = try outcome(body, kind) else { return false }
        return true
    }

    private func outcome(_ body: [UInt8], _ kind: Kind) throws -> Fold.Outcome? {
        var log = LogBuilder(TestDevice(1), in: nil)
        for _ in 0..<20 { log.append() }
        let header = EntryHeader(
            place: (21, HybridTime(raw: 1 << 20)), type: "case.opened", subject: .creates,
            bodyDigest: EntryBody.digest(body))
        log.append([EntryBytes(header: header.encoded, body: body)])
        return try log.bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            while scanner.position.tip.seq < 21 { _ = try scanner.next() }
            guard let entry = scanner.entries.last else { return nil }
            let author = Fold.Writer(
                place: EntryRef(LogIndex(0), 21), log: log.log.id, role: .coordinator,
                creates: true)
            var state = RecordState()
            var found = Fold.EntryEffects()
            return Fold(KindPlan(kind), LinkNames { .entry($0.entry(in: $1.log)) }).add(
                FoldableEntry(entry), by: author, to: &state, found: &found)
        }
    }

    private static func family(_ name: String, of type: ValueType) -> Family {
        switch name {
        case "cautious":
            .cautious(Caution(type.name == "choice" ? .listed : .greater, mayEase: .staff))
        case "standing": .standing
        case "set": .set
        case "tally": .tally
        case "entries": .entries
        case "reading": .reading
        default: .latest
        }
    }

    @Test(arguments: Vector.all("entry", kind: "body"))
    func body(vector: Vector) throws {
        let kind = Kind(
            "case", "cases", "", shape: Kind.Shape(title: "f"),
            fields: [Field("f", "F", .latest, .text)],
            verbs: [])
        let outcome = try outcome(vector.bytes("body"), kind)
        #expect((outcome == .setAside(.malformed)) == (vector.text("verdict") == "invalid"))
    }
}
