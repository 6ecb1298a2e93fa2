// SPDX-License-Identifier: MIT

/// An epoch's key, sealed so that the holder of one box key can open it.
///
/// `Docs/Formats/Keys.md` is normative: `[box key(32), sender(32) ‖ box(48)]`.
package struct SealedKey: Hashable, Sendable {
    /// Whom it is for.
    package let box: Bytes32
    /// The key of its sender, used once, and the box.
    package let sealed: [UInt8]

    private static let sealedCount = 80

    /// Nil for a box key that nothing can be sealed to: it was not made by a device.
    ///
    /// The sender's key follows from the author's secret, so that chance is asked for nothing.
    package init?(_ key: EpochKey, to box: Bytes32, by author: SigningKey) {
        let secret = Digest.of(.epochSender, author.seed, box.array, key.secret.array)
        let sender = BoxKey(seed: secret.bytes.array)
        guard let sealed = sender.seal(key.secret.array, to: box, .epochBox) else { return nil }
        self.box = box
        self.sealed = sealed
    }

    /// Nil for a value of another form.
    package init?(_ value: CBORValue) {
        guard case .array(let items) = value, items.count == 2, case .bytes(let key) = items[0],
            let box = Bytes32(key), case .bytes(let sealed) = items[1],
            sealed.count == Self.sealedCount
        else { return nil }
        self.box = box
        self.sealed = sealed
    }

    package var value: CBORValue { .array([.bytes(box.array), .bytes(sealed)]) }

    /// The key of the epoch with this id; nil if it is for someone else, or was changed.
    package func opened(with key: BoxKey, id: Bytes16) -> EpochKey? {
        guard box == key.publicKey,
            let secret = key.open(sealed, .epochBox).flatMap({ Bytes32($0) })
        else { return nil }
        let epoch = EpochKey(secret)
        return epoch.id == id ? epoch : nil
    }
}
