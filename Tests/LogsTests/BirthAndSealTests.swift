// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

@Suite struct BirthTests {
    private let device = TestDevice(3)
    private let partnership = PartnershipID(
        Bytes32(
            first: Bytes16(high: 1, low: 2), second: Bytes16(high: 3, low: 4)))

    private func read(_ bytes: [UInt8]) throws(LogError) -> Birth {
        try bytes.withRaw { raw throws(LogError) in try Birth(raw) }
    }

    private var recovery: RecoveryKeys {
        RecoveryKeys(signing: TestDevice(4).key.publicKey, box: TestDevice(4).box.publicKey)
    }

    private var full: Birth {
        Birth(
            partnership: nil, keys: (device.key.publicKey, device.box.publicKey),
            nonce: Bytes16(high: 9, low: 9),
            previous: Birth.Previous(
                log: LogID(Bytes16(high: 1, low: 1)), seq: 4, chain: partnership.bytes),
            recovery: recovery)
    }

    @Test func `a birth is read as it was written`() throws {
        for birth in [full, device.birth(in: partnership), device.birth(in: nil)] {
            #expect(try read(birth.encoded) == birth)
            let identity = try birth.encoded.withRaw { raw throws(LogError) in
                try LogIdentity(payload: raw)
            }
            #expect(identity == LogIdentity(birth))
        }
    }

    @Test func `the founder's partnership is named by its own first chain value`() {
        let founder = LogIdentity(device.birth(in: nil))
        #expect(founder.isFounding)
        #expect(founder.partnership.bytes == founder.origin)
        #expect(founder.id.bytes == founder.origin.first)
        let member = LogIdentity(device.birth(in: partnership))
        #expect(member.isFounding == false)
        #expect(member.partnership == partnership)
    }

    @Test func `recovery keys are the founder's alone`() throws {
        let member = Birth(
            partnership: partnership, keys: (device.key.publicKey, device.box.publicKey),
            nonce: Bytes16(high: 9, low: 9), recovery: recovery)
        #expect(throws: LogError.self) { try read(member.encoded) }
    }

    @Test func `a birth that is cut, longer or of other shape is none`() {
        let good = full.encoded
        for length in good.indices {
            #expect(throws: LogError.self) { try read(Array(good.prefix(length))) }
        }
        #expect(throws: LogError.birthMalformed(.trailingBytes)) { try read(good + [0xf6]) }
        #expect(throws: LogError.birthMalformed(.unexpectedType)) {
            try read(CBORValue.array([.null, .null]).encoded)
        }
    }

    @Test func `a file without magic or birth is not a log`() throws {
        let log = LogBuilder.sample
        for length in 0..<log.ends[0] {
            #expect(throws: LogError.self) { try LogReading(Array(log.bytes.prefix(length))) }
        }
        let headless = Frame.logMagic + log.bytes[log.ends[0]...]
        #expect(throws: LogError.birthMissing) { try LogReading(headless) }
    }

    @Test func `there is one birth`() throws {
        let log = LogBuilder.sample
        let birth = log.bytes[Frame.logMagic.count..<log.ends[0]]
        let reading = try LogReading(log.bytes + birth)
        #expect(reading.error == .birthAgain)
        #expect(reading.position == log.position)
    }
}

@Suite struct SealTests {
    private let log = LogBuilder.sample

    private func error(_ seal: [UInt8]) throws -> LogError? {
        try LogReading(log.bytes + Frame.bytes(.seal, seal)).error
    }

    private func seal(_ tip: LogTip, by device: TestDevice, of identity: LogIdentity) -> [UInt8] {
        Seal(tip, of: identity, with: device.key).encoded
    }

    @Test func `a good seal covers all before it`() throws {
        #expect(try error(seal(log.position.tip, by: log.device, of: log.log)) == nil)
        var sealed = log
        sealed.seal()
        let reading = try LogReading(sealed.bytes)
        #expect(reading.position.sealedTip == log.position.tip)
        #expect(reading.position.sealedOffset == sealed.bytes.count)
    }

    @Test func `an empty log can be sealed`() throws {
        var empty = LogBuilder(TestDevice(1), in: nil)
        empty.seal()
        #expect(try LogReading(empty.bytes).error == nil)
    }

    @Test func `a seal stands at the entry it names`() throws {
        let tip = log.position.tip
        let earlier = LogTip(seq: tip.seq - 1, time: tip.time, chain: tip.chain)
        #expect(try error(seal(earlier, by: log.device, of: log.log)) == .sealOutOfPlace)
        let other = LogTip(seq: tip.seq, time: tip.time, chain: log.log.origin)
        #expect(try error(seal(other, by: log.device, of: log.log)) == .sealOutOfPlace)
    }

    @Test func `a seal is signed by the log's own key, for that log`() throws {
        let tip = log.position.tip
        #expect(try error(seal(tip, by: TestDevice(2), of: log.log)) == .sealForged)
        let elsewhere = LogIdentity(log.device.birth(in: log.log.partnership))
        #expect(try error(seal(tip, by: log.device, of: elsewhere)) == .sealForged)
    }

    @Test func `a seal that is cut or longer is none`() throws {
        let good = seal(log.position.tip, by: log.device, of: log.log)
        for length in good.indices { #expect(try error(Array(good.prefix(length))) != nil) }
        #expect(try error(good + [0]) == .sealMalformed(.trailingBytes))
    }
}
