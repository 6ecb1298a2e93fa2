// SPDX-License-Identifier: MIT
import Basics
package import Events
import Logs
import Merging
import Projections
import Queries

extension Replica {
    /// Writes events as one batch and brings the index up. Returns once they would survive a power
    /// cut, whatever becomes of the index: when this throws, nothing was recorded.
    ///
    /// Throws a rejection for a batch that is empty, or larger than the format allows.
    package func record(_ events: [Event]) throws -> Recorded {
        precondition(lock != nil, "a book that was opened for reading is not written")
        guard events.isEmpty == false else {
            throw Rejection(
                "There is nothing to record: no row and no value was given.",
                advice: "Nothing was written.")
        }
        let log = try logForWriting()
        if statesVocabulary(log) == false {
            let statement = try append([Replica.updated(surroundings)], to: log)
            if let trouble = statement.trouble { remarks.append(trouble.sentence) }
        }
        return try append(events, to: log)
    }

    /// Whether the number that a log stated last is that of the vocabulary in use: every entry is
    /// read as of someone whose program knows what the number says, and no more.
    private func statesVocabulary(_ log: LogIdentity) -> Bool {
        let row = row(ofOwn: log.id)
        let end = row?.position?.tip.seq ?? 0
        return row?.vocabulary.number(at: end) == surroundings.vocabulary.number
    }

    private func append(_ events: [Event], to log: LogIdentity) throws -> Recorded {
        let isAlone = events.contains { EventName.bringingKeys.contains($0.type) }
        // What was taken in is said before, so that nothing else stands beside such an entry.
        if isAlone, try nextBase(of: log.id).isEmpty == false {
            _ = try record([Event(EventName.received, .none, nil)])
        }
        let position = try position(of: log)
        var encoder = EntryEncoder(
            log: log.id, tip: position.tip, surroundings: surroundings, observed: observedTime(),
            base: try baseIfKnown(of: log.id))
        let entries = encoder.entries(try naming(events))
        try checkSize(entries, after: position.tip, in: log)
        var writer = LogWriter(
            log, at: paths.log(log.id), after: position, files: surroundings.files)
        try append(entries, to: &writer, isAlone: isAlone)
        written = (log.id, writer.position)
        remember()
        let first = writer.position.tip.seq - UInt64(events.count) + 1
        return followed(events.indices.map { EntryID(log: log.id, seq: first + UInt64($0)) })
    }

    /// What was newly taken in. Where the index is damaged that is not known: then nothing is said
    /// of it, the next entry says it, and recording goes on.
    private func baseIfKnown(of log: LogID) throws(Failure) -> [BaseElement] {
        do throws(Failure) { return try nextBase(of: log) } catch {
            guard error.kind == .indexDamaged else { throw error }
            return []
        }
    }

    /// Writes a batch and what bears witness to it; returns when both would survive a power cut.
    private func append(
        _ entries: [EntryBytes], to writer: inout LogWriter, isAlone: Bool = false
    ) throws(Failure) {
        let end = writer.position.offset
        try writer.append(entries, sealingWith: device.signing, isAlone: isAlone)
        do throws(Failure) {
            try bearWitness(writer.log, writer.position.tip)
        } catch let trouble {
            // It was not answered for. If even this fails, the next opening keeps the batch.
            do throws(Failure) {
                try surroundings.files.truncate(writer.path, to: end)
            } catch {
                throw trouble.leavingItWritten
            }
            // A witness that stays, of what is not there, begins a new log: nothing is lost by it.
            do throws(Failure) { try withdrawWitness() } catch { throw trouble }
            throw trouble
        }
    }

    /// Brings the index up to entries that are on the disk.
    private func followed(_ entries: [EntryID]) -> Recorded {
        do throws(Failure) {
            try refreshSources()
            try update()
        } catch {
            return Recorded(entries: entries, places: [], trouble: error)
        }
        let places = entries.compactMap { entry in
            row(ofOwn: entry.log).map { EntryRef($0.index, entry.seq) }
        }
        return Recorded(entries: entries, places: places, trouble: nil)
    }

    /// The latest time of any log that lies no further ahead of the clock than may be adopted.
    func observedTime() -> HybridTime {
        let limit =
            surroundings.clock.nowMilliseconds() + HybridTime.driftLimitMilliseconds
        let times = book.rows.compactMap { $0.position?.tip.time }
        return times.filter { $0.milliseconds <= limit }.max() ?? HybridTime(raw: 0)
    }

    func position(of log: LogIdentity) throws(Failure) -> LogPosition {
        let known = row(ofOwn: log.id)?.position
        let own = written.flatMap { $0.log == log.id ? $0.position : nil }
        // Where the index could not follow, only the writer knows where the log ends.
        let furthest = [known, own].compactMap { $0 }.max { $0.offset < $1.offset }
        guard let position = furthest, damage[log.id] == nil else {
            throw Failure(
                .damaged, "This device's own log is damaged; nothing was added to it.",
                advice:
                    "Run 'beatbook verify', then sync: a copy of the log from elsewhere heals it.")
        }
        return position
    }

    private func checkSize(
        _ entries: [EntryBytes], after tip: LogTip, in log: LogIdentity
    ) throws(Rejection) {
        do throws(LogError) {
            _ = try CheckedBatch(entries, after: tip, in: log.id)
        } catch {
            let bytes = entries.reduce(0) { $0 + $1.header.count + ($1.body?.count ?? 0) }
            throw Rejection(
                "That is too much for one command: \(entries.count) entries, \(bytes) bytes; "
                    + "nothing was written.",
                advice:
                    "At most \(Limits.batchEntries) entries and \(Limits.batchPayload) bytes go "
                    + "in at once: split it.")
        }
    }

    /// The log to write to: a new one where the own log cannot be gone on with, and where the
    /// device's clock was set back by more than an hour.
    private func logForWriting() throws(Failure) -> LogIdentity {
        guard let own = heldOwnLog else {
            remarks.append(
                "This device's own log is missing; a new one was begun. A sync takes in again what "
                    + "others hold of the old one.")
            return try beginNewLog(after: nil)
        }
        guard damage[own.id] == nil, ownLogState != .damaged else {
            remarks.append(
                """
                This device's own log is damaged on the disk. It is left as it is, and a new log \
                was begun: recording goes on. A sync brings a good copy of what others hold of it.
                """)
            return try beginNewLog(after: own)
        }
        guard ownLogState == .whole else {
            remarks.append("A new log was begun for this device.")
            return try beginNewLog(after: own)
        }
        let last = row(ofOwn: own.id)?.position?.tip.time ?? HybridTime(raw: 0)
        let now = surroundings.clock.nowMilliseconds()
        guard last.milliseconds > now + HybridTime.driftLimitMilliseconds else { return own }
        remarks.append(
            "The clock of this device was set back by more than an hour; a new log was begun, so "
                + "that times can be trusted again.")
        return try beginNewLog(after: own)
    }

    /// Begins a new log of this device that says where the one before ended, if that is held.
    ///
    /// `end` is where it ended, if that is not where it stands; `first` is the time of an entry
    /// that is to come, if that is not now.
    func beginNewLog(
        after own: LogIdentity?, endingAt end: LogTip? = nil, before first: HybridTime? = nil
    ) throws(Failure) -> LogIdentity {
        let previous = own.map { own in
            let tip = end ?? row(ofOwn: own.id)?.position?.tip ?? own.start
            return Birth.Previous(log: own.id, seq: tip.seq, chain: tip.chain)
        }
        let birth = Birth(
            partnership: partnership, keys: (device.key, device.box.publicKey),
            nonce: Replica.nonce(surroundings),
            previous: previous)
        let log = LogIdentity(birth)
        try noteLosses(of: own, endingAt: end)
        var writer = try LogWriter(
            beginning: log, at: paths.log(log.id), files: surroundings.files)
        var encoder = EntryEncoder(log: log.id, tip: log.start, surroundings: surroundings)
        // A millisecond before leaves room for receipts.
        encoder.latest = first.map { HybridTime(milliseconds: max(2, $0.milliseconds) - 1) }
        try append(encoder.entries([Replica.updated(surroundings)]), to: &writer)
        device = device.writing(log.id)
        try surroundings.files.replace(paths.key, device.encoded)
        ownLogState = .whole
        remember()
        try refreshSources()
        try update()
        try tellGone()
        return log
    }
}
