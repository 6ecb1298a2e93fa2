// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
import Projections
package import Queries

/// One device's whole book: its keys, its copies of all logs, and the index over them.
///
/// A replica belongs to one thread. What it says is recorded is on the disk; what fails leaves
/// everything as it was.
package final class Replica {
    package let paths: ReplicaPaths
    package let surroundings: Surroundings
    package internal(set) var device: DeviceFile
    /// What was put right or found odd on opening, whole sentences.
    package internal(set) var remarks: [String] = []
    /// What filling the index at the opening did, while nothing has come since.
    private var filled: UpdateSummary?
    package internal(set) var book: Book
    let store: IndexStore
    var sources: [LogSource]
    /// Held while the replica may write; nil for one that only reads.
    let lock: (any FileLock)?
    /// Whether the index is read as at one moment.
    private var isSteady = false
    /// Where the last batch that was written here ended.
    var written: (log: LogID, position: LogPosition)?
    /// What the folder remembers of the log that is written here; nil if it remembers nothing.
    var witness: Witness?
    /// What was answered for and is not held, as the folder names it.
    var losses: [Loss] = []
    /// Whether more of it was told than the folder says.
    var hasToldLosses = false
    /// Up to which entry own logs were signed whose end was found damaged since.
    var signedBefore: [LogID: UInt64] = [:]
    /// What records of such logs were called that were made after that entry, by seq.
    var calledBefore: [LogID: [(seq: UInt64, name: String)]] = [:]
    /// Entries of an own log that are being recorded again elsewhere, so that they are not lost
    /// with their places in it.
    var repeating: (log: LogID, seqs: [SeqRange])?
    /// What was remarked of entries that were missing at the opening.
    var missingRemarks: [(log: LogID, sentence: String)] = []
    /// The same of the own log, until a sync has answered for it.
    var unanswered: OwnLogState?
    /// What was remarked of texts that rotted.
    var unreadRemarks: [String] = []
    /// What was remarked of own entries that are gone.
    var goneRemarks: [String] = []
    /// Records that were recorded again, how they were called, and where they stand now.
    var renamed: [(name: String, entry: EntryID)] = []
    /// What the opening found of the log that is written here.
    package internal(set) var ownLogState = OwnLogState.whole
    /// The last entry that the index had read of each log that holds fewer, as it was found.
    private(set) var promised: [LogID: PinnedEntry] = [:]
    /// Logs that could be read only in part, with the offset they are good up to.
    var damage: [LogID: Int] = [:]

    /// Opens the book in a folder. `writing` takes the lock, for the command that is named.
    ///
    /// `replacesIndex` puts a new index in the place of the one that is there, which is not opened;
    /// only a writer may.
    package init(
        opening folder: String, _ surroundings: Surroundings, writing command: String?,
        replacesIndex: Bool = false
    ) throws(Failure) {
        precondition(command != nil || replacesIndex == false, "a reader replaces no index")
        paths = ReplicaPaths(folder)
        self.surroundings = surroundings
        let files = surroundings.files
        device = try Replica.device(paths, files)
        lock = try command.map { (command) throws(Failure) in
            try surroundings.lock(ReplicaPaths(folder), for: "'beatbook \(command)'")
        }
        if lock != nil { remarks += try Replica.tidy(paths, files) }
        witness = try WitnessFile(paths.witness, files: files).read()
        if replacesIndex { try Replica.removeIndex(paths, files) }
        let stamp = IndexStore.Stamp(
            partnership: device.partnership, vocabulary: surroundings.vocabulary)
        let (kept, isNew) = try Replica.store(
            paths, stamp, surroundings, mayReplace: lock != nil)
        sources = try Replica.sources(paths, files, kept, device)
        try Replica.check(device, sources, at: paths.key)
        let indexed = try Book(kept, sources)
        let shorter = try Replica.shorterLogs(indexed, sources)
        // What the index promised is told by a writer, who begins a new log for it. A reader must
        // not make the index forget it: it reads by an index of its own.
        let isBeside = lock == nil && shorter.isEmpty == false
        store =
            isBeside ? try IndexStore.inMemory(stamp: stamp) : kept
        book = isBeside ? try Book(store, sources) : indexed
        promised = shorter
        try readLosses()
        if lock != nil { try recoverOwnLogs() }
        try catchUp(isNew: isNew || shorter.isEmpty == false, isBeside: isBeside)
        if lock != nil { try mendOwnLogs() }
        ownLogState = try judgeOwnLog()
        try tell(of: shorter)
        try followOwnLog()
        if lock != nil {
            try finishGivingWay()
            // A power cut between the entry that brings a key and its taking leaves it there.
            try takeKeys()
            try tellGone()
        }
        if lock == nil, isBeside == false, surroundings.index == .folder { try readSteadily() }
    }

    /// For a reader beside a writer: the index as at one moment, then the logs, which hold at least
    /// as much. An index that moves on while it is read names entries that lie beyond the bytes in
    /// hand, which would look like damage.
    private func readSteadily() throws(Failure) {
        try store.beginReading()
        isSteady = true
        sources = try Replica.sources(
            paths, surroundings.files, store, device, isSteady: true)
        book = try Book(store, sources)
    }

    package var partnership: PartnershipID { device.partnership }

    /// The log that is written here, if it is held.
    var heldOwnLog: LogIdentity? {
        sources.first { $0.identity.id == device.log }?.identity
    }

    /// The log that is written here; `.notFound` if it is not held.
    package var ownLog: LogIdentity {
        get throws(Failure) {
            guard let log = heldOwnLog else {
                throw Failure(
                    .notFound, "This device's own log is missing from \(paths.logs).",
                    advice: "Put it back from a copy, or sync: a new one is then begun.")
            }
            return log
        }
    }

    /// Brings the index up to the logs, if it is behind and may be written.
    func catchUp(isNew: Bool, isBeside: Bool = false) throws(Failure) {
        let isBehind = Updater.isBehind(book.rows, sources)
        guard isNew || isBehind else { return }
        let fill = { () throws(Failure) in
            if isNew { self.filled = try self.rebuildIndex() } else { try self.update() }
        }
        let isForUsAlone = isBeside || surroundings.index == .memory
        guard lock == nil, isForUsAlone == false else { return try fill() }
        do throws(Failure) {
            let brief = try surroundings.files.lock(paths.lock, holder: "'beatbook'")
            defer { brief.release() }
            try fill()
        } catch {
            // Someone else is bringing it up just now: then what it says is a moment old, which is
            // enough to read by, unless there is nothing yet.
            guard error.kind == .locked, isNew == false else { throw error }
        }
    }

    /// Takes what the logs hold into the index.
    func update() throws(Failure) {
        let summary: UpdateSummary
        do throws(Failure) {
            summary = try Updater(store, partnership: device.partnership).update(sources)
        } catch {
            // What was read of a log has rotted since: all is read again, as far as it is good.
            guard error.kind == .damaged else { throw error }
            _ = try rebuildIndex(keepsSegments: true)
            return
        }
        filled = nil
        try note(summary)
        book = try Book(store, sources)
    }

    /// Said of a log until a good copy mends it.
    static func damaged(_ log: LogID, at offset: Int) -> String {
        "The copy of the log \(log.hex) is damaged at byte \(offset): what is before it is used, "
            + "nothing was cut. 'beatbook verify' tells more."
    }

    private static func lacking(_ log: LogID) -> String {
        """
        The copy of the log \(log.hex) lacks what an entry about devices, keys or software says: \
        from there on it is not here yet. A sync or a merge of any good copy brings the rest.
        """
    }

    /// Takes back what was said of a log that is good again; false if nothing was.
    func forgetDamage(of log: LogID) -> Bool {
        guard let offset = damage.removeValue(forKey: log) else { return false }
        remarks.removeAll { $0 == Replica.damaged(log, at: offset) || $0 == Replica.lacking(log) }
        return true
    }

    func note(_ summary: UpdateSummary) throws(Failure) {
        guard summary.troubles.isEmpty == false else { return }
        let rows = try store.logRows()
        for trouble in summary.troubles {
            guard let row = rows.first(where: { $0.index == trouble.log }),
                damage[row.id] != trouble.offset
            else { continue }
            damage[row.id] = trouble.offset
            guard trouble.error != .entry(.bodyNotHere) else {
                remarks.append(Replica.lacking(row.id))
                continue
            }
            remarks.append(Replica.damaged(row.id, at: trouble.offset))
        }
    }

    /// Makes the index anew, unless that was done when it was opened and nothing has come since.
    package func freshIndex() throws(Failure) -> UpdateSummary {
        if let filled { filled } else { try rebuildIndex() }
    }

    /// Makes the index anew from the logs alone.
    func rebuildIndex(keepsSegments: Bool = false) throws(Failure) -> UpdateSummary {
        if isSteady { try store.endReading() }
        isSteady = false
        let summary = try Updater(store, partnership: device.partnership)
            .rebuild(sources, keepsSegments: keepsSegments)
        filled = nil
        try note(summary)
        book = try Book(store, sources)
        return summary
    }

    private static func device(
        _ paths: ReplicaPaths, _ files: any FileSystem
    ) throws(Failure) -> DeviceFile {
        guard try files.size(paths.key) != nil else {
            throw Failure(
                .notFound, "There is no book in \(paths.folder).",
                advice: "'beatbook init' founds a partnership, 'beatbook join' joins one; "
                    + "--book names another folder.")
        }
        let bytes = try files.read(paths.key, limit: 1 << 20)
        guard bytes.starts(with: PassphraseSeal.magic) == false else {
            throw Failure(
                .other,
                "\(paths.key) is sealed by a passphrase, which this program cannot ask for.",
                advice: "Use the version that sealed it, or put back a copy that is not sealed.")
        }
        if let other = DeviceFile.otherFormat(bytes) {
            throw Failure(
                .other,
                "\(paths.key) is of format \(other), which this program does not know; nothing was "
                    + "changed.",
                advice: "Use the version that made this book, or a newer one.")
        }
        guard let device = DeviceFile(bytes) else {
            throw Failure(
                .damaged, "\(paths.key) is damaged, so that this device's keys are lost.",
                advice: "What was synced is safe with the others: join again as a new device.")
        }
        return device
    }

    /// Opens the index. One that cannot be used is put out of the way and made anew: all that it
    /// holds is in the logs.
    private static func store(
        _ paths: ReplicaPaths, _ stamp: IndexStore.Stamp, _ surroundings: Surroundings,
        mayReplace: Bool
    ) throws(Failure) -> (store: IndexStore, isNew: Bool) {
        guard surroundings.index == .folder else {
            return (try IndexStore.inMemory(stamp: stamp), true)
        }
        let files = surroundings.files
        do throws(Failure) {
            return try openIndex(paths, stamp, files)
        } catch {
            guard error.kind == .indexDamaged else { throw error }
            // Whoever holds the lock may be using it.
            let brief = mayReplace ? nil : try surroundings.lock(paths, for: "'beatbook'")
            defer { brief?.release() }
            try removeIndex(paths, files)
            return try openIndex(paths, stamp, files)
        }
    }

    private static func openIndex(
        _ paths: ReplicaPaths, _ stamp: IndexStore.Stamp, _ files: any FileSystem
    ) throws(Failure) -> (store: IndexStore, isNew: Bool) {
        // SQLite makes a database for everyone to read, and its other files as the database is.
        if try files.size(paths.index) == nil {
            do throws(Failure) { try files.create(paths.index, []) } catch {
                guard error.kind == .exists else { throw error }
            }
        }
        return try IndexStore.open(file: paths.index, stamp: stamp)
    }

    deinit { lock?.release() }
}
