// SPDX-License-Identifier: MIT
import Basics
import Simulation
import Testing

@Suite struct PassphraseSealTests {
    @Test(arguments: Vector.all("keys", kind: "sealed-file"))
    func file(vector: Vector) throws {
        let (file, passphrase) = (vector.bytes("file"), vector.bytes("passphrase"))
        guard vector.text("verdict") == "opens" else {
            // What is in it is a matter of its own, which 'device.key' has vectors for.
            guard vector.text("why") != "cbor" else { return }
            let isOther = vector.text("why") == "cipher"
            #expect(throws: isOther ? PassphraseSeal.Trouble.other : .notSealed) {
                _ = try PassphraseSeal.open(file, passphrase)
            }
            return
        }
        #expect(try PassphraseSeal.open(file, passphrase) == vector.bytes("plain"))
        let cost = PassphraseSeal.Cost(
            passes: UInt32(vector.number("passes")), memory: vector.number("memory"))
        let again = try PassphraseSeal.seal(
            vector.bytes("plain"), passphrase, salt: vector.bytes("salt"),
            nonce: vector.bytes("nonce"), cost: cost)
        #expect(again == file)
    }

    @Test func `what is written costs at least what the page says, and can be read`() throws {
        let (salt, nonce) = ([UInt8](repeating: 1, count: 16), [UInt8](repeating: 2, count: 24))
        let sealed = try PassphraseSeal.seal([1, 2, 3], [7], salt: salt, nonce: nonce)
        #expect(Array(sealed[24..<28]) == [3, 0, 0, 0])
        #expect(Array(sealed[28..<36]) == [0, 0, 0, 16, 0, 0, 0, 0])
        #expect(try PassphraseSeal.open(sealed, [7]) == [1, 2, 3])
        #expect(throws: PassphraseSeal.Trouble.other) { _ = try PassphraseSeal.open(sealed, []) }
    }
}
