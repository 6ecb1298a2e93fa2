// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// What this device knows of the files in an exchange from earlier looks, by file name.
///
/// A plain value that the caller stores. It saves time and decides nothing: a file is skipped only
/// while its size is the same and what it held is held here.
package struct SegmentMemory: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// Its log and entries, the first half of the chain value at the last one, which says in
        /// which history they stand, and those of its entries whose bodies it lacks.
        case slice(LogID, SeqRange, end: Bytes16, lacking: [SeqRange])
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

    /// What the exchange holds of one history of a log, as `rangesByLog` gives it.
    func ranges(of held: HeldLog) -> [SeqRange] {
        var walk = ChainWalk(held)
        var ranges: [SeqRange] = []
        for case .slice(held.log.id, let range, let end, let lacking)
            in entriesByName.values.map(\.content).sorted(by: SegmentMemory.endsFirst)
        where range.last <= held.tip.seq && walk.chain(at: range.last)?.first == end {
            ranges += SegmentMemory.whole(range, lacking: lacking, but: held.absent)
        }
        return SeqRange.joined(ranges)
    }

    private static func endsFirst(_ left: Content, _ right: Content) -> Bool {
        guard case .slice(_, let first, _, _) = left, case .slice(_, let second, _, _) = right
        else { return false }
        return first.last < second.last
    }

    /// What of a file's entries need not be left again: all but those whose bodies it lacks and
    /// this device has.
    private static func whole(
        _ range: SeqRange, lacking: [SeqRange], but absent: [SeqRange]
    ) -> [SeqRange] {
        guard lacking.isEmpty == false else { return [range] }
        let wanted = SeqRange.subtracting(absent, from: lacking)
        return SeqRange.subtracting(wanted, from: [range])
    }

    /// What the exchange holds of each log: entries whose bodies no file has are held as good as
    /// not, but for those of which this device has no body either.
    func rangesByLog(_ logs: [HeldLog]) -> [LogID: [SeqRange]] {
        let absentByLog = Dictionary(
            logs.map { ($0.log.id, $0.absent) }, uniquingKeysWith: { first, _ in first })
        var ranges: [LogID: [SeqRange]] = [:]
        for entry in entriesByName.values {
            guard case .slice(let log, let range, _, let lacking) = entry.content else { continue }
            ranges[log, default: []] += SegmentMemory.whole(
                range, lacking: lacking, but: absentByLog[log] ?? [])
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
            case .slice(log, let range, _, _): (name: name, size: entry.size, range: range)
            case .slice, .setAside: nil
            }
        }
        return files.sorted {
            if $0.range.first != $1.range.first { return $0.range.first < $1.range.first }
            if $0.range.last != $1.range.last { return $0.range.last < $1.range.last }
            return $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }
}
