// SPDX-License-Identifier: MIT
import Basics
import Simulation
import Testing

/// Recovery words and sealed keys against `keys.txt`, which another program wrote from the pages.
@Suite struct KeyVectorTests {
    @Test(arguments: Vector.all("keys", kind: "recovery"))
    func recovery(vector: Vector) throws {
        let bytes = try vector.words("words").map { try #require(UInt8($0)) }
        let read = RecoverySecret(bytes)
        guard vector.text("verdict") == "valid" else {
            #expect(read == nil)
            return
        }
        let secret = try #require(read)
        #expect(secret.bytes == bytes)
        #expect(bytes.starts(with: vector.bytes("secret")))
        #expect(secret.words == Words.spoken(bytes))
        #expect(secret.signing.seed == vector.bytes("signing-seed"))
        #expect(secret.keys.signing.bytes == vector.bytes32("signing-key"))
        #expect(secret.box.seed == vector.bytes("box-secret"))
        #expect(secret.keys.box == vector.bytes32("box-key"))
    }

    @Test(arguments: Vector.all("keys", kind: "sealed-key"))
    func sealed(vector: Vector) throws {
        let value = CBORValue.array([
            .bytes(vector.bytes("box-key")), .bytes(vector.bytes("sealed")),
        ])
        let sealed = try #require(SealedKey(value))
        #expect(sealed.value == value)
        let box = BoxKey(seed: vector.bytes("box-secret"))
        let opened = sealed.opened(with: box, id: vector.bytes16("key-id"))
        guard vector.text("verdict") == "opens" else {
            #expect(opened == nil)
            return
        }
        let key = EpochKey(vector.bytes32("epoch-key"))
        #expect(opened == key)
        let author = SigningKey(seed: vector.bytes("author-seed"))
        #expect(SealedKey(key, to: box.publicKey, by: author) == sealed)
        let sender = try #require(Bytes32(sealed.sealed.prefix(32)))
        let nonce = BoxKey.nonce(sender: sender, recipient: box.publicKey, .epochBox)
        #expect(nonce == vector.bytes("nonce"))
    }

    @Test func `nothing is sealed to bytes that are no key`() {
        let author = SigningKey(seed: [UInt8](repeating: 5, count: 32))
        #expect(SealedKey(EpochKey(.zero), to: .zero, by: author) == nil)
    }

    @Test func `new words differ each time and are read as they are spoken`() throws {
        let entropy = SeededEntropy(3)
        let (one, other) = (RecoverySecret(entropy), RecoverySecret(entropy))
        #expect(one != other)
        #expect(one.words.count == RecoverySecret.wordCount)
        let typed = one.words.map { word in word.prefix(4).uppercased() }
        let bytes = try #require(Words.bytes(typed.map { Substring($0) }))
        #expect(RecoverySecret(bytes) == one)
    }
}
