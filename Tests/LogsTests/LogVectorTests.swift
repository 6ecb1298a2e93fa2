// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

/// Logs against `log.txt`, which another program wrote from the format pages.
@Suite struct LogVectorTests {
    @Test(arguments: Vector.all("log", kind: "log"))
    func log(vector: Vector) throws {
        guard vector.text("verdict") != "not-a-log" else {
            #expect(throws: LogError.self) { try LogReading(vector.bytes("file")) }
            return
        }
        let reading = try LogReading(vector.bytes("file"))
        let position = reading.position
        #expect(position.offset == Int(vector.number("offset")))
        #expect(position.tip.seq == vector.number("entries"))
        #expect(position.sealedTip.seq == vector.number("sealed"))
        #expect(position.tip.chain == vector.bytes32("head"))
        #expect(reading.log.id.hex == vector.text("id"))
        switch reading.verdict {
        case .clean: #expect(vector.text("verdict") == "whole")
        case .torn(let offset):
            #expect(vector.text("verdict") == "torn")
            #expect(offset == position.offset)
        case .damaged(let offset, let standing):
            #expect(vector.text("verdict") == "damaged")
            #expect(offset == position.offset)
            #expect(standing > offset)
        }
        #expect((reading.error == nil) == (vector.text("verdict") == "whole"))
        if vector.text("verdict") == "whole" { expectSameBirth(reading.log, vector) }
    }

    private func expectSameBirth(_ log: LogIdentity, _ vector: Vector) {
        #expect(log.partnership.hex == vector.text("partnership"))
        #expect(log.isFounding == (vector.text("founder") == "yes"))
        let recovery = log.birth.recovery.map { [$0.signing.bytes.hex, $0.box.hex] }
        #expect(recovery ?? [] == vector.words("recovery-keys"))
        let previous = log.birth.previous.map { "\($0.log.hex)/\($0.seq)/\($0.chain.hex)" }
        #expect((previous ?? "none") == vector.text("previous"))
        let device = Self.devices[vector.text("device")]
        #expect(log.key.bytes.hex == device?.text("signing-key"))
        #expect(log.birth.boxKey.hex == device?.text("box-key"))
    }

    @Test(arguments: Vector.all("log", kind: "log").filter { $0.has("frames") })
    func `where frames begin`(vector: Vector) throws {
        let file = vector.bytes("file")
        try file.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            var offsets = [Frame.logMagic.count]
            repeat { offsets.append(scanner.position.offset) } while try scanner.next() != nil
            // The end of the last frame is read last, and no frame begins there.
            let read = offsets.dropLast().map { "\($0)" }
            #expect(read == vector.words("frames"))
        }
    }

    @Test(arguments: Vector.all("log", kind: "entry"))
    func entry(vector: Vector) throws {
        let log = try #require(Self.logs[vector.text("of")])
        try log.bytes("file").withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            while scanner.position.tip.seq < vector.number("seq") { _ = try scanner.next() }
            guard let view = scanner.entries.first(where: { $0.header.seq == vector.number("seq") })
            else {
                Issue.record("the entry is not there")
                return
            }
            expectSame(view.header, vector)
            #expect(view.header.encoded == vector.bytes("header"))
            #expect(view.body.map { Array($0) } == vector.optionalBytes("body"))
            #expect(view.chain == vector.bytes32("chain"))
        }
    }

    @Test(arguments: Vector.all("log", kind: "log").filter { $0.text("verdict") == "whole" })
    func `what is read can be written again, byte for byte`(vector: Vector) throws {
        let device = try #require(Self.devices[vector.text("device")])
        let key = SigningKey(seed: device.bytes("signing-seed"))
        let file = vector.bytes("file")
        try file.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            var written = LogWriter.opening(scanner.log)
            while let step = try scanner.next() {
                let tip = scanner.position.tip
                switch step {
                case .batch:
                    let entries = scanner.entries.map { stored($0, in: raw) }
                    written += Frame.bytes(.batch, Batch.payload(entries, chain: tip.chain))
                case .seal:
                    written += Frame.bytes(.seal, Seal(tip, of: scanner.log, with: key).encoded)
                }
            }
            #expect(written == file)
        }
    }

    /// The entry's two items as they stand: a later version may have written the header, and the
    /// body may be rotten.
    private func stored(_ view: EntryView, in raw: UnsafeRawBufferPointer) -> EntryBytes {
        do {
            var reader = CBORReader(UnsafeRawBufferPointer(rebasing: raw[view.offset...]))
            let header = Array(try reader.bytes(limit: Limits.header))
            let body = reader.takeNull() ? nil : Array(try reader.bytes(limit: Limits.body))
            return EntryBytes(header: header, body: body)
        } catch {
            Issue.record("an entry that was read cannot be read again: \(error)")
            return EntryBytes(header: [], body: nil)
        }
    }

    private static let devices = byName("device")
    private static let logs = byName("log")

    private static func byName(_ kind: String) -> [String: Vector] {
        let vectors = Vector.all("log", kind: kind)
        return Dictionary(uniqueKeysWithValues: vectors.map { ($0.name, $0) })
    }
}
