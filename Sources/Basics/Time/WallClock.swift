// SPDX-License-Identifier: MIT

/// The only door through which the present comes in.
package protocol WallClock: Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    func nowMilliseconds() -> UInt64
}
