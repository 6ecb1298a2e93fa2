// SPDX-License-Identifier: MIT
package import Basics

/// A file that a body names: `[hash, size, media type, name, key]`.
///
/// `Docs/Formats/Files.md` is normative. The file itself is kept and passed on encrypted, under a
/// key that is used for it alone, so that to erase the body is to lose the file.
package struct FileValue: Hashable, Sendable {
    /// Of the encrypted bytes.
    package let hash: Bytes32
    /// In bytes, as people use it.
    package let size: UInt64
    /// `image/jpeg`.
    package let mediaType: String
    /// What people call it, without a folder.
    package let name: String
    package let key: Bytes32

    package init(hash: Bytes32, size: UInt64, mediaType: String, name: String, key: Bytes32) {
        self.hash = hash
        self.size = size
        self.mediaType = mediaType
        self.name = name
        self.key = key
    }

    /// Nil for a value of any other form.
    package init?(_ value: CBORValue) {
        guard case .array(let items) = value, items.count == 5, case .bytes(let hash) = items[0],
            case .unsigned(let size) = items[1], case .text(let mediaType) = items[2],
            case .text(let name) = items[3], case .bytes(let key) = items[4],
            let hash = Bytes32(hash), let key = Bytes32(key)
        else { return nil }
        self.init(hash: hash, size: size, mediaType: mediaType, name: name, key: key)
    }

    /// A file as a body names it, and as it is kept and passed on; `key` is used for it alone.
    package static func closing(
        _ plain: [UInt8], as mediaType: String, called name: String, under key: Bytes32
    ) -> (value: FileValue, closed: [UInt8]) {
        let closed = EpochKey(key).encrypt(plain, nonce: nonce, associated: Domain.file.utf8)
        let value = FileValue(
            hash: Digest.of(.file, closed).bytes, size: UInt64(plain.count), mediaType: mediaType,
            name: name, key: key)
        return (value, closed)
    }

    /// The file itself; nil for bytes that are not those that the body names.
    package func opened(_ closed: [UInt8]) -> [UInt8]? {
        guard Digest.of(.file, closed).bytes == hash,
            let plain = EpochKey(key).decrypt(
                closed, nonce: FileValue.nonce, associated: Domain.file.utf8),
            UInt64(plain.count) == size
        else { return nil }
        return plain
    }

    /// Each key closes one file, so that it needs no nonce of its own.
    private static let nonce = [UInt8](repeating: 0, count: 24)

    package var value: CBORValue {
        .array([
            .bytes(hash.array), .unsigned(size), .text(mediaType), .text(name), .bytes(key.array),
        ])
    }
}
