// SPDX-License-Identifier: MIT
import Basics
import Testing

@Suite struct CryptoTests {
    private let key = SigningKey(seed: [UInt8](repeating: 3, count: 32))
    private let epoch = EpochKey(Bytes32.zero)

    @Test func `a digest in pieces is the digest of the whole`() {
        let bytes = (0..<6_000).map { UInt8(truncatingIfNeeded: $0 * 31) }
        let whole = Digest.of(bytes)
        for cut in [0, 1, 63, 64, 127, 128, 129, 4_607, 4_608, 4_609, 6_000] {
            var stream = DigestStream()
            stream.add(Array(bytes.prefix(cut)))
            stream.add(Array(bytes.dropFirst(cut)))
            #expect(stream.finish() == whole)
            let joined = bytes.prefix(cut).withUnsafeBytes { prefix in
                bytes.dropFirst(cut).withUnsafeBytes { Digest.of(prefix: prefix, $0) }
            }
            #expect(joined == whole)
        }
        #expect(Digest.of(.body, bytes) == Digest.of(Domain.body.utf8 + bytes))
    }

    @Test func `no domain string begins another`() {
        for one in Domain.allCases {
            for other in Domain.allCases where one != other {
                #expect(one.rawValue.hasPrefix(other.rawValue) == false)
            }
        }
    }

    @Test func `a signature is for its key, its domain and its message`() {
        let message: [UInt8] = [1, 2, 3]
        let signature = key.sign(.seal, message)
        #expect(key.publicKey.verifies(signature, .seal, message))
        #expect(key.publicKey.verifies(signature, .grant, message) == false)
        #expect(key.publicKey.verifies(signature, .seal, message + [0]) == false)
        let other = SigningKey(seed: [UInt8](repeating: 4, count: 32))
        #expect(other.publicKey.verifies(signature, .seal, message) == false)
        for place in signature.indices {
            for mask: UInt8 in [0x01, 0x80, 0xff] {
                var changed = signature
                changed[place] ^= mask
                #expect(key.publicKey.verifies(changed, .seal, message) == false)
            }
        }
        for count in [0, 63, 65] {
            let odd = [UInt8](repeating: 0, count: count)
            #expect(key.publicKey.verifies(odd, .seal, message) == false)
        }
    }

    @Test func `what is sealed to a box key only its holder opens, unchanged`() throws {
        let (sender, receiver) = (
            BoxKey(seed: [UInt8](repeating: 1, count: 32)),
            BoxKey(seed: [UInt8](repeating: 2, count: 32))
        )
        let message: [UInt8] = Array("keys".utf8)
        let sealed = try #require(sender.seal(message, to: receiver.publicKey))
        #expect(receiver.open(sealed) == message)
        #expect(BoxKey(seed: [UInt8](repeating: 3, count: 32)).open(sealed) == nil)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(receiver.open(changed) == nil)
            #expect(receiver.open(Array(sealed.prefix(place))) == nil)
        }
        #expect(sender.seal(message, to: .zero) == nil)
    }

    @Test func `an epoch key opens what it closed, unchanged`() {
        let plain: [UInt8] = Array("a slice".utf8)
        let nonce = epoch.nonce(for: plain)
        let closed = epoch.encrypt(plain, nonce: nonce, associated: [9])
        #expect(epoch.decrypt(closed, nonce: nonce, associated: [9]) == plain)
        #expect(epoch.decrypt(closed, nonce: nonce, associated: [8]) == nil)
        #expect(epoch.decrypt(closed, nonce: epoch.nonce(for: []), associated: [9]) == nil)
        for place in closed.indices {
            var changed = closed
            changed[place] ^= 1
            #expect(epoch.decrypt(changed, nonce: nonce, associated: [9]) == nil)
            #expect(
                epoch.decrypt(Array(closed.prefix(place)), nonce: nonce, associated: [9]) == nil)
        }
    }

    @Test func `the system's chance gives as many bytes as were asked for`() {
        let chance = SystemEntropy()
        for count in [0, 1, 16, 33] { #expect(chance.bytes(count).count == count) }
        #expect(chance.bytes(32) != chance.bytes(32))
    }
}
