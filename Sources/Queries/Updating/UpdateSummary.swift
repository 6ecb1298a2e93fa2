// SPDX-License-Identifier: MIT
package import Logs
package import Merging
import Projections

/// What an update of the index did.
package struct UpdateSummary {
    /// Entries read by log, and how many of them are not automatic.
    package var read: [LogIndex: (all: Int, told: Int)] = [:]
    package var recordsTouched = 0
    /// Whether the whole index was made anew.
    package var isRebuilt = false
    /// Logs that could be read only up to an offset, and why.
    package var troubles: [(log: LogIndex, offset: Int, error: LogError)] = []

    package init() {}
}
