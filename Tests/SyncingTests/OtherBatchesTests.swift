// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

/// Nobody signs where a batch ends: who carries a log may put its entries together otherwise.
@Suite struct OtherBatchesTests {
    private static let count = 6
    private let circle = Circle()

    /// The log of device 2 with its entries in batches that end where bits are set, and one seal.
    private func log(endingAt bits: Int, mark: UInt8 = 0, from marked: Int = 0) -> LogBuilder {
        var (one, builder) = (circle.log(2, batches: 0), circle.log(2, batches: 0))
        var batch: [EntryBytes] = []
        for place in 0..<Self.count {
            let entry = LogBuilder.entry(
                seq: one.position.tip.seq + 1, after: one.position.tip.time, bodySize: 8,
                mark: place >= marked ? mark : 0)
            one.append([entry])
            batch.append(entry)
            guard place == Self.count - 1 || bits >> place & 1 == 1 else { continue }
            builder.append(batch)
            batch = []
        }
        builder.seal()
        return builder
    }

    /// What each entry of a file, all of which is sealed, comes to.
    private func read<Item>(_ file: [UInt8], _ item: (EntryView) -> Item) throws -> [Item] {
        try file.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            var items: [Item] = []
            while let step = try scanner.next() {
                if step == .batch { items += scanner.entries.map(item) }
            }
            #expect(scanner.isSealed)
            return items
        }
    }

    private func entries(_ file: [UInt8]) throws -> [String] {
        try read(file) { "\($0.chain) \($0.body?.count ?? 0)" }
    }

    @Test func `all is taken in, wherever what is held ends and the batches do`() throws {
        let whole = try entries(log(endingAt: 0).bytes)
        for bits in 0..<32 {
            let other = log(endingAt: bits)
            for held in 1..<UInt64(Self.count) {
                let short = try circle.log(2).held(through: held)
                let slice = try Slice(circle.slice(other, 1, UInt64(Self.count)))
                let verdict = SliceCheck.verdict(slice, in: circle.id, holding: short)
                guard case .new(let growth) = verdict else {
                    Issue.record("batches \(bits) after \(held): \(verdict)")
                    continue
                }
                #expect(growth.range == SeqRange(first: held + 1, last: UInt64(Self.count)))
                let file = short.view.copy(0...) + growth.frames
                #expect(try entries(file) == whole, "batches \(bits) after \(held)")
            }
        }
    }

    @Test func `another history is taken in where it parts within a batch`() throws {
        for parting in 1..<Self.count {
            let held = log(endingAt: 0)
            let fork = log(endingAt: 1 << (parting - 1), mark: 1, from: parting)
            var station = Station(circle.log(8, batches: 1), in: circle)
            let exchange = try circle.exchange(station.files)
            let names = [held, fork].map {
                "x/segments/\(Base32.text($0.bytes.suffix(20))).segment"
            }
            station.files.put(try circle.segment(held, 1, UInt64(Self.count)), at: names[0])
            try station.collect(exchange)
            // It begins where the two part, within what is one batch here.
            let rest = try slice(of: fork, from: parting)
            station.files.put(SegmentFile.encode(rest, with: circle.key), at: names[1])
            try station.collect(exchange)
            let logs = station.logs.filter { $0.key.contains(held.log.id.hex) }.values
            let found = try logs.map { try entries($0) }.sorted { $0.last ?? "" < $1.last ?? "" }
            let wanted = try [held, fork].map { try entries($0.bytes) }
                .sorted { $0.last ?? "" < $1.last ?? "" }
            #expect(found == wanted, "parting at \(parting)")
        }
    }

    @Test func `bodies that no one batch holds come back, with the seals that were left out`()
        throws
    {
        var whole = circle.log(2, batches: 0)
        for _ in 0..<Self.count {
            whole.create(bodySize: 200_000)
            whole.seal()
        }
        // All entries in one batch, without what they say, under the last of the seals.
        var poor = circle.log(2, batches: 0)
        poor.append(
            try read(whole.bytes) { EntryBytes(header: $0.header.encoded, body: nil) })
        poor.seal()
        var station = Station(circle.log(8, batches: 1), in: circle)
        let exchange = try circle.exchange(station.files)
        let names = ["one", "two"].map { "x/segments/\($0).segment" }
        let slices = [poor.bytes, whole.bytes].map {
            Slice.head(whole.log.id, first: 1, before: whole.log.origin)
                + $0.dropFirst(Frame.logMagic.count)
        }
        for (name, slice) in zip(names, slices) {
            station.files.put(SegmentFile.encode(slice, with: circle.key), at: name)
            try station.collect(exchange)
        }
        let file = try #require(station.logs.first { $0.key.contains(whole.log.id.hex) }?.value)
        #expect(try entries(file) == entries(whole.bytes))
        #expect(file == whole.bytes)
    }

    /// The slice of a log of two batches that begins with the second.
    private func slice(of log: LogBuilder, from seq: Int) throws -> [UInt8] {
        let before = try log.bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            while scanner.position.tip.seq < UInt64(seq), try scanner.next() != nil {}
            return scanner.position
        }
        return Slice.head(log.log.id, first: UInt64(seq) + 1, before: before.tip.chain)
            + log.bytes[before.offset...]
    }
}
