// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Simulation
import Testing

/// What an entry had seen, against `log.txt`, which another program wrote from the format pages.
@Suite struct SeenVectorTests {
    private static let logs = Vector.all("log", kind: "log")

    @Test(arguments: Vector.all("log", kind: "seen"))
    func seen(vector: Vector) throws {
        let held = Self.logs.filter { vector.words("held").contains($0.name) }
        let book = try book(of: held)
        let entry = try #require(book.logs.place(of: id(vector.text("entry"))))
        let other = book.logs.place(of: id(vector.text("other")))
        let hasSeen = other.map { book.seen.hasSeen(entry, $0, since: 1) } ?? false
        #expect(hasSeen == (vector.text("verdict") == "yes"))
    }

    private func book(of held: [Vector]) throws -> Book {
        let partnership = PartnershipID(try #require(held.first).bytes32("partnership"))
        let store = try IndexStore.inMemory(
            stamp: IndexStore.Stamp(
                partnership: partnership, vocabulary: .current))
        let sources = try held.map { vector in
            let file = vector.bytes("file")
            let log = try file.withRaw { raw throws(LogError) in try LogScanner(raw).log }
            return LogSource(log, size: file.count, isOwn: false, countsUnsealed: true) {
                FileView(copying: file)
            }
        }
        _ = try Updater(store, partnership: partnership).update(sources)
        return try Book(store, sources)
    }

    private func id(_ text: String) -> EntryID {
        let parts = text.split(separator: "/")
        guard let log = Bytes16(hex: parts[0]), let seq = UInt64(parts[1]) else {
            preconditionFailure("not an entry: \(text)")
        }
        return EntryID(log: LogID(log), seq: seq)
    }
}
