// SPDX-License-Identifier: MIT
import Basics
import Synchronization

/// A clock that stands until it is set.
package final class TestClock: WallClock {
    private let milliseconds: Mutex<UInt64>

    package init(_ milliseconds: UInt64 = 1_400_000_000_000) {
        self.milliseconds = Mutex(milliseconds)
    }

    package func nowMilliseconds() -> UInt64 { milliseconds.withLock { $0 } }

    package func set(_ value: UInt64) { milliseconds.withLock { $0 = value } }

    package func advance(by value: UInt64) { milliseconds.withLock { $0 += value } }
}
