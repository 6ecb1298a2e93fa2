// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

/// A partnership for tests: its founder's log, its key, and more logs of it.
struct Circle {
    let founder: LogBuilder
    let key = EpochKey(Circle.bytes32(7))
    let logsFolder = "replica/logs"

    init(founderBatches: Int = 3) {
        founder = LogBuilder(TestDevice(1), in: nil, batches: founderBatches)
    }

    var id: PartnershipID { founder.log.partnership }
    var ring: KeyRing { KeyRing([key]) }

    /// A log of device `number`, sealed after each of its batches.
    func log(_ number: UInt8, batches: Int = 6, bodySize: Int = 8) -> LogBuilder {
        var builder = LogBuilder(TestDevice(number), in: id)
        for _ in 0..<batches {
            builder.append(1, bodySize: bodySize)
            builder.seal()
        }
        return builder
    }

    /// The file of a slice with the entries `first` to `last`.
    func segment(_ builder: LogBuilder, _ first: UInt64, _ last: UInt64) throws -> [UInt8] {
        SegmentFile.encode(try slice(builder, first, last), with: key)
    }

    func slice(_ builder: LogBuilder, _ first: UInt64, _ last: UInt64) throws -> [UInt8] {
        var cutter = Cutter(builder.held(), covering: SeqRange(first: first, last: last))
        let cut = try cutter.next()
        return try #require(cut).slice
    }

    func exchange(_ files: MemoryFiles = MemoryFiles()) throws -> Exchange {
        try Exchange.create(at: "x", partnership: id, files: files)
    }

    static func bytes32(_ byte: UInt8) -> Bytes32 {
        let half = Bytes16(
            high: UInt64(byte) &* 0x0101_0101_0101_0101, low: UInt64(byte) &* 0x0101_0101_0101_0101)
        return Bytes32(first: half, second: half)
    }
}

extension LogBuilder {
    func held(isOwn: Bool = false) -> HeldLog {
        HeldLog(log, at: position, in: FileView(copying: bytes), isOwn: isOwn)
    }

    /// The log as it is held up to entry `seq`, which a seal covers.
    func held(through seq: UInt64) throws -> HeldLog {
        let place = try bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            while scanner.position.sealedTip.seq < seq, try scanner.next() != nil {}
            return scanner.position
        }
        return HeldLog(
            log, at: place, in: FileView(copying: Array(bytes.prefix(place.offset))))
    }
}
