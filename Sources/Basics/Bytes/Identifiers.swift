// SPDX-License-Identifier: MIT

/// Names one device's append-only log: the first sixteen bytes of its first chain value.
package struct LogID: Hashable, Comparable, Sendable {
    package let bytes: Bytes16

    package init(_ bytes: Bytes16) { self.bytes = bytes }

    package static func < (left: LogID, right: LogID) -> Bool { left.bytes < right.bytes }

    package var hex: String { bytes.hex }
}

/// Names what is shared: the first chain value of the founder's first log.
package struct PartnershipID: Hashable, Sendable {
    package let bytes: Bytes32

    package init(_ bytes: Bytes32) { self.bytes = bytes }

    package var hex: String { bytes.hex }
}

/// A device's public signing key: who a log belongs to.
package struct DeviceKey: Hashable, Comparable, Sendable {
    package let bytes: Bytes32

    package init(_ bytes: Bytes32) { self.bytes = bytes }

    package static func < (left: DeviceKey, right: DeviceKey) -> Bool { left.bytes < right.bytes }

    /// What people compare when a device with this key and that box key is enrolled.
    package func fingerprint(with boxKey: Bytes32) -> Digest {
        Digest.of(.device, bytes.array, boxKey.array)
    }
}

/// Names an entry for everyone: its log and its place in it, counted from 1.
package struct EntryID: Hashable, Comparable, Sendable {
    package let log: LogID
    package let seq: UInt64
    /// In a log that has split before the entry, what the node is known by in which it stands: the
    /// first half of its first chain value.
    package let branch: Bytes16?

    package init(log: LogID, seq: UInt64, branch: Bytes16? = nil) {
        self.log = log
        self.seq = seq
        self.branch = branch
    }

    /// As programs have it, the same on every device: `LOG/SEQ`, in a log that split before
    /// `LOG/SEQ/NODE`.
    package var text: String {
        "\(log.hex)/\(seq)" + (branch.map { "/\($0.hex)" } ?? "")
    }

    /// Nil for what `text` does not give.
    package init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let seq = UInt64(parts[1]),
            let log = Hex.bytes(String(parts[0])).flatMap({ Bytes16($0) })
        else { return nil }
        let branch = parts.count == 3 ? Hex.bytes(String(parts[2])).flatMap { Bytes16($0) } : nil
        self.init(log: LogID(log), seq: seq, branch: branch)
        guard self.text == text else { return nil }
    }

    package static func < (left: EntryID, right: EntryID) -> Bool {
        if left.log != right.log { return left.log < right.log }
        if left.seq != right.seq { return left.seq < right.seq }
        guard let other = right.branch else { return false }
        return left.branch.map { $0 < other } ?? true
    }
}
