// SPDX-License-Identifier: MIT

/// Reads the text keys of one map as they come and checks that each comes after the one before.
package struct KeyOrder {
    private var last: UnsafeRawBufferPointer?

    package init() {}

    /// The next key's bytes, in place.
    @inline(__always) package mutating func next(
        _ reader: inout CBORReader
    ) throws(CBORError) -> UnsafeRawBufferPointer {
        let key = try reader.text()
        // A shorter text has the lesser head.
        if let last, last.count != key.count ? last.count > key.count : last.precedes(key) == false
        {
            throw .keysOutOfOrder
        }
        last = key
        return key
    }
}
