// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// What this device knows of the files in an exchange from earlier looks, by file name.
///
/// A plain value that the caller stores. It saves time and decides nothing: a file is skipped only
/// while its size is the same and what it held is held here.
package struct SegmentMemory: Hashable, Sendable {
    /// What a file holds.
    package struct Note: Hashable, Sendable {
        package let log: LogID
        package let range: SeqRange
        /// The first half of the chain value at the last entry, which says in which history they
        /// stand.
        package let end: Bytes16
        /// Those of the entries whose bodies the file lacks.
        package let lacking: [SeqRange]
        /// The id of the key that it is encrypted with.
        package let key: Bytes16

        package init(
            log: LogID, range: SeqRange, end: Bytes16, lacking: [SeqRange], key: Bytes16
        ) {
            self.log = log
            self.range = range
            self.end = end
            self.lacking = lacking
            self.key = key
        }
    }

    package enum Content: Hashable, Sendable {
        case slice(Note)
        /// The sentence that says why.
        case setAside(String)
        case leftAlone(Leaving)
    }

    /// Why a good file was left alone, which what is held of its log decided.
    package struct Leaving: Hashable, Sendable {
        package let log: LogID
        /// The file's last entry.
        package let last: UInt64
        /// What was held of the log up to that entry, as `HeldLog.mark` gives it.
        package let held: Bytes16
        package let sentence: String

        package init(log: LogID, last: UInt64, held: Bytes16, sentence: String) {
            self.log = log
            self.last = last
            self.held = held
            self.sentence = sentence
        }
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
    func ranges(of held: HeldLog, where counts: (Note) -> Bool) -> [SeqRange] {
        var walk = ChainWalk(held)
        var ranges: [SeqRange] = []
        let notes = notes.filter { $0.log == held.log.id && counts($0) }
        for note in notes.sorted(by: { $0.range.last < $1.range.last })
        where note.range.last <= held.tip.seq
            && walk.chain(at: note.range.last)?.first == note.end
        {
            ranges += note.whole(but: held.absent)
        }
        return SeqRange.joined(ranges)
    }

    private var notes: [Note] {
        entriesByName.values.compactMap {
            if case .slice(let note) = $0.content { note } else { nil }
        }
    }

    /// What the exchange holds of each log in files that count: entries whose bodies no file has
    /// are held as good as not, but for those of which this device has no body either.
    func rangesByLog(
        _ logs: [HeldLog], where counts: (Note) -> Bool
    ) -> [LogID: [SeqRange]] {
        let absentByLog = Dictionary(
            logs.map { ($0.log.id, $0.absent) }, uniquingKeysWith: { first, _ in first })
        var ranges: [LogID: [SeqRange]] = [:]
        for note in notes where counts(note) {
            ranges[note.log, default: []] += note.whole(but: absentByLog[note.log] ?? [])
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
            case .slice(let note) where note.log == log:
                (name: name, size: entry.size, range: note.range)
            case .slice, .setAside, .leftAlone: nil
            }
        }
        return files.sorted {
            if $0.range.first != $1.range.first { return $0.range.first < $1.range.first }
            if $0.range.last != $1.range.last { return $0.range.last < $1.range.last }
            return $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }
}

extension SegmentMemory.Note {
    /// What of the file's entries need not be left again: all but those whose bodies it lacks and
    /// this device has.
    fileprivate func whole(but absent: [SeqRange]) -> [SeqRange] {
        guard lacking.isEmpty == false else { return [range] }
        let wanted = SeqRange.subtracting(absent, from: lacking)
        return SeqRange.subtracting(wanted, from: [range])
    }
}
