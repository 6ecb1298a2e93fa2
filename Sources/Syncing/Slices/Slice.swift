// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// A piece of one log as it travels: a head that says where it belongs, and log frames that end in
/// a seal. Reading one says nothing yet of its frames; `SliceCheck` does.
package struct Slice: Hashable, Sendable {
    package let log: LogID
    package let first: UInt64
    /// The log's chain value before `first`.
    package let before: Bytes32
    package let bytes: [UInt8]
    /// The id of the key that it was encrypted with; nil where it came in no segment.
    package let key: Bytes16?
    /// Where in `bytes` the frames begin.
    let framesStart: Int
    /// Whether the log that it was cut from holds more than its device has signed.
    private(set) var isGoneOnWith = false

    /// Reads a slice's head; throws what is wrong with it.
    package init(_ bytes: [UInt8], under key: Bytes16? = nil) throws(FileFault) {
        do throws(CBORError) {
            let head = try bytes.withRaw { raw throws(CBORError) in
                var reader = CBORReader(raw)
                guard try reader.array() == 3 else { throw .unexpectedType }
                let log = LogID(try reader.bytes16())
                let first = try reader.unsigned()
                guard first >= 1 else { throw .outOfRange }
                return (log, first, try reader.bytes32(), reader.position)
            }
            (log, first, before, framesStart) = head
            self.bytes = bytes
            self.key = key
        } catch {
            throw .headMalformed(error)
        }
    }

    /// The bytes of a slice's head.
    package static func head(_ log: LogID, first: UInt64, before: Bytes32) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(3)
        writer.bytes16(log.bytes)
        writer.unsigned(first)
        writer.bytes32(before)
        return writer.bytes
    }

    /// The slice that is all of a log file up to its last valid seal.
    ///
    /// Throws `.unsealed` if nothing in it is signed, `.broken` if it is no log.
    package init(logFile file: UnsafeRawBufferPointer) throws(FileFault) {
        let held = try HeldLog.scan(file, checksBodies: false)
        guard held.end > held.birthEnd else {
            let isDamaged = held.position.tip.seq == 0 && file.count > held.birthEnd
            throw isDamaged ? .broken(.frameIncomplete) : .unsealed
        }
        let frames = file[Frame.logMagic.count..<held.end]
        try self.init(Slice.head(held.log.id, first: 1, before: held.log.origin) + frames)
        isGoneOnWith = held.position.tip.seq > held.position.sealedTip.seq
    }

    /// Gives to `body` the slice's entries whose bodies are here, unless none of these texts stands
    /// in it; and gives the seal that it ends in and that covers them. Nothing of them is proved.
    func entries(ifAny texts: [String], _ body: (EntryView) -> Void) -> Seal? {
        bytes.withRaw { raw in
            guard texts.contains(where: { raw.contains(Array($0.utf8)) }) else { return nil }
            let frames = UnsafeRawBufferPointer(rebasing: raw[framesStart...])
            let tip = LogTip(seq: first - 1, time: HybridTime(raw: 0), chain: before)
            return LooseEntries.read(frames, of: log, after: tip, body)
        }
    }

    /// The first half of the chain value that a seal of the slice covers at `seq`; nil if none
    /// does. The slice was read before.
    func chain(sealedAt seq: UInt64) -> Bytes16? {
        seals.first { $0.seq == seq }?.chain.first
    }

    /// The last entry that a seal of the slice covers; 0 if it has none.
    var last: UInt64 { seals.last?.seq ?? 0 }

    private var seals: [Seal] {
        bytes.withRaw { raw in
            var seals: [Seal] = []
            var offset = framesStart
            while let frame = Frame.seal(raw, at: offset) {
                if let seal = frame.seal { seals.append(seal) }
                offset = frame.end
            }
            return seals
        }
    }

    /// The frames alone, of which `offset` bytes are left out at the front.
    func frames(from offset: Int = 0) -> [UInt8] { Array(bytes[(framesStart + offset)...]) }

    /// The frames that lie in a range of bytes, counted from the first of them.
    func frames(in range: Range<Int>) -> [UInt8] {
        Array(bytes[(framesStart + range.lowerBound)..<(framesStart + range.upperBound)])
    }
}
