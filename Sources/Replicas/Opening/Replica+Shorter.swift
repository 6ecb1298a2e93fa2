// SPDX-License-Identifier: MIT
import Basics
import Logs
import Projections
import Queries

extension Replica {
    /// Logs that hold less than the index has read of them: a folder was put back from a copy, or a
    /// disk lost what it had promised to keep.
    /// Gives the last entry of each that there was.
    static func shorterLogs(
        _ book: Book, _ sources: [LogSource]
    ) throws(Failure) -> [LogID: PinnedEntry] {
        let shorter = book.rows.filter { row in
            guard let position = row.position, row.end == nil else { return false }
            let size =
                sources.first { $0.identity.id == row.id && $0.name == row.file }?.size ?? 0
            return size < position.offset
        }
        return Dictionary(
            shorter.compactMap { row in
                row.position.map {
                    (row.id, PinnedEntry(log: row.id, seq: $0.tip.seq, chain: $0.tip.chain.first))
                }
            }, uniquingKeysWith: Replica.later)
    }

    private static func later(_ one: PinnedEntry, _ other: PinnedEntry) -> PinnedEntry {
        one.seq >= other.seq ? one : other
    }

    /// Says which logs are shorter than they were, and what was found of the own log. Whatever that
    /// was, reading goes on; the next entry begins a new log where it must.
    func tell(of shorter: [LogID: PinnedEntry]) throws(Failure) {
        noteUnread()
        remarkOnOwnLog()
        for id in shorter.keys.sorted() {
            let isHeld = sources.contains { $0.identity.id == id }
            let isOwn = id == device.log && isHeld
            // The index is no witness; where the witness has nothing to say, it may still warn.
            if isOwn, ownLogState == .whole {
                ownLogState = .putBack
                remarkOnOwnLog()
            }
            if isOwnLog(id) == false {
                remark(Replica.remark(on: id, isHeld: isHeld), ofMissing: id)
            }
        }
        try noteMissing(shorter)
    }

    /// Names what others' logs lack of what this book had, so that it is told until it is back: the
    /// index forgets it when it is next brought up to the logs, and nobody takes it for nothing.
    func noteMissing(_ shorter: [LogID: PinnedEntry]) throws(Failure) {
        // What this device had taken in its own log says, whatever became of the index.
        let own = book.rows.filter { $0.identity?.key == device.key }.map(\.index)
        let had = try store.reach(claimedBy: Set(own))
            .merging(shorter, uniquingKeysWith: Replica.later)
        for (id, last) in had.sorted(by: { $0.key < $1.key }) where isOwnLog(id) == false {
            let ends = book.rows.filter { $0.id == id }.compactMap { $0.position?.tip.seq }
            try noteLoss(
                of: id, after: ends.max() ?? 0, upTo: last.seq, last.chain, isOwn: false)
        }
        try remarkOnMissing(besides: Set(shorter.keys))
    }

    private func remarkOnMissing(besides told: Set<LogID>) throws(Failure) {
        for loss in try lostEntries
        where told.contains(loss.log) == false && loss.told < .lost && loss.isOwn == false {
            remark(
                """
                \(naming([loss])) \(loss.range.count == 1 ? "was" : "were") in this book and \
                \(loss.range.count == 1 ? "is" : "are") missing; all else is read. Sync to take in \
                again what others hold.
                """, ofMissing: loss.log)
        }
    }

    /// Whether anything is damaged or missing here of which this is known.
    package var lacksEntries: Bool { damage.isEmpty == false || missingRemarks.isEmpty == false }

    private func remarkOnOwnLog() {
        guard let sentence = ownLogState.sentence else { return }
        remarks.append(sentence)
        if ownLogState.isAnsweredBySync { unanswered = ownLogState }
    }

    private func remark(_ sentence: String, ofMissing log: LogID) {
        remarks.append(sentence)
        missingRemarks.append((log, sentence))
    }

    /// Says of entries that were missing which of them are missing now, where that was not told
    /// otherwise.
    func answerMissing(isAllTold: Bool) throws(Failure) {
        let lost = Set(try lostEntries.map(\.log))
        for (_, sentence) in missingRemarks { remarks.removeAll { $0 == sentence } }
        missingRemarks.removeAll { lost.contains($0.log) == false }
        guard isAllTold == false, missingRemarks.isEmpty == false else { return }
        missingRemarks = []
        try remarkOnMissing(besides: [])
    }

    /// Whether a log is this device's, or was.
    func isOwnLog(_ id: LogID) -> Bool {
        id == device.log || id == witness?.log
            || sources.contains {
                $0.identity.key == device.key
                    && ($0.identity.id == id || $0.identity.birth.previous?.log == id)
            }
    }

    /// Says of logs what was read of them only in part, each time: what people read lacks the rest.
    /// Takes back what was said of that before.
    func noteUnread() {
        remarks.removeAll { unreadRemarks.contains($0) }
        unreadRemarks = []
        for source in sources {
            guard let row = row(of: source), let position = row.position else { continue }
            let rotten = row.absent.rotten
            if rotten.isEmpty == false {
                unreadRemarks.append(
                    """
                    What \(rotten.map(\.words).joined(separator: ", ")) of \
                    \(book.callSign(of: row.index)) says is damaged on this disk and not used. \
                    'beatbook sync FOLDER --thorough', or a merge of any good copy, brings it back.
                    """)
            }
            guard source.isOwn == false, damage[row.id] == nil,
                row.sizeRead == source.size, position.offset < source.size
            else { continue }
            damage[row.id] = position.offset
            remarks.append(Replica.damaged(row.id, at: position.offset))
        }
        remarks += unreadRemarks
    }

    private static func remark(on id: LogID, isHeld: Bool) -> String {
        guard isHeld else {
            return "The log \(id.hex) is missing from this book; all else is read from what is "
                + "there. Sync to take it in again."
        }
        return "The copy of the log \(id.hex) is shorter than it was; it is read as it is. "
            + "Sync to take the rest in again."
    }
}
