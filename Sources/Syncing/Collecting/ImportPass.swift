// SPDX-License-Identifier: MIT
import Basics
import Logs

/// One look at a number of files: reads each once, or twice where memory would not hold them all.
struct ImportPass {
    private let files: any FileSystem
    private var keys: KeyRing
    private let byteLimit: Int
    private let tipByLog: [LogID: UInt64]
    private let absentByLog: [LogID: [SeqRange]]
    private var gathering: SliceIntake
    private var outcomesByName: [String: FileOutcome] = [:]
    private var memory = SegmentMemory()
    private var waiting: [Turn] = []
    private var lockedByKey: [Bytes16: [Candidate]] = [:]
    /// The keys that were found since files were last looked for that they open.
    private var newKeys: [Bytes16] = []
    private var keptCount = 0

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
        self.keys = keys
        self.byteLimit = byteLimit
        tipByLog = Dictionary(logs.map { ($0.log.id, $0.tip.seq) }, uniquingKeysWith: max)
        absentByLog = Dictionary(logs.map { ($0.log.id, $0.absent) }, uniquingKeysWith: +)
        gathering = SliceIntake(partnership, holding: logs)
    }

    mutating func at(_ candidates: [Candidate], knowing known: SegmentMemory) -> Collected {
        var unread = candidates.filter { recall($0, from: known) == false }
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
            files: seen, growths: gathering.growths, memory: memory, isPartial: isPartial)
    }

    /// Whether an earlier look says all there is to say of a file.
    private mutating func recall(_ candidate: Candidate, from known: SegmentMemory) -> Bool {
        guard let entry = known.entriesByName[candidate.name], entry.size == candidate.size else {
            return false
        }
        switch entry.content {
        case .slice(let log, let range, let lacking):
            // A memory that is newer than the logs, after a restore, must not hide what they lack.
            guard let tip = tipByLog[log], range.last <= tip,
                bringsBodies(log, range, lacking: lacking) == false
            else { return false }
            outcomesByName[candidate.name] = .alreadyHeld(log, range, lacking: lacking)
        case .forked(let fork): outcomesByName[candidate.name] = .forked(fork)
        case .setAside(let sentence):
            outcomesByName[candidate.name] = .setAside(.remembered(sentence))
        }
        memory.entriesByName[candidate.name] = entry
        return true
    }

    /// Whether a file with these entries has a body that the log held lacks.
    private func bringsBodies(_ log: LogID, _ range: SeqRange, lacking: [SeqRange]) -> Bool {
        guard let absent = absentByLog[log], absent.isEmpty == false else { return false }
        let wanted = SeqRange.clipped(absent, to: range)
        return SeqRange.subtracting(lacking, from: wanted).isEmpty == false
    }

    /// The files that were locked when they were read, and whose keys have come since.
    private mutating func unlocked() -> [Candidate] {
        let files = newKeys.flatMap { lockedByKey.removeValue(forKey: $0) ?? [] }
        newKeys = []
        return files
    }

    /// Reads a file that was not read before, or was locked then.
    private mutating func enlist(_ candidate: Candidate) {
        switch candidate.load(files, keys: keys) {
        case .outcome(let outcome):
            if case .waitingForKey(let key) = outcome {
                lockedByKey[key, default: []].append(candidate)
            }
            note(outcome, nil, of: candidate)
        case .slice(let slice):
            outcomesByName[candidate.name] = nil
            newKeys += keys.take(from: slice)
            keptCount += slice.bytes.count
            waiting.append(
                Turn(
                    candidate: candidate, log: slice.log, first: slice.first,
                    digest: Digest.of(slice.bytes), slice: keptCount <= byteLimit ? slice : nil))
        }
    }

    private mutating func take(_ turn: Turn) {
        let loaded = turn.slice.map { .slice($0) } ?? turn.candidate.load(files, keys: keys)
        switch loaded {
        case .outcome(let outcome): note(outcome, nil, of: turn.candidate)
        case .slice(let slice): note(gathering.take(slice), slice.first, of: turn.candidate)
        }
    }

    /// Keeps the outcome, and in memory what need not be found out again; `first` is the first
    /// entry of the file's slice.
    private mutating func note(
        _ outcome: FileOutcome, _ first: UInt64?, of candidate: Candidate
    ) {
        outcomesByName[candidate.name] = outcome
        guard let content = ImportPass.content(outcome, first) else { return }
        memory.entriesByName[candidate.name] = SegmentMemory.Entry(
            size: candidate.size, content: content)
    }

    private static func content(
        _ outcome: FileOutcome, _ first: UInt64?
    ) -> SegmentMemory.Content? {
        switch outcome {
        case .accepted(let log, let range, let lacking),
            .alreadyHeld(let log, let range, let lacking):
            let all = SeqRange(first: first ?? range.first, last: range.last)
            return .slice(log, all, lacking: lacking)
        case .forked(let fork): return .forked(fork)
        case .setAside(let reason):
            return reason.isCertain ? .setAside(reason.sentence) : nil
        case .waitingForKey, .waitingForEntries, .notHereYet: return nil
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
