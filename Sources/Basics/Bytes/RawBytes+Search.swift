// SPDX-License-Identifier: MIT

extension UnsafeRawBufferPointer {
    /// Whether a run of bytes stands anywhere in it.
    package func contains(_ bytes: [UInt8]) -> Bool {
        // By place, as logs and slices are large.
        var (place, end) = (0, count - bytes.count)
        while place <= end {
            var matched = 0
            while matched < bytes.count, self[place + matched] == bytes[matched] { matched += 1 }
            guard matched < bytes.count else { return true }
            place += 1
        }
        return false
    }
}
