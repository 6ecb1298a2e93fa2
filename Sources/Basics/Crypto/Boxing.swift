// SPDX-License-Identifier: MIT
import CSodium

/// An X25519 key pair: what is sealed to it only its holder opens.
package struct BoxKey: Sendable {
    /// The secret key itself: any 32 bytes that nobody can foresee.
    package let seed: [UInt8]
    package let publicKey: Bytes32

    /// Stops the program unless the seed has 32 bytes.
    package init(seed: [UInt8]) {
        precondition(seed.count == 32, "a box seed has 32 bytes")
        Sodium.start()
        var open = [UInt8](repeating: 0, count: 32)
        crypto_scalarmult_base(&open, seed)
        self.seed = seed
        guard let key = Bytes32(open) else { preconditionFailure("a box key has 32 bytes") }
        publicKey = key
    }

    /// Seals a message to a box key from this key, which the caller uses once and forgets; `domain`
    /// says what for. The result is the sender's public key (32 bytes) and the box; nil if the
    /// recipient's bytes, which anyone may have sent, are no key that something can be sealed to.
    package func seal(
        _ message: [UInt8], to recipient: Bytes32, _ domain: Domain = .boxNonce
    ) -> [UInt8]? {
        var box = [UInt8](repeating: 0, count: message.count + Int(crypto_box_MACBYTES))
        let nonce = Self.nonce(sender: publicKey, recipient: recipient, domain)
        let failed = crypto_box_easy(
            &box, message, UInt64(message.count), nonce, recipient.array, seed)
        return failed == 0 ? publicKey.array + box : nil
    }

    /// Opens what was sealed to this key; nil if it was not, or was changed on the way.
    package func open(_ sealed: [UInt8], _ domain: Domain = .boxNonce) -> [UInt8]? {
        guard sealed.count >= 32 + Int(crypto_box_MACBYTES), let sender = Bytes32(sealed.prefix(32))
        else { return nil }
        let box = Array(sealed.dropFirst(32))
        var message = [UInt8](repeating: 0, count: box.count - Int(crypto_box_MACBYTES))
        let nonce = Self.nonce(sender: sender, recipient: publicKey, domain)
        let failed = crypto_box_open_easy(
            &message, box, UInt64(box.count), nonce, sender.array, seed)
        return failed == 0 ? message : nil
    }

    /// The nonce that belongs to two public keys; the one of the sender is used once.
    package static func nonce(
        sender: Bytes32, recipient: Bytes32, _ domain: Domain = .boxNonce
    ) -> [UInt8] {
        var nonce = [UInt8](repeating: 0, count: 24)
        let input = domain.utf8 + sender.array + recipient.array
        crypto_generichash(&nonce, 24, input, UInt64(input.count), nil, 0)
        return nonce
    }
}
