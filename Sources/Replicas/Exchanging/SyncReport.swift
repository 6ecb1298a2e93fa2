// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// What a sync or a merge did, device by device.
package struct SyncReport: Sendable {
    /// What became of one device's log.
    package struct Device: Hashable, Sendable {
        package let log: LogID
        package let callSign: String
        /// New entries taken in.
        package var new = 0
        /// What the files there hold of it, in any number of them.
        var there: [SeqRange] = []
        /// What entries of it wait for, whole sentences.
        package var waiting = Sentences()
        /// Why files of it were set aside, whole sentences.
        package var setAside = Sentences()
        /// Entries that this device put into the exchange.
        package var published = 0

        /// Entries that were there and had been taken in before, each once however many files
        /// hold it.
        package var held: Int {
            max(0, SeqRange.joined(there).reduce(0) { $0 + $1.count } - new)
        }
    }

    package internal(set) var devices: [Device] = []
    /// Where each log stands in `devices`, until those are sorted.
    var placeByLog: [LogID: Int] = [:]
    /// Files that belong to no log that could be told, by what is to be said of them.
    package internal(set) var files: [FileGroup] = []
    /// What went wrong without stopping the rest, and what was put right, whole sentences.
    package internal(set) var remarks: [String] = []
    /// Why not everything could be left in the exchange.
    package internal(set) var failure: Failure?
    /// Whether this device was let in by this sync.
    package internal(set) var isNewlyEnrolled = false
    /// Whether this device is enrolled.
    package internal(set) var isEnrolled = true

    package var newEntries: Int { devices.reduce(0) { $0 + $1.new } }
    package var publishedEntries: Int { devices.reduce(0) { $0 + $1.published } }
}
