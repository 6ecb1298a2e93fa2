// SPDX-License-Identifier: MIT
import Basics
import Logs

/// Finds the chain values of a held log; questions in growing order cost one pass over the file.
struct ChainWalk {
    private let held: HeldLog
    private var scanner: LogScanner?

    init(_ held: HeldLog) { self.held = held }

    /// The chain value after entry `seq`, which the file holds; nil if it cannot be read there.
    mutating func chain(at seq: UInt64) -> Bytes32? {
        defer { withExtendedLifetime(held) {} }
        guard seq > 0 else { return held.log.origin }
        guard seq != held.tip.seq else { return held.tip.chain }
        if hasPassed(seq) { scanner = start(before: seq) }
        while let tip = scanner?.position.tip, tip.seq < seq {
            guard scanner?.nextIfGood() != nil else {
                scanner = nil
                return nil
            }
        }
        return scanner?.entries.first { $0.header.seq == seq }?.chain
    }

    /// Nil if not even the log's birth can be read.
    private func start(before seq: UInt64) -> LogScanner? {
        do throws(LogError) { return try held.scanner(before: seq) } catch { return nil }
    }

    private func hasPassed(_ seq: UInt64) -> Bool {
        guard let scanner else { return true }
        guard scanner.position.tip.seq >= seq else { return false }
        guard let first = scanner.entries.first else { return true }
        return first.header.seq > seq
    }
}
