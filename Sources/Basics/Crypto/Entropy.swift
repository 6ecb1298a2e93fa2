// SPDX-License-Identifier: MIT
import CSodium

/// The only door through which chance comes in.
package protocol Entropy: Sendable {
    /// Fresh bytes that nobody can foresee.
    func bytes(_ count: Int) -> [UInt8]
}

/// The operating system's random bytes, by way of libsodium.
package struct SystemEntropy: Entropy {
    package init() { Sodium.start() }

    package func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress { randombytes_buf(start, count) }
            filled = count
        }
    }
}
