// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Generator
import Logs
import Projections
import Queries
import Replicas
import Testing

@Suite struct GeneratorTests {
    private let folder: String
    private let book: GeneratedBook

    init() throws {
        var plan = BookPlan()
        plan.devices = 12
        plan.events = 4_000
        plan.records = 400
        plan.syncEvery = 40
        folder = FileManager.default.temporaryDirectory
            .appending(path: "generated-\(UUID().uuidString)").path(percentEncoded: false)
        book = try GeneratedBook(plan)
        try book.write(to: folder, DiskFiles())
    }

    @Test func `one seed makes one book`() throws {
        defer { clear() }
        #expect(try GeneratedBook(book.plan).digest == book.digest)
        var other = book.plan
        other.seed += 1
        #expect(try GeneratedBook(other).digest != book.digest)
    }

    @Test func `a generated book opens whole and stands every check`() throws {
        defer { clear() }
        let replica = try open()
        #expect(replica.remarks == [])
        #expect(try replica.book.waiting().isEmpty && replica.book.asides().isEmpty)
        #expect(replica.book.roster.devices.count == book.plan.devices)
        let verification = try Verification(of: logs(), nil)
        #expect(verification.isClean)
        #expect(verification.entries >= UInt64(book.events))
        #expect(verification.basesChecked > 0)
    }

    @Test func `a few of a thousand events clash`() throws {
        defer { clear() }
        let work = try open().book.workCount()
        #expect((1...40).contains(work.conflicts))
    }

    @Test func `what the book lacks is taken in from the exchange`() throws {
        defer { clear() }
        let files = DiskFiles()
        for file in try files.list("\(folder)/news") {
            let bytes = try files.read("\(folder)/news/\(file.name)", limit: 1 << 22)
            try files.create("\(folder)/exchange/segments/\(file.name)", bytes)
        }
        let report = try open().sync(with: "\(folder)/exchange")
        #expect(report.newEntries >= book.plan.news)
    }

    private func open() throws -> Replica {
        let surroundings = Surroundings(
            files: DiskFiles(), clock: Now(), entropy: SystemEntropy())
        return try Replica(opening: "\(folder)/book", surroundings, writing: "test")
    }

    private func logs() throws -> [LogSource] {
        let files = DiskFiles()
        return try files.list("\(folder)/book/logs").map { file in
            let path = "\(folder)/book/logs/\(file.name)"
            let view = try files.view(path)
            let (log, _) = try withExtendedLifetime(view) { try LogScanner.birth(view.bytes) }
            return LogSource(log, size: file.size, isOwn: false) {
                () throws(Failure) in try files.view(path)
            }
        }
    }

    private func clear() { try? FileManager.default.removeItem(atPath: folder) }
}

private struct Now: WallClock {
    func nowMilliseconds() -> UInt64 { 1_440_000_000_000 }
}
