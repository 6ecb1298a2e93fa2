// SPDX-License-Identifier: MIT
import Basics
import Logs
import Projections
import Queries
import Syncing

extension Replica {
    /// What the index remembers of the files in exchanges.
    func segmentMemory() throws(Failure) -> SegmentMemory {
        var entries: [String: SegmentMemory.Entry] = [:]
        for note in try store.segmentNotes() {
            guard let content = SegmentMemory.Content(encoded: note.content) else { continue }
            entries[note.name] = SegmentMemory.Entry(size: note.size, content: content)
        }
        return SegmentMemory(entries)
    }

    func save(_ memory: SegmentMemory) throws(Failure) {
        try store.replaceSegmentNotes(
            memory.entriesByName.map { name, entry in
                SegmentNote(name: name, size: entry.size, content: entry.content.encoded)
            })
    }
}

extension SegmentMemory.Content {
    var encoded: [UInt8] {
        switch self {
        case .slice(let note):
            CBORValue.array([
                .unsigned(0), .bytes(note.log.bytes.array), .unsigned(note.range.first),
                .unsigned(note.range.last), .bytes(note.end.array),
                .array(note.lacking.flatMap { [.unsigned($0.first), .unsigned($0.last)] }),
                .bytes(note.key.array),
            ]).encoded
        case .setAside(let sentence):
            CBORValue.array([.unsigned(2), .text(sentence)]).encoded
        case .leftAlone(let leaving):
            CBORValue.array([
                .unsigned(3), .bytes(leaving.log.bytes.array), .unsigned(leaving.last),
                .bytes(leaving.held.array), .text(leaving.sentence),
            ]).encoded
        }
    }

    init?(encoded: [UInt8]) {
        let value: CBORValue
        do throws(CBORError) { value = try CBORValue(encoded) } catch { return nil }
        guard case .array(let items) = value else { return nil }
        switch (items.first, items.count) {
        case (.unsigned(0), 7):
            guard case .bytes(let log) = items[1], let id = Bytes16(log),
                case .unsigned(let first) = items[2], case .unsigned(let last) = items[3],
                case .bytes(let half) = items[4], let end = Bytes16(half),
                let lacking = Self.runs(items[5]),
                case .bytes(let name) = items[6], let key = Bytes16(name)
            else { return nil }
            self = .slice(
                SegmentMemory.Note(
                    log: LogID(id), range: SeqRange(first: first, last: last), end: end,
                    lacking: lacking, key: key))
        case (.unsigned(2), 2):
            guard case .text(let sentence) = items[1] else { return nil }
            self = .setAside(sentence)
        case (.unsigned(3), 5):
            guard case .bytes(let log) = items[1], let id = Bytes16(log),
                case .unsigned(let last) = items[2],
                case .bytes(let half) = items[3], let held = Bytes16(half),
                case .text(let sentence) = items[4]
            else { return nil }
            self = .leftAlone(
                SegmentMemory.Leaving(log: LogID(id), last: last, held: held, sentence: sentence))
        default: return nil
        }
    }

    /// Pairs of a first and a last seq.
    private static func runs(_ value: CBORValue) -> [SeqRange]? {
        guard case .array(let items) = value, items.count.isMultiple(of: 2) else { return nil }
        var runs: [SeqRange] = []
        for place in stride(from: 0, to: items.count, by: 2) {
            guard case .unsigned(let first) = items[place],
                case .unsigned(let last) = items[place + 1]
            else { return nil }
            runs.append(SeqRange(first: first, last: last))
        }
        return runs
    }
}
