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
    /// Where programs keep what a machine remembers, by the convention of the XDG folders.
    private static func memoryFolder() -> String? {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let state = variable("XDG_STATE_HOME") ?? variable("HOME").map { "\($0)/.local/state" }
        return state.map { "\($0)/beatbook" }
    }

    /// The files, the clock and the chance of the machine that the program runs on.
    package static func ofThisMachine() -> Surroundings {
        Surroundings(
            files: DiskFiles(), sharedFiles: DiskFiles(.shared), clock: SystemClock(),
            entropy: SystemEntropy(), memory: memoryFolder(), pause: { usleep(UInt32($0) * 1_000) })
    }
}
