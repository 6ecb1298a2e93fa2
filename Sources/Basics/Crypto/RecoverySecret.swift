// SPDX-License-Identifier: MIT

/// What the recovery words stand for: kept on paper and nowhere else.
///
/// `Docs/Formats/Keys.md` is normative: 22 random bytes, and two by which a slip of the pen shows.
package struct RecoverySecret: Hashable, Sendable {
    /// How many words there are, one a byte.
    package static let wordCount = 24
    private static let secretCount = 22

    private let secret: [UInt8]

    /// A secret that nobody has had before.
    package init(_ entropy: any Entropy) { secret = entropy.bytes(Self.secretCount) }

    /// Nil unless there are 24 bytes, of which the last two fit the others.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.wordCount else { return nil }
        secret = Array(bytes.prefix(Self.secretCount))
        guard bytes == self.bytes else { return nil }
    }

    /// The secret and what it is checked by.
    package var bytes: [UInt8] {
        let check = Digest.of(.recoveryCheck, secret).bytes.array
        return secret + check.prefix(Self.wordCount - Self.secretCount)
    }

    /// In the order in which they are written down.
    package var words: [String] { Words.spoken(bytes) }

    package var signing: SigningKey {
        SigningKey(seed: Digest.of(.recoverySign, secret).bytes.array)
    }

    package var box: BoxKey { BoxKey(seed: Digest.of(.recoveryBox, secret).bytes.array) }

    package var keys: RecoveryKeys {
        RecoveryKeys(signing: signing.publicKey, box: box.publicKey)
    }
}
