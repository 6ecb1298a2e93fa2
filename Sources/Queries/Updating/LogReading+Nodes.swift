// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

extension LogReading {
    /// Where a node ends that the file goes on after.
    func end(
        of row: LogRow, _ position: LogPosition, _ entries: [EntryView]
    ) -> LogPosition {
        guard let end = row.end, position.tip.seq > end else { return position }
        var tip = row.position?.tip ?? position.tip
        for entry in entries where entry.header.seq <= end {
            tip = LogTip(seq: entry.header.seq, time: entry.header.time, chain: entry.chain)
        }
        return LogPosition(
            offset: position.offset, tip: tip, sealedOffset: position.offset, sealedTip: tip)
    }

    /// Takes of an entry that stands in an earlier node what later ones go by.
    func pass(_ entry: EntryView, _ row: inout LogRow) {
        if case .creates = entry.header.subject { row.records += 1 }
        if entry.header.label == LogReading.aboutSoftware, let number = LogReading.vocabulary(entry)
        {
            row.vocabulary.add(number, at: entry.header.seq)
        }
    }
}

extension LogReading {
    /// The record that an entry is about.
    enum Subject {
        /// A record of the own log, or of another one whose history the own log has named, or the
        /// entry gives: whether it is that is asked later.
        case held(EntryRef)
        /// A record that has to be looked for: its log has several histories, or nothing of it is
        /// held, or it is not known which history is meant. To number every log that is named would
        /// let one entry after another add to what each command reads.
        case unknown(EntryID)

        /// Nil for an entry about no record; `named` is how far the log has named others.
        init?(
            of header: EntryHeader, at place: EntryRef, _ table: LogTable, named: [LogID: UInt64]
        ) {
            switch header.subject {
            case .none: return nil
            case .creates: self = .held(place)
            case .own(let seq): self = .held(table.entry(seq, before: place.log))
            case .other(let id, let history):
                guard id.seq < EntryRef.seqLimit else { return nil }
                let nodes = table.nodes(of: id.log)
                self =
                    nodes.count == 1 && (history != nil || named[id.log] ?? 0 >= id.seq)
                    ? .held(EntryRef(nodes[0], id.seq)) : .unknown(id)
            }
        }
    }
}
