// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries

/// A log of this device's own that rots in what was recorded and not signed, so that no other copy
/// of it can be about.
///
/// What stands before the damage is shared as ever; what can still be read behind it is written
/// again in a new log, and only then is the old one cut there. Ended at any place, this goes on
/// from there when the book is next opened for writing.
extension Replica {
    func saveOwnTails() throws(Failure) {
        for source in sources where source.isOwn {
            guard let row = row(of: source), let known = row.position,
                known.sealedOffset < source.size
            else { continue }
            let view = try source.view()
            // What the index has read may have rotted since.
            let start = LogPosition(atSeal: known.sealedTip, offset: known.sealedOffset)
            guard let end = Replica.goodEnd(of: view, from: start, source.identity),
                end.offset < source.size,
                Salvage.isSigned(view.bytes, after: end, in: source.identity) == false
            else { continue }
            // What was signed once may be with others: a sync brings it back.
            if let signed = signedBefore[row.id], try lastAnswered(of: source.identity) <= signed {
                if end.tip.seq >= signed {
                    try signAgain(source.identity, view, at: end.offset)
                } else {
                    damage[row.id] = end.offset
                }
                continue
            }
            try save(source.identity, view, from: end)
        }
    }

    /// Puts aside what stands in the place of the last seal, and signs all anew: a signature is the
    /// same whenever it is made.
    private func signAgain(
        _ log: LogIdentity, _ view: FileView, at offset: Int
    ) throws(Failure) {
        let name = try cut(log.id, view, at: offset)
        written = nil
        try refreshSources()
        _ = try rebuildIndex()
        try sealOwnLogs()
        remarks.append(
            """
            What signs the end of this device's own log was damaged on the disk; it was signed \
            again, and nothing was lost. The damaged bytes are in set-aside/\(name).
            """)
    }

    /// Where the batches end that are whole, with no text in them that has rotted: what nobody else
    /// has is not signed without its words.
    private static func goodEnd(
        of view: FileView, from start: LogPosition, _ log: LogIdentity
    ) -> LogPosition? {
        guard start.offset <= view.bytes.count else { return nil }
        var scanner = LogScanner(view.bytes, of: log, from: start)
        var end = start
        while let step = scanner.nextIfGood() {
            guard step == .seal || scanner.entries.contains(where: \.isBodyRotten) == false else {
                break
            }
            end = scanner.position
        }
        return end
    }

    private func save(
        _ log: LogIdentity, _ view: FileView, from end: LogPosition
    ) throws(Failure) {
        let tail = OwnTail(saving: view.bytes, of: log, behind: end)
        let last = try lastAnswered(of: log)
        let saved = try saved(from: tail)
        let names = try references(of: tail)
        repeating = (log.id, tail.ranges)
        defer { repeating = nil }
        let first = max(tail.before.seq, signedBefore[log.id] ?? 0)
        try noteLoss(
            of: log.id, after: first, upTo: last, answeredChain(of: log.id, at: last), isOwn: true)
        let isCurrent = device.log == log.id
        let isUnsaved = tail.items.contains { saved[$0.header.seq] == nil }
        // The places after the damage were used, and are not used again.
        if isCurrent || isUnsaved {
            // What was seen by then may stand in what was damaged, and the index has read it.
            let sights = try [
                sightBefore(log),
                sight(of: log, upTo: end.tip, known: tail.items.first.map { $0.header.seq - 1 }),
            ]
            _ = try beginNewLog(
                after: isCurrent ? log : heldOwnLog, endingAt: isCurrent ? end.tip : nil,
                before: tail.items.first?.header.time)
            if isUnsaved {
                rename(names, as: try repeatEntries(of: tail, besides: saved, seeing: sights))
            }
        }
        try takeBackLosses(of: log.id, tail.ranges)
        let name = try cut(log.id, view, at: end.offset)
        written = nil
        _ = forgetDamage(of: log.id)
        remarks.append(Replica.told(tail, isLost: last > first, asideAs: name))
        try refreshSources()
        _ = try rebuildIndex()
    }

    /// What this device had in sight when it began a log that goes on from another: what the log
    /// says of it may be damaged itself.
    private func sightBefore(_ log: LogIdentity) throws(Failure) -> [BaseElement] {
        guard let previous = log.birth.previous, previous.seq > 0,
            let before = sources.first(where: { $0.isOwn && $0.identity.id == previous.log })?
                .identity,
            let tip = row(ofOwn: before.id)?.position?.tip, tip.seq >= previous.seq
        else { return [] }
        return try sight(
            of: before,
            upTo: LogTip(seq: previous.seq, time: tip.time, chain: previous.chain))
    }

    /// What of a tail stands in another log of this device, where an earlier opening was stopped:
    /// what is written again keeps its time, and no two entries of a device have one.
    private func saved(from tail: OwnTail) throws(Failure) -> [UInt64: EntryID] {
        let wanted = Dictionary(
            tail.items.map { ($0.header.time, $0.header) }, uniquingKeysWith: { first, _ in first })
        var found: [UInt64: EntryID] = [:]
        for source in sources where source.isOwn && source.identity.id != tail.log.id {
            let view = try source.view()
            var scanner: LogScanner
            do throws(LogError) { scanner = try LogScanner(view.bytes) } catch { continue }
            while let step = scanner.nextIfGood() {
                guard step == .batch else { continue }
                for entry in scanner.entries {
                    guard let old = wanted[entry.header.time], old.type == entry.header.type
                    else { continue }
                    found[old.seq] = EntryID(log: source.identity.id, seq: entry.header.seq)
                }
            }
        }
        return found
    }

    /// The last entry of a log that the folder answered for; 0 where it says nothing of it.
    func lastAnswered(of log: LogIdentity) throws(Failure) -> UInt64 {
        let known = row(ofOwn: log.id)?.position?.tip.seq ?? 0
        return max(known, lastNamed(of: log.id), promised[log.id]?.seq ?? 0)
    }

    private static func told(_ tail: OwnTail, isLost: Bool, asideAs name: String) -> String {
        guard isLost || tail.items.isEmpty == false else {
            return """
                At the end of this device's own log stood bytes that hold nothing recorded; they \
                are in set-aside/\(name), and nothing was lost with them.
                """
        }
        let saved = tail.items.filter {
            EventName.automatic.contains($0.header.type) == false && $0.isHollow == false
        }
        let entries = saved.count == 1 ? "1 entry was" : "\(saved.count) entries were"
        let isMaking = saved.contains { $0.header.subject == .creates }
        let again =
            saved.isEmpty
            ? ""
            : "; \(entries) read behind the damage and written again there"
                + (isMaking ? ", where records have new references" : "")
        return """
            The end of this device's own log is damaged on the disk. All before \
            the damage is safe. A new log was begun\(again). The damaged bytes are in \
            set-aside/\(name).
            """
    }
}
