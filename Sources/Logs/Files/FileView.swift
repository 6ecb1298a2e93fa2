// SPDX-License-Identifier: MIT

/// A file's bytes in memory, unmapped or freed when the last holder lets go.
package final class FileView: Sendable {
    /// The bytes, for as long as the view lives: whoever takes them keeps the view alive, with
    /// `withExtendedLifetime` where nothing else does.
    package var bytes: UnsafeRawBufferPointer { memory.bytes }
    private let memory: Memory
    private let release: @Sendable (UnsafeRawBufferPointer) -> Void

    // The memory is never written after the view is made.
    private struct Memory: @unchecked Sendable {
        let bytes: UnsafeRawBufferPointer
    }

    /// Takes over memory, which `release` gives back.
    package init(
        _ bytes: UnsafeRawBufferPointer,
        release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) {
        memory = Memory(bytes: bytes)
        self.release = release
    }

    /// A copy of bytes.
    package convenience init(copying bytes: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(bytes.count, 1), alignment: 8)
        copy.copyBytes(from: bytes)
        self.init(UnsafeRawBufferPointer(rebasing: copy[..<bytes.count])) { $0.deallocate() }
    }

    /// A copy of the bytes in a range, or of all from an offset on.
    package func copy(_ range: some RangeExpression<Int>) -> [UInt8] {
        withExtendedLifetime(self) { Array(memory.bytes[range]) }
    }

    deinit { release(memory.bytes) }
}
