// SPDX-License-Identifier: MIT
import CSodium

/// The key that all enrolled devices share for a while: it closes the segments in an exchange.
package struct EpochKey: Hashable, Sendable {
    package let secret: Bytes32

    package init(_ secret: Bytes32) {
        Sodium.start()
        self.secret = secret
    }

    /// What a segment says of its key, in clear.
    package var id: Bytes16 { Digest.of(.epochKey, secret.array).bytes.first }

    /// XChaCha20-Poly1305; the result is 16 bytes longer than the plain bytes.
    package func encrypt(_ plain: [UInt8], nonce: [UInt8], associated: [UInt8]) -> [UInt8] {
        precondition(nonce.count == 24, "a segment nonce has 24 bytes")
        var out = [UInt8](repeating: 0, count: plain.count + 16)
        var length: UInt64 = 0
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &out, &length, plain, UInt64(plain.count), associated, UInt64(associated.count), nil,
            nonce, secret.array)
        return out
    }

    /// Nil if the bytes are not what this key made with that nonce and associated data.
    package func decrypt(_ closed: [UInt8], nonce: [UInt8], associated: [UInt8]) -> [UInt8]? {
        guard closed.count >= 16, nonce.count == 24 else { return nil }
        var out = [UInt8](repeating: 0, count: closed.count - 16)
        var length: UInt64 = 0
        let failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &out, &length, nil, closed, UInt64(closed.count), associated,
            UInt64(associated.count), nonce, secret.array)
        return failed == 0 ? out : nil
    }

    /// The nonce that belongs to these plain bytes: the same slice makes the same file everywhere.
    package func nonce(for plain: [UInt8]) -> [UInt8] {
        var nonce = [UInt8](repeating: 0, count: 24)
        let input = Domain.segmentNonce.utf8 + plain
        let key = secret.array
        crypto_generichash(&nonce, 24, input, UInt64(input.count), key, key.count)
        return nonce
    }
}
