// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// What this device knows of the files in an exchange from earlier looks, by file name.
///
/// A plain value that the caller stores. It saves time and decides nothing: a file is skipped only
/// while its size is the same and what it held is held here.
package struct SegmentMemory: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case slice(LogID, SeqRange)
        case forked(Fork)
        /// The sentence that says why.
        case setAside(String)
    }

    package struct Entry: Hashable, Sendable {
        /// The file's size in bytes.
        package let size: Int
        package let content: Content

        package init(size: Int, content: Content) {
            self.size = size
            self.content = content
        }
    }

    package var entriesByName: [String: Entry]

    package init(_ entriesByName: [String: Entry] = [:]) { self.entriesByName = entriesByName }

    /// What the exchange holds of a log, as far as it agrees with what is held here.
    package func ranges(of log: LogID) -> [SeqRange] {
        SeqRange.joined(files(of: log).map { $0.range })
    }

    /// What the exchange holds of each log, as `ranges(of:)` gives it.
    func rangesByLog() -> [LogID: [SeqRange]] {
        var ranges: [LogID: [SeqRange]] = [:]
        for entry in entriesByName.values {
            guard case .slice(let log, let range) = entry.content else { continue }
            ranges[log, default: []].append(range)
        }
        return ranges.mapValues { SeqRange.joined($0) }
    }

    /// What of this is said of files that are there: of the same name and size.
    func limited(to files: [FileName]) -> SegmentMemory {
        let there = files.compactMap { file in
            entriesByName[file.name].flatMap { $0.size == file.size ? (file.name, $0) : nil }
        }
        return SegmentMemory(Dictionary(there, uniquingKeysWith: { first, _ in first }))
    }

    /// The files that hold a slice of the log, by range and then by name.
    func files(of log: LogID) -> [(name: String, size: Int, range: SeqRange)] {
        let files = entriesByName.compactMap { name, entry in
            switch entry.content {
            case .slice(log, let range): (name: name, size: entry.size, range: range)
            case .slice, .forked, .setAside: nil
            }
        }
        return files.sorted {
            if $0.range.first != $1.range.first { return $0.range.first < $1.range.first }
            if $0.range.last != $1.range.last { return $0.range.last < $1.range.last }
            return $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }
}
