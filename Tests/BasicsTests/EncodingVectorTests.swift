// SPDX-License-Identifier: MIT
import Basics
import Simulation
import Testing

/// Basics against `encoding.txt`, which another program wrote from the format pages.
@Suite struct EncodingVectorTests {
    @Test(arguments: Vector.all("encoding", kind: "item"))
    func item(vector: Vector) throws {
        let bytes = vector.bytes("item")
        guard vector.text("verdict") == "valid" else {
            #expect(throws: CBORError.self) { try CBORValue(bytes) }
            #expect(throws: CBORError.self) {
                try bytes.withRaw { raw throws(CBORError) in try CBORReader.check(raw) }
            }
            let reason = CBORErrorRule.rules(brokenBy: bytes)
            #expect(vector.words("breaks").contains { reason.contains($0) })
            return
        }
        let value = try CBORValue(bytes)
        #expect(value.encoded == bytes)
        #expect(value.shown == vector.text("shows"))
    }

    @Test(arguments: Vector.all("encoding", kind: "digest"))
    func digest(vector: Vector) {
        #expect(Digest.of(vector.bytes("input")).bytes == vector.bytes32("digest"))
    }

    @Test(arguments: Vector.all("encoding", kind: "body-digest"))
    func `body digest`(vector: Vector) {
        #expect(Digest.of(.body, vector.bytes("body")).bytes == vector.bytes32("digest"))
    }

    @Test(arguments: Vector.all("encoding", kind: "birth-digest"))
    func `birth digest`(vector: Vector) {
        let digest = Digest.of(.birth, vector.bytes("payload")).bytes
        #expect(digest == vector.bytes32("digest"))
        #expect(digest.first == vector.bytes16("log"))
    }

    @Test(arguments: Vector.all("encoding", kind: "fingerprint"))
    func fingerprint(vector: Vector) {
        let digest = vector.bytes32("digest")
        if vector.has("signing-key") {
            let made = Digest.of(.device, vector.bytes("signing-key"), vector.bytes("box-key"))
            #expect(made.bytes == digest)
        }
        let spoken = vector.words("spoken").compactMap { Int($0) }.map { Words.list[$0] }
        #expect(Words.spoken(digest.array.prefix(8)) == spoken)
    }

    @Test(arguments: Vector.all("encoding", kind: "epoch-key"))
    func `epoch key`(vector: Vector) {
        #expect(EpochKey(vector.bytes32("epoch-key")).id == vector.bytes16("key-id"))
    }

    @Test(arguments: Vector.all("encoding", kind: "segment-nonce"))
    func `segment nonce`(vector: Vector) {
        let key = EpochKey(vector.bytes32("epoch-key"))
        #expect(key.nonce(for: vector.bytes("slice")) == vector.bytes("nonce"))
    }

    @Test(arguments: Vector.all("encoding", kind: "box-nonce"))
    func `box nonce`(vector: Vector) {
        let nonce = BoxKey.nonce(
            sender: vector.bytes32("sender"), recipient: vector.bytes32("box-key"))
        #expect(nonce == vector.bytes("nonce"))
    }

    @Test(arguments: Vector.all("encoding", kind: "base32"))
    func `base 32`(vector: Vector) {
        let text = vector.text("text")
        #expect(Base32.text(vector.bytes("input")) == (text == "-" ? "" : text))
    }

    @Test(arguments: Vector.all("encoding", kind: "file-name"))
    func `file name`(vector: Vector) {
        let digest = Digest.of(vector.bytes("file")).bytes.array
        #expect(Base32.text(digest.prefix(20)) == vector.text("text"))
    }

    @Test(arguments: Vector.all("encoding", kind: "time"))
    func time(vector: Vector) {
        let time = HybridTime(raw: vector.number("time"))
        #expect(time.milliseconds == vector.number("milliseconds"))
        let start = HybridTime(milliseconds: vector.number("milliseconds"))
        #expect(start.raw + vector.number("counter") == time.raw)
    }

    @Test(arguments: Vector.all("encoding", kind: "signing-key"))
    func `signing key`(vector: Vector) {
        let key = SigningKey(seed: vector.bytes("seed")).publicKey
        #expect(key.bytes == vector.bytes32("signing-key"))
    }

    @Test(arguments: Vector.all("encoding", kind: "box-key"))
    func `box key`(vector: Vector) {
        #expect(
            BoxKey(seed: vector.bytes("box-secret")).publicKey == vector.bytes32("box-key"))
    }

    @Test(arguments: Vector.all("encoding", kind: "signature"))
    func signature(vector: Vector) throws {
        let key = DeviceKey(vector.bytes32("signing-key"))
        let domain = try #require(Domain(rawValue: vector.text("domain")))
        let isValid = key.verifies(
            vector.bytes("signature"), domain, vector.bytes("message"))
        #expect(isValid == (vector.text("verdict") == "valid"))
    }

    @Test(arguments: Vector.all("encoding", kind: "aead"))
    func `authenticated encryption`(vector: Vector) {
        let key = EpochKey(vector.bytes32("key"))
        let (nonce, associated) = (vector.bytes("nonce"), vector.bytes("associated"))
        let (message, sealed) = (vector.bytes("message"), vector.bytes("sealed"))
        #expect(key.encrypt(message, nonce: nonce, associated: associated) == sealed)
        #expect(key.decrypt(sealed, nonce: nonce, associated: associated) == message)
    }

    @Test func `every kind of vector is checked somewhere`() {
        // Numbers stand in frames and seals; agreements and boxes under nonces that the formats
        // do not make are libsodium's alone: grants, which use them, are checked in full.
        let elsewhere: Set = ["number", "agreement", "box"]
        let here: Set = [
            "item", "digest", "body-digest", "birth-digest", "fingerprint", "epoch-key",
            "segment-nonce", "box-nonce", "base32", "file-name", "time", "signing-key", "box-key",
            "signature", "aead",
        ]
        #expect(Set(Vector.all("encoding").map { $0.kind }) == here.union(elsewhere))
    }
}

/// Which rules of `Docs/Formats/Encoding.md` a reader's reason can stand for.
private enum CBORErrorRule {
    static func rules(brokenBy bytes: [UInt8]) -> [String] {
        do throws(CBORError) {
            _ = try CBORValue(bytes)
            return []
        } catch {
            switch error {
            case .notShortest: return ["1"]
            case .indefinite: return ["2"]
            case .unsupported: return ["3"]
            case .outOfRange: return ["3", "4"]
            case .notUTF8, .stringTooLong: return ["5"]
            case .keysOutOfOrder, .badKey: return ["6"]
            case .tooDeep: return ["7"]
            case .trailingBytes, .endsEarly: return ["8"]
            case .unexpectedType: return []
            }
        }
    }
}
