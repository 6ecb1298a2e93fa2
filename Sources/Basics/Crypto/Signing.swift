// SPDX-License-Identifier: MIT
import CSodium

/// An Ed25519 key pair, made from a 32 byte seed.
package struct SigningKey: Sendable {
    package let seed: [UInt8]
    package let publicKey: DeviceKey
    private let secret: [UInt8]

    /// Stops the program unless the seed has 32 bytes.
    package init(seed: [UInt8]) {
        precondition(seed.count == 32, "a signing seed has 32 bytes")
        Sodium.start()
        var open = [UInt8](repeating: 0, count: 32)
        var secret = [UInt8](repeating: 0, count: 64)
        crypto_sign_seed_keypair(&open, &secret, seed)
        self.seed = seed
        self.secret = secret
        guard let key = Bytes32(open) else {
            preconditionFailure("a verifying key has 32 bytes")
        }
        publicKey = DeviceKey(key)
    }

    /// The signature (64 bytes) over the domain string and the message.
    package func sign(_ domain: Domain, _ message: [UInt8]) -> [UInt8] {
        let signed = domain.utf8 + message
        var signature = [UInt8](repeating: 0, count: 64)
        crypto_sign_detached(&signature, nil, signed, UInt64(signed.count), secret)
        return signature
    }
}

extension DeviceKey {
    /// Whether the key is a point in its canonical form and of the prime order group: signatures of
    /// any other are refused, since versions of libsodium differ on them.
    package var isSound: Bool { crypto_core_ed25519_is_valid_point(bytes.array) == 1 }

    /// Whether the signature is this key's over the domain string and the message, by libsodium's
    /// strict rules.
    package func verifies(_ signature: [UInt8], _ domain: Domain, _ message: [UInt8]) -> Bool {
        isSound && verifiesAsSound(signature, domain, message)
    }

    /// The same for a key that was found sound before: for many signatures of one key.
    package func verifiesAsSound(
        _ signature: [UInt8], _ domain: Domain, _ message: [UInt8]
    ) -> Bool {
        guard signature.count == 64 else { return false }
        // Up to 1.0.18 (library version 10) libsodium checks without the cofactor, so that with a
        // sound key no other R passes. Later versions have to be told; it costs a signature's time.
        if sodium_library_version_major() > 10,
            crypto_core_ed25519_is_valid_point(Array(signature.prefix(32))) != 1
        {
            return false
        }
        let signed = domain.utf8 + message
        return crypto_sign_verify_detached(
            signature, signed, UInt64(signed.count), bytes.array) == 0
    }
}
