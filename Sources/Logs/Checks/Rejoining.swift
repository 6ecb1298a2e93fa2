// SPDX-License-Identifier: MIT
import Basics

/// Finds again, behind damage in a log file, what goes on from the place up to which another copy
/// of the log is good: it may stand nowhere else.
package enum Rejoining {
    /// The whole frames of a file that follow a place of its log, from an offset on and up to the
    /// last seal; none if no batch there goes on from it.
    package static func sealed(
        _ file: UnsafeRawBufferPointer, from offset: Int, of log: LogIdentity, after tip: LogTip
    ) -> [UInt8] {
        guard let found = first(file, from: offset, of: log, after: tip) else { return [] }
        return Array(file[found.start..<found.reached.sealedOffset])
    }

    /// All bytes from the first batch on that follows a place of the log, whatever is damaged
    /// behind it; nil if none does.
    package static func rest(
        _ file: UnsafeRawBufferPointer, from offset: Int, of log: LogIdentity, after tip: LogTip
    ) -> [UInt8]? {
        first(file, from: offset, of: log, after: tip).map { Array(file[$0.start...]) }
    }

    /// The same of a log that is written here: where no batch follows, from the first on that could
    /// be read again. Nothing if there is no such batch either.
    package static func tail(
        _ file: UnsafeRawBufferPointer, from offset: Int, of log: LogIdentity, after tip: LogTip
    ) -> [UInt8] {
        if let rest = rest(file, from: offset, of: log, after: tip) { return rest }
        let place = LogPosition(offset: offset, tip: tip, sealedOffset: offset, sealedTip: tip)
        guard let start = Salvage.start(file, after: place, of: log) else { return [] }
        return Array(file[start...])
    }

    /// Where the first batch begins that goes on from a place, and how far the log is good then.
    private static func first(
        _ file: UnsafeRawBufferPointer, from offset: Int, of log: LogIdentity, after tip: LogTip
    ) -> (start: Int, reached: LogPosition)? {
        for start in offset..<max(offset, file.count)
        where file[start] == FrameKind.batch.rawValue {
            let place = LogPosition(
                offset: start, tip: tip, sealedOffset: start, sealedTip: tip)
            var scanner = LogScanner(file, of: log, from: place)
            // A batch ends in its chain value: no other bytes go on from there.
            guard scanner.nextIfGood() != nil else { continue }
            while scanner.nextIfGood() != nil {}
            return (start, scanner.position)
        }
        return nil
    }
}
