// SPDX-License-Identifier: MIT

/// The sizes that are checked on writing and on reading, in bytes unless said otherwise.
/// Source: `Docs/Formats/Encoding.md`.
package enum Limits {
    package static let header = 4_096
    package static let body = 262_144
    package static let type = 48
    package static let batchEntries = 10_000
    package static let batchPayload = 1_048_576
    package static let unsealed = 1_048_576
    package static let segment = 4_194_304
    package static let baseElements = 64
    package static let salt = 16
    /// Nobody records so much: a larger file in the place of a log is something else.
    package static let log = 1 << 32
    /// A log file that someone brought is read whole.
    package static let broughtLog = 1 << 30
}
