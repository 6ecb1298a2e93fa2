// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// Finds in an exchange, or in what someone brought, the entries that this device lacks.
///
/// It never writes, and one bad file never stops the rest. Slices are taken in by log and first
/// entry, so that one pass does whatever order the files came in: what waits after its turn waits
/// for entries that no file has.
package struct Collector: Sendable {
    private let keys: KeyRing
    /// How many bytes one look takes in, about: the rest is left for the next.
    private let byteLimit: Int

    package init(keys: KeyRing, byteLimit: Int = 64 << 20) {
        self.keys = keys
        self.byteLimit = byteLimit
    }

    /// Looks at every file of an exchange's segments folder.
    ///
    /// Files that `memory` knows are passed over while what they held is held, unless the look is
    /// `thorough`. Throws only if the folder cannot be listed.
    package func collect(
        from exchange: Exchange, holding logs: [HeldLog], knowing memory: SegmentMemory,
        isThorough: Bool = false
    ) throws(Failure) -> Collected {
        let files = try exchange.list(.segments).filter {
            $0.name.hasSuffix(".\(Exchange.spoilt)") == false
        }
        let candidates = files.map {
            Candidate(
                name: $0.name, path: "\(exchange.folder)/segments/\($0.name)", size: $0.size,
                shape: .segment)
        }
        var look = ImportPass(
            exchange.files, exchange.partnership, keys: keys, byteLimit: byteLimit, holding: logs)
        return look.at(candidates, knowing: isThorough ? SegmentMemory() : memory)
    }

    /// Looks at everything that was brought by hand.
    package func collect(from source: BroughtLogs, holding logs: [HeldLog]) -> Collected {
        var look = ImportPass(
            source.files, source.partnership, keys: keys, byteLimit: byteLimit, holding: logs)
        return look.at(source.candidates, knowing: SegmentMemory())
    }
}
