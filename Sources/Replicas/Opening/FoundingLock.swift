// SPDX-License-Identifier: MIT
import Logs

/// The lock of a folder that is becoming a book. It has one owner, so that it is let go of before
/// the book is opened, which takes it again.
struct FoundingLock: ~Copyable {
    private let lock: any FileLock

    init(_ lock: any FileLock) { self.lock = lock }

    /// Lets go of the lock; that the value ends is what frees it.
    consuming func end() { lock.release() }
}
