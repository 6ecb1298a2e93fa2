// SPDX-License-Identifier: MIT

extension UInt64 {
    /// The eight bytes of the number, the most significant first.
    package var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

    /// The number of bytes, the most significant first; of more than eight only the last count.
    package init(bigEndianBytes bytes: some Collection<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
