// SPDX-License-Identifier: MIT

extension Collection<UInt8> {
    /// What is made of the bytes where they stand in memory; nil unless there are just so many.
    func exactly<Value>(_ wanted: Int, _ make: (UnsafeRawPointer) -> Value) -> Value? {
        guard count == wanted else { return nil }
        func made(_ storage: UnsafeBufferPointer<UInt8>) -> Value? {
            storage.baseAddress.map { make(UnsafeRawPointer($0)) }
        }
        return withContiguousStorageIfAvailable(made)
            ?? Swift.Array(self).withUnsafeBufferPointer(made)
    }
}

extension Array where Element == UInt8 {
    /// What the bytes read as; nil if they are of another form.
    package func decoded<Value>(
        _ read: (UnsafeRawBufferPointer) throws(CBORError) -> Value
    ) -> Value? {
        do throws(CBORError) { return try withRaw(read) } catch { return nil }
    }

    /// Lends the bytes as raw memory, with typed errors.
    package func withRaw<Result, Trouble: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Trouble) -> Result
    ) throws(Trouble) -> Result {
        try withUnsafeBufferPointer { buffer throws(Trouble) in
            try body(UnsafeRawBufferPointer(buffer))
        }
    }
}
