// SPDX-License-Identifier: MIT
import Basics
import Events
import Foundation
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Testing

/// The index on a real disk: a cache that may be lost or spoiled.
@Suite struct IndexFileTests {
    private func withBook(_ body: (String, Surroundings) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("beatbook-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let surroundings = Surroundings(
            files: DiskFiles(), clock: TestClock(), entropy: SeededEntropy(3))
        try fill(folder, surroundings)
        try body(folder, surroundings)
    }

    private func fill(_ folder: String, _ surroundings: Surroundings) throws {
        let replica = try Replica.found(
            "Thanet", by: Person(.nobody, callSign: "K"), at: folder,
            surroundings)
        _ = try replica.record(
            (1...200).map { number in
                Event(
                    "case.opened", .creates,
                    ["title": .text("Case \(number)"), "status": .text("opened")])
            })
    }

    private func digest(
        _ folder: String, _ surroundings: Surroundings, writing: String?
    ) throws -> Digest {
        let replica = try Replica(opening: folder, surroundings, writing: writing)
        return try replica.book.stateDigest()
    }

    @Test func `an index that is gone or spoiled is made anew with the same digest`() throws {
        try withBook { folder, surroundings in
            let wanted = try digest(folder, surroundings, writing: nil)
            let path = "\(folder)/index.sqlite"
            for spoil in Spoil.allCases {
                for writing in [nil, "test"] as [String?] {
                    try spoil.apply(to: path)
                    let found = try digest(folder, surroundings, writing: writing)
                    #expect(found == wanted, "\(spoil)")
                }
            }
        }
    }

    @Test func `a rebuild needs nothing of the index that was there`() throws {
        try withBook { folder, surroundings in
            let wanted = try digest(folder, surroundings, writing: nil)
            let path = "\(folder)/index.sqlite"
            var page = 0
            while true {
                for suffix in ["-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: path + suffix)
                }
                var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                guard page < bytes.count else { break }
                let end = min(page + 4_096, bytes.count)
                bytes.replaceSubrange(page..<end, with: Data(count: end - page))
                try bytes.write(to: URL(fileURLWithPath: path))
                let replica = try Replica(
                    opening: folder, surroundings, writing: "test", replacesIndex: true)
                #expect(try replica.book.stateDigest() == wanted, "page at \(page)")
                page += 4_096
            }
            #expect(page > 0)
        }
    }

    @Test func `a damaged page of the index hinders no recording`() throws {
        try withBook { folder, surroundings in
            let path = "\(folder)/index.sqlite"
            let pages = try Data(contentsOf: URL(fileURLWithPath: path)).count / 4_096
            for page in 0..<pages {
                for suffix in ["-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: path + suffix)
                }
                var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                let start = min(page, bytes.count / 4_096 - 1) * 4_096
                bytes.replaceSubrange(start..<(start + 4_096), with: Data(count: 4_096))
                try bytes.write(to: URL(fileURLWithPath: path))
                let title = "With page \(page)"
                let event = Event("case.opened", .creates, ["title": .text(title)])
                var recorded: EntryID?
                do {
                    let replica = try Replica.writing(in: folder, surroundings, for: "test")
                    recorded = try replica.record([event]).entries.first
                }
                let again = try Replica(
                    opening: folder, surroundings, writing: "test", replacesIndex: true)
                let places = again.book.logs
                let place = try #require(recorded.flatMap { places.place(of: $0) })
                #expect(try again.book.record(place)?.title == title)
                #expect(again.book.rows.count == 1)
            }
            #expect(pages > 5)
        }
    }

    @Test func `a log that is mended beside a reader is not called damaged`() throws {
        try withBook { folder, surroundings in
            let logs = "\(folder)/logs"
            let name = try #require(try DiskFiles().list(logs).first).name
            let whole = try DiskFiles().read("\(logs)/\(name)", limit: 1 << 24)
            let poor = BodySpoiler.log(whole) { $0.subject == .creates && $0.seq < 100 }
            try DiskFiles().replace("\(logs)/\(name)", poor)
            _ = try Replica(opening: folder, surroundings, writing: "test", replacesIndex: true)
            let reader = try Replica(opening: folder, surroundings, writing: nil)
            let place = EntryRef(try #require(reader.book.rows.first).index, 150)
            // Bodies come back to the file while the reader has not opened it yet.
            try DiskFiles().replace("\(logs)/\(name)", whole)
            do {
                _ = try reader.book.entries(of: place)
                Issue.record("entries were read where others stand")
            } catch let error as Failure {
                #expect(error.kind == .locked)
                #expect(error.sentence.contains("while this command read it"))
            }
            let later = try Replica(opening: folder, surroundings, writing: nil)
            #expect(try later.book.entries(of: place).count == 1)
            #expect(try later.verify().isClean)
        }
    }

    @Test func `what is recorded while the index is busy is recorded once`() throws {
        try withBook { folder, surroundings in
            let replica = try Replica(opening: folder, surroundings, writing: "test")
            let other = try IndexStore.open(
                file: "\(folder)/index.sqlite",
                stamp: IndexStore.Stamp(
                    partnership: replica.partnership, vocabulary: .current)
            ).store
            let event = Event("case.opened", .creates, ["title": .text("Beside")])
            var recorded: Recorded?
            try other.transaction { () throws(Failure) in
                recorded = attempt { try replica.record([event]) }
            }
            let first = try #require(recorded)
            #expect(first.trouble?.kind == .locked)
            #expect(first.places.isEmpty)
            let second = try replica.record([event])
            #expect(second.trouble == nil)
            #expect(second.entries[0].seq == first.entries[0].seq + 1)
            let place = EntryRef(second.places[0].log, first.entries[0].seq)
            #expect(try replica.book.record(place)?.title == "Beside")
        }
    }

    @Test func `a reader beside a writer reads the book of one moment`() throws {
        try withBook { folder, surroundings in
            let reader = try Replica(opening: folder, surroundings, writing: nil)
            let place = EntryRef(try #require(reader.book.rows.first).index, 4)
            #expect(try reader.book.entries(of: place).count == 1)
            let writer = try Replica(opening: folder, surroundings, writing: "test")
            for _ in 0..<60 {
                let id = EntryID(log: writer.device.log, seq: 4)
                let note = Event("case.changed", .record(id), ["title": .text("Another name")])
                #expect(try writer.record([note]).trouble == nil)
            }
            #expect(try reader.book.entries(of: place).count == 1)
            #expect(try reader.book.record(place)?.title == "Case 1")
            let later = try Replica(opening: folder, surroundings, writing: nil)
            #expect(try later.book.entries(of: place).count == 61)
        }
    }

    private func attempt(_ work: () throws -> Recorded) -> Recorded? {
        do { return try work() } catch {
            Issue.record("recording failed: \(error)")
            return nil
        }
    }

    @Test func `a book in a folder that was there before is its owner's alone`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("beatbook-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        let surroundings = Surroundings(
            files: DiskFiles(), clock: TestClock(), entropy: SeededEntropy(3))
        try fill(folder, surroundings)
        func others(_ path: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return try #require(attributes[.posixPermissions] as? Int) & 0o077
        }
        #expect(try others(folder) == 0)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            #expect(try others("\(folder)/\(name)") == 0, "\(name)")
        }
        #expect(FileManager.default.fileExists(atPath: "\(folder)/index.sqlite-wal"))
    }

    @Test func `an index that its opening has filled is not filled again`() throws {
        try withBook { folder, surroundings in
            try Spoil.removed.apply(to: "\(folder)/index.sqlite")
            let replica = try Replica(opening: folder, surroundings, writing: "test")
            let filled = ObjectIdentifier(replica.book)
            #expect(try replica.freshIndex().recordsTouched == 200)
            #expect(ObjectIdentifier(replica.book) == filled)
            let later = try Replica(opening: folder, surroundings, writing: nil)
            let book = ObjectIdentifier(later.book)
            #expect(try later.freshIndex().recordsTouched == 200)
            #expect(ObjectIdentifier(later.book) != book)
        }
    }

    @Test func `the write-ahead log stays short, so that opening stays quick`() throws {
        try withBook { folder, surroundings in
            for number in 1...60 {
                let replica = try Replica(opening: folder, surroundings, writing: "test")
                _ = try replica.record([
                    Event("case.opened", .creates, ["title": .text("More \(number)")])
                ])
            }
            // Pages of 4,096 bytes with 24 before each, and those of one more commit.
            let path = "\(folder)/index.sqlite-wal"
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            #expect((size ?? .max) < 256 * 4_120)
        }
    }

    private enum Spoil: CaseIterable {
        case removed, empty, garbage, garbageAtStart, garbageInside, cutInHalf

        func apply(to path: String) throws {
            for suffix in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + suffix)
            }
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            switch self {
            case .removed: return try FileManager.default.removeItem(atPath: path)
            case .empty: bytes = Data()
            case .garbage: bytes = Data(repeating: 0xa5, count: bytes.count)
            case .garbageAtStart: bytes.replaceSubrange(0..<64, with: Data(repeating: 7, count: 64))
            case .cutInHalf: bytes = bytes.prefix(bytes.count / 2)
            case .garbageInside:
                let page = 4_096..<min(16_384, bytes.count)
                bytes.replaceSubrange(page, with: Data(repeating: 0xa5, count: page.count))
            }
            try bytes.write(to: URL(fileURLWithPath: path))
        }
    }
}
