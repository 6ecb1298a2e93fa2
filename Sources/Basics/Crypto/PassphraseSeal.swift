// SPDX-License-Identifier: MIT
import CSodium

/// A file that only its passphrase opens. `Docs/Formats/Keys.md` is normative:
/// `magic salt(16) passes(4, u32le) memory(8, u64le) nonce(24) ciphertext`, all before the
/// ciphertext being its associated data.
package struct PassphraseSeal: Sendable {
    package static let magic: [UInt8] = Array("BEATKEY".utf8) + [1]
    private static let headLength = 60
    private static let tagLength = 16
    /// What a reader takes: more would stop a small machine, or one that somebody means to stop.
    private static let passesRead: ClosedRange<UInt32> = 1...10
    private static let memoryRead: ClosedRange<UInt64> = 8_192...1_073_741_824

    /// What guessing costs: how often how many bytes of memory are filled.
    package struct Cost: Hashable, Sendable {
        package let passes: UInt32
        package let memory: UInt64

        package init(passes: UInt32, memory: UInt64) {
            self.passes = passes
            self.memory = memory
        }

        /// What is written: no less, so that guessing stays dear.
        package static let written = Cost(passes: 3, memory: 268_435_456)
    }

    /// Why a file stays shut.
    package enum Trouble: Error, Hashable, Sendable {
        /// It is no sealed file, or asks for what no writer asks for.
        case notSealed
        /// The passphrase is another one, or the file was changed.
        case other
        /// The machine has not the memory that it takes.
        case noMemory
    }

    /// `salt` has 16 bytes and `nonce` 24, both of chance.
    package static func seal(
        _ plain: [UInt8], _ passphrase: [UInt8], salt: [UInt8], nonce: [UInt8],
        cost: Cost = .written
    ) throws(Trouble) -> [UInt8] {
        precondition(salt.count == 16 && nonce.count == 24, "chance of these lengths")
        var head = magic + salt
        for shift: UInt32 in [0, 8, 16, 24] {
            head.append(UInt8(truncatingIfNeeded: cost.passes >> shift))
        }
        for shift in 0..<8 {
            head.append(UInt8(truncatingIfNeeded: cost.memory >> UInt64(8 * shift)))
        }
        head += nonce
        let key = try key(passphrase, salt: salt, cost)
        return head + key.encrypt(plain, nonce: nonce, associated: head)
    }

    package static func open(
        _ bytes: [UInt8], _ passphrase: [UInt8]
    ) throws(Trouble) -> [UInt8] {
        guard bytes.starts(with: magic), bytes.count >= headLength + tagLength else {
            throw .notSealed
        }
        let cost = Cost(
            passes: UInt32(truncatingIfNeeded: number(bytes[24..<28])),
            memory: number(bytes[28..<36]))
        guard passesRead.contains(cost.passes), memoryRead.contains(cost.memory) else {
            throw .notSealed
        }
        let key = try key(passphrase, salt: Array(bytes[8..<24]), cost)
        let plain = key.decrypt(
            Array(bytes[headLength...]), nonce: Array(bytes[36..<headLength]),
            associated: Array(bytes[..<headLength]))
        guard let plain else { throw .other }
        return plain
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func key(
        _ passphrase: [UInt8], salt: [UInt8], _ cost: Cost
    ) throws(Trouble) -> EpochKey {
        Sodium.start()
        var key = [UInt8](repeating: 0, count: 32)
        let failed = crypto_pwhash(
            &key, 32, passphrase.map { CChar(bitPattern: $0) }, UInt64(passphrase.count), salt,
            UInt64(cost.passes), Int(cost.memory), crypto_pwhash_alg_argon2id13())
        guard failed == 0, let secret = Bytes32(key) else { throw .noMemory }
        return EpochKey(secret)
    }
}
