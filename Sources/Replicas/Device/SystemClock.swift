// SPDX-License-Identifier: MIT
import Basics
import Logs

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The clock of this machine.
package struct SystemClock: WallClock {
    package init() {}

    package func nowMilliseconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return UInt64(max(0, now.tv_sec)) * 1_000 + UInt64(now.tv_nsec) / 1_000_000
    }
}

extension Surroundings {
    /// The files, the clock and the chance of the machine that the program runs on.
    package static func ofThisMachine() -> Surroundings {
        Surroundings(
            files: DiskFiles(), sharedFiles: DiskFiles(.shared), clock: SystemClock(),
            entropy: SystemEntropy(), pause: { usleep(UInt32($0) * 1_000) })
    }
}
