// SPDX-License-Identifier: MIT

extension Array where Element == UInt8 {
    /// Lends the bytes as raw memory, with typed errors.
    package func withRaw<Result, Trouble: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Trouble) -> Result
    ) throws(Trouble) -> Result {
        try withUnsafeBufferPointer { buffer throws(Trouble) in
            try body(UnsafeRawBufferPointer(buffer))
        }
    }
}
