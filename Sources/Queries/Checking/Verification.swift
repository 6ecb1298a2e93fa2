// SPDX-License-Identifier: MIT
package import Basics
package import Logs
import Merging
import Projections

/// What a check of every byte found.
package struct Verification: Sendable {
    /// One log, read from its first byte to its last.
    package struct Log: Hashable, Sendable {
        package let id: LogID
        /// Of a history of a log that has forked: what its last node is known by.
        package let branch: Bytes16?
        package let entries: UInt64
        /// Entries that are covered by a valid seal.
        package let sealed: UInt64
        package let bytes: Int
        /// Entries whose bodies are not here, and those whose bodies are not as they were.
        package let absent: AbsentBodies
        /// Why reading stopped before the end, as the end of a sentence, and where.
        package let trouble: String?
        package let troubleOffset: Int
        /// How many bytes at the end are the rest of a write that was cut short: they are nobody's
        /// words, and the next that is written takes their place.
        package let tornBytes: Int
        /// Another partnership's, which somebody put into the folder: nobody counts it.
        package let isForeign: Bool

        init(
            _ source: LogSource, _ row: LogRow, _ trouble: LogReading.Trouble?,
            answeredUpTo answered: UInt64, in partnership: PartnershipID?
        ) throws(Failure) {
            id = row.id
            isForeign = partnership.map { $0 != source.identity.partnership } ?? false
            branch = row.branch?.first
            entries = row.position?.tip.seq ?? 0
            sealed = row.position?.sealedTip.seq ?? 0
            bytes = source.size
            absent = row.absent
            let isTorn = trouble == nil ? false : try Log.isTorn(source, row, answered)
            tornBytes = isTorn ? source.size - (row.position?.offset ?? 0) : 0
            self.trouble = isTorn ? nil : trouble?.error.sentence
            troubleOffset = trouble?.offset ?? 0
        }

        /// Whether what could not be read is the rest of a write that nobody answered for.
        private static func isTorn(
            _ source: LogSource, _ row: LogRow, _ answered: UInt64
        ) throws(Failure) -> Bool {
            guard let position = row.position else { return false }
            guard answered <= position.tip.seq else { return false }
            let view = try source.view()
            defer { withExtendedLifetime(view) {} }
            let verdict = TailCheck.verdict(view.bytes, after: position, in: source.identity)
            return verdict == .torn(offset: position.offset)
        }

        /// "one entry (entry 5)" or "3 entries (entries 5 to 6, entry 9)"; nil if there are none.
        package var missingBodies: String? { Log.words(absent.missing) }
        package var rottenBodies: String? { Log.words(absent.rotten) }

        private static func words(_ runs: [SeqRange]) -> String? {
            guard runs.isEmpty == false else { return nil }
            let count = runs.reduce(0) { $0 + $1.count }
            let first = runs.prefix(3).map(\.words).joined(separator: ", ")
            let what = count == 1 ? "one entry" : "\(count) entries"
            return "\(what) (\(first)\(runs.count > 3 ? ", ..." : ""))"
        }
    }

    /// A base whose place is not held.
    package struct Missing: Hashable, Sendable {
        package let log: LogID
        /// The last seq of it that is held.
        package let held: UInt64
        /// How far someone has seen it.
        package let seenUpTo: UInt64
        /// Logs whose authors have seen more than is held.
        package let seenBy: [LogID]
    }

    /// A base that names another history than the one held.
    package struct Contradiction: Hashable, Sendable {
        package let author: EntryID
        package let about: EntryID
    }

    package let logs: [Log]
    package let basesChecked: Int
    package let missing: [Missing]
    package let contradictions: [Contradiction]
    /// How many entries this book had of logs of which it holds fewer.
    package let lost: [LogID: UInt64]
    /// Files of logs that are damaged and from which nothing is read that another does not hold.
    package let damagedFiles: [String]
    /// Whether the index says what the logs do; nil for logs that were checked without one.
    package let index: IndexVerdict?

    package var entries: UInt64 { logs.reduce(0) { $0 + $1.entries } }

    /// Whether every chain, seal, body digest and base is as it should be, nothing is missing, and
    /// people read what the logs say.
    package var isClean: Bool {
        if case .different? = index { return false }
        return logs.allSatisfy { $0.trouble == nil && $0.absent.isEmpty && $0.isForeign == false }
            && missing.isEmpty && contradictions.isEmpty && lost.isEmpty && damagedFiles.isEmpty
    }

    /// Whether what people read was found to be what the logs say.
    package var isIndexRight: Bool {
        if case .same? = index { true } else { false }
    }

    /// How many entries of a log are held, in whichever history has most.
    package func held(of log: LogID) -> UInt64 { Verification.held(of: log, in: logs) }

    private static func held(of log: LogID, in logs: [Log]) -> UInt64 {
        logs.lazy.filter { $0.id == log }.map(\.entries).max() ?? 0
    }
}

extension Verification {
    /// Reads all logs and checks every chain, seal, body digest and base, then whether `store` says
    /// what they do. What is found of the logs is found without it.
    ///
    /// `answered` is what the folder remembers of the own log: what was answered for is no write
    /// that was cut short. `promised` is how many entries an index says that there were.
    /// Logs of other partnerships than `partnership` have no place among them.
    package init(
        of sources: [LogSource], _ store: IndexStore?, answered: Witness? = nil,
        promised: [LogID: UInt64] = [:], in partnership: PartnershipID? = nil
    ) throws(Failure) {
        let sources = sources.map { $0.asItStands() }
        let histories = try Histories(sources.sorted { $0.identity.id < $1.identity.id })
        let (begun, table) = try histories.numbered()
        let (reading, rows) = try LogReading.all(
            begun, table, bounds: .everything, keepsFresh: false)
        let logs = try Verification.logs(
            begun.map(\.source), rows, reading, answered, in: partnership)
        self.logs = logs
        let had = answered.map { promised.merging([$0.log: $0.seq], uniquingKeysWith: max) }
        lost = (had ?? promised).filter { log, count in
            count > Verification.held(of: log, in: logs)
        }
        basesChecked = reading.claims.count
        (missing, contradictions) = Verification.check(reading, rows, table)
        var damaged: [String] = []
        for source in sources
        where histories.spareFiles[source.identity.id]?[source.name] != nil {
            if try Verification.isDamaged(source) { damaged.append(source.name) }
        }
        damagedFiles = damaged
        // An index may have read what has rotted since: then it says more, and rightly.
        let isWhole =
            reading.troubles.isEmpty && rows.allSatisfy { $0.absent.rotten.isEmpty }
        index = try store.map { (store) throws(Failure) in
            let verdict = try IndexComparison.verdict(on: store, sources)
            if case .different = verdict, isWhole == false { return .notCompared }
            return verdict
        }
    }

    /// The last entry of a log that was answered for, by the witness. No write is cut short in a
    /// log that another came after: what was, was put aside before that was begun.
    private static func last(of log: LogID, _ rows: [LogRow], _ answered: Witness?) -> UInt64 {
        let witnessed = answered.flatMap { $0.log == log ? $0.seq : nil } ?? 0
        return rows.contains { $0.identity?.birth.previous?.log == log } ? .max : witnessed
    }

    /// Whether bytes stand in a file that are no whole frames.
    private static func isDamaged(_ source: LogSource) throws(Failure) -> Bool {
        let view = try source.view()
        defer { withExtendedLifetime(view) {} }
        do throws(LogError) {
            var scanner = try LogScanner(view.bytes, checksBodies: false)
            while try scanner.next() != nil { continue }
            return false
        } catch {
            return true
        }
    }

    /// One for each history that goes on to the end of its file.
    private static func logs(
        _ sources: [LogSource], _ rows: [LogRow], _ reading: LogReading, _ answered: Witness?,
        in partnership: PartnershipID?
    ) throws(Failure) -> [Log] {
        var troubles: [LogIndex: LogReading.Trouble] = [:]
        for trouble in reading.troubles { troubles[trouble.log] = trouble }
        var logs: [Log] = []
        for (source, row) in zip(sources, rows) where row.end == nil {
            logs.append(
                try Log(
                    source, row, troubles[row.index],
                    answeredUpTo: Verification.last(of: row.id, rows, answered),
                    in: partnership))
        }
        return logs
    }

    /// Holds what bases say against what is held; `rows` are by the numbers of their nodes.
    private static func check(
        _ reading: LogReading, _ rows: [LogRow], _ table: LogTable
    ) -> (missing: [Missing], contradictions: [Contradiction]) {
        var missing: [LogID: [Claim]] = [:]
        var contradictions: [Contradiction] = []
        for claim in reading.claims {
            switch standing(of: claim, table.nodes(of: claim.about), rows, reading) {
            case .counts, .unused: continue
            case .missing: missing[claim.about, default: []].append(claim)
            case .contradicts:
                contradictions.append(
                    Contradiction(
                        author: table.entry(at: claim.place),
                        about: EntryID(log: claim.about, seq: claim.upTo)))
            }
        }
        var ends: [LogID: UInt64] = [:]
        for row in rows { ends[row.id] = max(ends[row.id] ?? 0, row.position?.tip.seq ?? 0) }
        let sorted = missing.map { log, claims in
            Missing(
                log: log, held: ends[log] ?? 0, seenUpTo: claims.map(\.upTo).max() ?? 0,
                seenBy: Set(claims.map { table.id(of: $0.place.log) }).sorted())
        }.sorted { $0.log < $1.log }
        return (sorted, contradictions)
    }

    private enum Standing {
        case counts, missing, contradicts
        /// It names what no longer counts, since more histories of the log are about than can.
        case unused
    }

    private static func standing(
        of claim: Claim, _ nodes: [LogIndex], _ rows: [LogRow], _ reading: LogReading
    ) -> Standing {
        if nodes.count == 1, let end = rows[Int(nodes[0].raw)].end, claim.upTo > end {
            return .unused
        }
        var isOpen = nodes.isEmpty
        for node in nodes {
            let row = rows[Int(node.raw)]
            guard claim.upTo >= row.from, claim.upTo <= row.end ?? .max else { continue }
            guard let chain = reading.chains[node]?.value(at: claim.upTo) else {
                isOpen = true
                continue
            }
            if chain == claim.chain { return .counts }
        }
        return isOpen ? .missing : .contradicts
    }
}
