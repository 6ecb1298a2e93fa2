// SPDX-License-Identifier: MIT
package import Basics

/// A batch that every reader takes: whoever writes one reads it first, by the reader's own rules.
package struct CheckedBatch: Sendable {
    package let entries: [EntryBytes]
    package let payload: [UInt8]
    /// Where the log stands after it.
    package let tip: LogTip

    /// Puts entries together that were made to follow `tip`; throws the first rule that they break.
    package init(
        _ entries: [EntryBytes], after tip: LogTip, in log: LogID
    ) throws(LogError) {
        var chain = tip.chain
        for entry in entries { chain = entry.header.withRaw { Batch.link(chain, $0) } }
        let payload = Batch.payload(entries, chain: chain)
        self.tip = try payload.withRaw { raw throws(LogError) in
            var reader = BatchReader()
            let tip = try reader.read(raw, at: 0, after: tip, in: log)
            try reader.demandBodies()
            try reader.checkMeaning()
            return tip
        }
        self.entries = entries
        self.payload = payload
    }
}
