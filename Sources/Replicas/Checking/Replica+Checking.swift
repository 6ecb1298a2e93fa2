// SPDX-License-Identifier: MIT
package import Basics
import Logs
import Projections
package import Queries
import Syncing

extension Replica {
    /// Reads every log from its first byte to its last, and compares the index with what they say.
    package func verify() throws(Failure) -> Verification {
        try Verification(
            of: sources, store, answered: witness, promised: promised.mapValues(\.seq),
            in: partnership)
    }

    /// Makes an empty folder the partnership's exchange.
    package func createExchange(at folder: String) throws(Failure) {
        _ = try Exchange.create(
            at: folder, partnership: partnership, files: surroundings.sharedFiles)
    }

    /// Lets go of the remarks that were said.
    package func forgetRemarks() { remarks = [] }

    /// Whether what this device wrote last is not in the index yet.
    package var isIndexBehind: Bool {
        guard let written else { return false }
        return row(ofOwn: written.log)?.position?.tip.seq ?? 0 < written.position.tip.seq
    }
}
