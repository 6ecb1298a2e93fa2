// SPDX-License-Identifier: MIT
import Basics
import Logs

/// One look at a number of files: reads each once, or twice where memory would not hold them all.
struct ImportPass {
    private let files: any FileSystem
    private let partnership: PartnershipID
    private var keys: KeyRing
    private let byteLimit: Int
    private let heldByLog: [LogID: [HeldLog]]
    private var walks: [LogID: [ChainWalk]] = [:]
    private var gathering: SliceIntake
    private var outcomesByName: [String: FileOutcome] = [:]
    private var memory = SegmentMemory()
    private var waiting: [Turn] = []
    private var lockedByKey: [Bytes16: [Candidate]] = [:]
    /// The keys that were found since files were last looked for that they open.
    private var newKeys: [Bytes16] = []
    private var keptCount = 0
    private var unsigned: Set<LogID> = []
    private var unopened: [Collected.Unopened] = []
    private var misnamed: Set<String> = []

    /// A slice that waits for its turn; its bytes are let go when too many are kept.
    private struct Turn {
        let candidate: Candidate
        let log: LogID
        let first: UInt64
        let digest: Digest
        let slice: Slice?
    }

    init(
        _ files: any FileSystem, _ partnership: PartnershipID, keys: KeyRing, byteLimit: Int,
        holding logs: [HeldLog]
    ) {
        self.files = files
        self.partnership = partnership
        self.keys = keys
        self.byteLimit = byteLimit
        heldByLog = Dictionary(grouping: logs, by: \.log.id)
        gathering = SliceIntake(partnership, holding: logs)
    }

    mutating func at(_ candidates: [Candidate], knowing known: SegmentMemory) -> Collected {
        // By place, so that each log is walked along once.
        let order = candidates.map { ($0, ImportPass.place(of: $0, in: known)) }
            .sorted { ($0.1.log, $0.1.last) < ($1.1.log, $1.1.last) }
        var unread = order.map(\.0).filter { recall($0, from: known) == false }
        while unread.isEmpty == false {
            for candidate in unread { enlist(candidate) }
            unread = unlocked()
        }
        waiting.sort(by: ImportPass.comesBefore)
        var isPartial = false
        for turn in waiting {
            guard gathering.addedCount < byteLimit else {
                isPartial = true
                break
            }
            take(turn)
        }
        let seen = candidates.compactMap { candidate in
            outcomesByName[candidate.name].map {
                Collected.File(name: candidate.name, outcome: $0)
            }
        }
        return Collected(
            files: seen, growths: gathering.growths, memory: memory, isPartial: isPartial,
            unsigned: unsigned.sorted(), unopened: unopened, misnamed: misnamed)
    }

    /// Where what a file had ends, as far as that is known.
    private static func place(
        of candidate: Candidate, in known: SegmentMemory
    ) -> (log: LogID, last: UInt64) {
        guard case .slice(let note)? = known.entriesByName[candidate.name]?.content else {
            return (LogID(Bytes16(high: 0, low: 0)), 0)
        }
        return (note.log, note.range.last)
    }

    /// Whether an earlier look says all there is to say of a file.
    private mutating func recall(_ candidate: Candidate, from known: SegmentMemory) -> Bool {
        guard let entry = known.entriesByName[candidate.name], entry.size == candidate.size else {
            return false
        }
        switch entry.content {
        case .slice(let note):
            guard holds(note) else { return false }
            outcomesByName[candidate.name] = .alreadyHeld(
                note.log, note.range, lacking: note.lacking)
        case .setAside(let sentence):
            outcomesByName[candidate.name] = .setAside(.remembered(sentence))
        case .leftAlone(let leaving):
            let held = HeldLog.mark(of: heldByLog[leaving.log] ?? [], upTo: leaving.last)
            guard held == leaving.held else { return false }
            outcomesByName[candidate.name] = .setAside(.remembered(leaving.sentence))
        }
        memory.entriesByName[candidate.name] = entry
        return true
    }

    /// Whether all that a file had is held: a memory that is newer than the logs, after a restore,
    /// must not hide what they lack, nor another history what was written since.
    private mutating func holds(_ note: SegmentMemory.Note) -> Bool {
        let held = heldByLog[note.log] ?? []
        var walks = self.walks[note.log] ?? held.map { ChainWalk($0) }
        defer { self.walks[note.log] = walks }
        let isAlone = held.count == 1 && held[0].endsSealed
        let last = note.range.last
        let places = held.indices.filter { place in
            last <= held[place].tip.seq
                && (isAlone || walks[place].chain(at: last)?.first == note.end)
        }
        return places.isEmpty == false
            && places.allSatisfy {
                held[$0].wants(bodiesIn: note.range, besides: note.lacking) == false
            }
    }

    /// The files that were locked when they were read, and whose keys have come since.
    private mutating func unlocked() -> [Candidate] {
        let files = newKeys.flatMap { lockedByKey.removeValue(forKey: $0) ?? [] }
        newKeys = []
        return files
    }

    /// Reads a file that was not read before, or was locked then.
    private mutating func enlist(_ candidate: Candidate) {
        let (loaded, isMisnamed) = candidate.load(files, keys: keys)
        if isMisnamed { misnamed.insert(candidate.name) }
        switch loaded {
        case .outcome(let outcome):
            if case .waitingForKey(let key) = outcome {
                lockedByKey[key, default: []].append(candidate)
            }
            note(outcome, nil, of: candidate)
        case .slice(let slice):
            outcomesByName[candidate.name] = nil
            if slice.isGoneOnWith { unsigned.insert(slice.log) }
            takeKeys(from: slice)
            keptCount += slice.bytes.count
            waiting.append(
                Turn(
                    candidate: candidate, log: slice.log, first: slice.first,
                    digest: Digest.of(slice.bytes), slice: keptCount <= byteLimit ? slice : nil))
        }
    }

    private mutating func takeKeys(from slice: Slice) {
        let (new, unopened) = keys.take(from: slice, of: partnership)
        newKeys += new
        self.unopened += unopened
    }

    private mutating func take(_ turn: Turn) {
        let loaded = turn.slice.map { .slice($0) } ?? turn.candidate.load(files, keys: keys).loaded
        switch loaded {
        case .outcome(let outcome): note(outcome, nil, of: turn.candidate)
        case .slice(let slice): note(gathering.take(slice), slice, of: turn.candidate)
        }
    }

    /// Keeps the outcome, and in memory what need not be found out again.
    private mutating func note(_ outcome: FileOutcome, _ slice: Slice?, of candidate: Candidate) {
        outcomesByName[candidate.name] = outcome
        guard let content = content(outcome, slice) else { return }
        memory.entriesByName[candidate.name] = SegmentMemory.Entry(
            size: candidate.size, content: content)
    }

    private func content(_ outcome: FileOutcome, _ slice: Slice?) -> SegmentMemory.Content? {
        switch outcome {
        case .accepted(let log, let range, let lacking),
            .alreadyHeld(let log, let range, let lacking):
            // What came in no segment is in no exchange.
            guard let slice, let key = slice.key, let end = slice.chain(sealedAt: range.last)
            else { return nil }
            let all = SeqRange(first: slice.first, last: range.last)
            return .slice(
                SegmentMemory.Note(log: log, range: all, end: end, lacking: lacking, key: key))
        case .setAside(let reason):
            if reason.isCertain { return .setAside(reason.sentence) }
            guard reason.isOfHeld, let slice else { return nil }
            let held = HeldLog.mark(of: heldByLog[slice.log] ?? [], upTo: slice.last)
            return .leftAlone(
                SegmentMemory.Leaving(
                    log: slice.log, last: slice.last, held: held, sentence: reason.sentence))
        case .waitingForKey, .waitingForEntries, .notHereYet, .forked: return nil
        }
    }

    /// By log and first entry; of several with one beginning the longest, so that the shorter ones
    /// are held by then; at last by what is inside, so that no name decides between two histories.
    private static func comesBefore(_ left: Turn, _ right: Turn) -> Bool {
        if left.log != right.log { return left.log < right.log }
        if left.first != right.first { return left.first < right.first }
        if left.candidate.size != right.candidate.size {
            return left.candidate.size > right.candidate.size
        }
        return left.digest.bytes < right.digest.bytes
    }
}
