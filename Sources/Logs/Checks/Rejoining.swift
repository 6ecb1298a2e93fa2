// SPDX-License-Identifier: MIT
import Basics

/// Finds again, behind damage in a log file, what goes on from the place up to which another copy
/// of the log is good: it may stand nowhere else.
package enum Rejoining {
    /// The whole frames of a file that follow a place of its log, from an offset on; none if no
    /// batch there goes on from it. What no seal covers is kept only for the log's own device.
    package static func frames(
        _ file: UnsafeRawBufferPointer, from offset: Int, of log: LogIdentity,
        after tip: LogTip, keepsUnsealed: Bool
    ) -> [UInt8] {
        for start in offset..<max(offset, file.count)
        where file[start] == FrameKind.batch.rawValue {
            let place = LogPosition(
                offset: start, tip: tip, sealedOffset: start, sealedTip: tip)
            var scanner = LogScanner(file, of: log, from: place)
            // A batch ends in its chain value: no other bytes go on from there.
            guard scanner.nextIfGood() != nil else { continue }
            while scanner.nextIfGood() != nil {}
            let end = keepsUnsealed ? scanner.position.offset : scanner.position.sealedOffset
            return Array(file[start..<end])
        }
        return []
    }
}
