// SPDX-License-Identifier: MIT
import Basics
import Events
import Queries
import Replicas
import Simulation
import Testing

/// `init` and `join` stopped anywhere can be run again.
@Suite struct BeginningTests {
    private static let faults: [Fault] = [
        .fails(.other), .stopsShort(keeping: 70), .crashes(.before),
        .crashes(.midway(keeping: 300)), .crashes(.zeroFilled(keeping: 30)), .crashes(.after),
    ]

    private let clock = TestClock()
    private let entropy = SeededEntropy(5)
    private let opened = Event("case.opened", .creates, ["title": .text("Noise")])

    private func surroundings(_ files: MemoryFiles) -> Surroundings {
        Surroundings(files: files, clock: clock, entropy: entropy, index: .memory)
    }

    private func found(_ files: MemoryFiles) throws -> Replica {
        try Replica.found(
            "Thanet", by: Person(holder: "Kay", agency: "tdc", callSign: "K"), at: "books/k",
            surroundings(files))
    }

    /// Runs work that each fault strikes at each call in turn, and looks at the disk then.
    private func strikeEach(
        _ start: MemoryFiles, _ work: (MemoryFiles) throws -> Void,
        then look: (MemoryFiles) throws -> Void
    ) throws {
        var call = 1
        var hasStruck = true
        while hasStruck {
            hasStruck = false
            for fault in BeginningTests.faults {
                let files = MemoryFiles(copying: start)
                files.plan(fault, atCall: call)
                do { try work(files) } catch { #expect(error is Failure) }
                hasStruck = hasStruck || files.calls >= call
                files.restart()
                try look(files)
            }
            call += 1
        }
        #expect(call > 10)
    }

    @Test func `a partnership whose founding was stopped is founded`() throws {
        try strikeEach(MemoryFiles()) { files in
            _ = try found(files)
        } then: { files in
            let replica = try found(files)
            #expect(replica.book.rows.count == 1)
            #expect(files.paths(under: "books/k/logs").count == 1)
            #expect(try replica.record([opened]).trouble == nil)
        }
    }

    @Test func `a device whose joining was stopped asks once, and has its key first`() throws {
        let start = MemoryFiles()
        let words = try {
            let founder = try found(start)
            try founder.createExchange(at: "stick")
            return Array(founder.partnership.bytes.array.prefix(Words.count))
        }()
        try strikeEach(start) { files in
            _ = try Replica.join(
                "stick", saying: words, at: "books/a", surroundings(files))
        } then: { files in
            let requests = files.paths(under: "stick/requests").filter { $0.hasSuffix(".request") }
            #expect(requests.isEmpty || files.bytesByPath["books/a/device.key"] != nil)
            let replica = try Replica.join(
                "stick", saying: words, at: "books/a", surroundings(files))
            let founder = try Replica(opening: "books/k", surroundings(files), writing: nil)
            let applicants = try founder.applicants(in: "stick").applicants
            #expect(applicants.map(\.fingerprint) == [replica.device.fingerprint])
            #expect(files.paths(under: "books/a/logs").count == 1)
        }
    }

    @Test func `a folder with a book that was used, or with other things, is left`() throws {
        let files = MemoryFiles()
        do { _ = try found(files).record([opened]) }
        let log = try #require(files.paths(under: "books/k/logs").first)
        let bytes = try #require(files.bytesByPath[log])
        for path in ["books/k/device.key", "books/k/letter.txt"] {
            let other = MemoryFiles(copying: files)
            if path.hasSuffix(".key") { other.takeAway(path) } else { other.put([1], at: path) }
            #expect(throws: Failure.self) { _ = try found(other) }
            #expect(other.bytesByPath[log] == bytes)
        }
    }
}
