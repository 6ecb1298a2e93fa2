// SPDX-License-Identifier: MIT
import Basics
package import Logs
import Merging
import Queries

/// What this book had, own entries that were answered for and others', and does not hold any more.
/// A file of the folder names it from before a new log takes the place of the old one, until a
/// person was told: a run may end at any place.
extension Replica {
    private var lossFile: LossFile { LossFile(paths.lost, files: surroundings.files) }

    /// What the file names and has not come back.
    package var lostEntries: [Loss] {
        get throws(Failure) {
            var lost: [Loss] = []
            for loss in losses { lost += try left(of: loss) }
            return lost
        }
    }

    private func left(of loss: Loss) throws(Failure) -> [Loss] {
        let rows = book.rows.filter { $0.id == loss.log }
        let held = rows.compactMap { $0.position?.tip.seq }.max() ?? 0
        guard held >= loss.range.first else { return [loss] }
        guard held >= loss.range.last, let chain = loss.chain else {
            return loss.without([SeqRange(first: loss.range.first, last: held)])
        }
        // What stands in the places of what was lost may be another history.
        for row in rows where try book.chain(EntryRef(row.index, loss.range.last)) == chain {
            return []
        }
        return [loss]
    }

    /// Takes up what was named before.
    func readLosses() throws(Failure) {
        do throws(Failure) {
            if let read = try lossFile.read() {
                losses = read
                return
            }
        } catch {
            // What stands in its place and is no file hinders no reading: a writer moves it aside.
            let odd = try surroundings.files.oddNames(in: paths.folder)
            guard odd.contains(paths.lost.pathName) else { throw error }
            return
        }
        remarks.append(
            """
            The file 'lost' in this book's folder is damaged: which entries of this device were \
            lost before is not known any more. All that is held is safe.
            """)
        if lock != nil { try lossFile.write([]) }
    }

    /// Names what own logs lack of what was answered for, before another log is begun: what bears
    /// witness to it then speaks of that one.
    ///
    /// `end` is where `own` ends, if that is not where it stands.
    func noteLosses(of own: LogIdentity?, endingAt end: LogTip?) throws(Failure) {
        let remembered = rememberedWitness()
        let logs = [device.log, witness?.log, remembered?.log, own?.id].compactMap(\.self)
        for log in Set(logs).sorted() {
            let known = row(ofOwn: log)?.position?.tip.seq ?? 0
            let isEnding = log == own?.id && end != nil
            let last = max(
                known, lastNamed(of: log), promised[log]?.seq ?? 0,
                remembered?.log == log ? remembered?.seq ?? 0 : 0)
            try noteLoss(
                of: log, after: isEnding ? end?.seq ?? 0 : known, upTo: last,
                answeredChain(of: log, at: last), isOwn: true)
        }
    }

    /// The first half of the chain value at an entry of an own log that was answered for; nil where
    /// nothing says it.
    func answeredChain(of log: LogID, at seq: UInt64) -> Bytes16? {
        let witnesses = [witness, rememberedWitness()].compactMap(\.self)
            .filter { $0.log == log && $0.seq == seq }
        let previous = sources.filter(\.isOwn).compactMap(\.identity.birth.previous)
            .first { $0.log == log && $0.seq == seq }
        let tip = row(ofOwn: log)?.position?.tip
        return witnesses.first?.chain.first ?? previous?.chain.first
            ?? (promised[log]?.seq == seq ? promised[log]?.chain : nil)
            ?? (tip?.seq == seq ? tip?.chain.first : nil)
    }

    /// Names entries of a log, the last of which has the chain value that begins with `chain`;
    /// those that are named already stay as they are.
    func noteLoss(
        of log: LogID, after held: UInt64, upTo last: UInt64, _ chain: Bytes16?, isOwn: Bool
    ) throws(Failure) {
        guard held < last else { return }
        let all = Loss(
            log: log, range: SeqRange(first: held + 1, last: last), chain: chain, told: .nothing,
            isOwn: isOwn)
        let repeated = repeating.map { $0.log == log ? $0.seqs : [] } ?? []
        let new = all.without(losses.filter { $0.log == log }.map(\.range) + repeated)
        guard new.isEmpty == false else { return }
        losses += new
        if lock != nil { try lossFile.write(losses) }
    }

    /// Takes back what was named of a log and was recorded again.
    func takeBackLosses(of log: LogID, _ saved: [SeqRange]) throws(Failure) {
        let left = losses.flatMap { $0.log == log ? $0.without(saved) : [$0] }
        guard left != losses else { return }
        losses = left
        try lossFile.write(losses)
    }

    /// Sentences for what is lost, each once: that it is gone, or that a sync did not bring it.
    func tell(_ telling: Loss.Telling) throws(Failure) -> [String] {
        let lost = try lostEntries.filter { loss in
            loss.told < telling && (telling == .lost || loss.isOwn)
        }
        guard lost.isEmpty == false else { return [] }
        losses = losses.map { loss in
            let isTold = telling == .lost || loss.isOwn
            return loss.with(told: isTold ? max(loss.told, telling) : loss.told)
        }
        hasToldLosses = true
        let own = lost.filter(\.isOwn)
        let others = lost.filter { $0.isOwn == false }
        let had =
            others.isEmpty
            ? []
            : [
                """
                \(naming(others)), which this book had, did not come back. Another folder, or the \
                device that recorded this, may have it.
                """
            ]
        guard own.isEmpty == false else { return had }
        let count = own.reduce(0) { $0 + $1.range.count }
        let names = naming(own)
        let (they, them) = count == 1 ? ("it is", "it") : ("they are", "them")
        return had + [
            telling == .gone
                ? Replica.gone(names, own)
                : """
                \(names), recorded here, did not come back. Unless another folder or stick has \
                \(them), \(they) lost: enter \(them) again.
                """
        ]
    }

    private static func gone(_ names: String, _ losses: [Loss]) -> String {
        let isOne = losses.reduce(0) { $0 + $1.range.count } == 1
        return """
            \(names) \(isOne ? "was" : "were") recorded here and \(isOne ? "is" : "are") gone. \
            What was synced comes back with a sync; what does not come back is lost: enter it \
            again.
            """
    }

    /// Says which own entries are gone.
    func tellGone() throws(Failure) {
        let sentences = try tell(.gone)
        goneRemarks += sentences
        remarks += sentences
    }

    /// Says what is so now of what was damaged or missing before, or was found so since.
    func answer(_ report: inout SyncReport) throws(Failure) {
        noteUnread()
        try noteMissing([:])
        try answerForOwnLog(&report)
    }

    /// Takes back what was said of the own log before others were asked, for what is so now.
    private func answerForOwnLog(_ report: inout SyncReport) throws(Failure) {
        if let found = unanswered, let finding = found.finding, ownLogState == .whole {
            remarks.removeAll { $0 == found.sentence }
            if report.remarks.contains(Replica.cameBack) == false {
                report.remarks.append("\(finding) This device goes on in a new log.")
            }
            unanswered = nil
        }
        guard goneRemarks.isEmpty == false else { return }
        remarks.removeAll { goneRemarks.contains($0) }
        let own = try lostEntries.filter(\.isOwn)
        goneRemarks = own.isEmpty ? [] : [Replica.gone(naming(own), own)]
        guard own.isEmpty else { return remarks += goneRemarks }
        if report.remarks.contains(Replica.cameBack) == false {
            report.remarks.append("What of this device's own log was gone came back.")
        }
    }

    static let cameBack = """
        What this device had synced and its own log lacked came back, and it goes on in a new log: \
        its folder was put back from a copy, or the disk lost the end of the log.
        """

    /// Notes that a person was told. Where that fails, it is told again.
    package func keepTold() {
        guard hasToldLosses, lock != nil else { return }
        hasToldLosses = false
        do throws(Failure) { try lossFile.write(losses) } catch { return }
    }

    /// "Entry 8 of W01" or "Entries 8 to 9 of W01, entry 2 of W01b".
    package func naming(_ losses: [Loss]) -> String {
        let names = losses.map { loss in
            // A log that nothing names has a word that its device never showed.
            let sign = book.logs.index(of: loss.log).map { book.callSign(of: $0) }
                .flatMap { loss.isOwn && $0.hasPrefix("?") ? nil : $0 }
            let log = "\(loss.isOwn ? "this device's" : "the") log \(loss.log.hex.prefix(8))"
            return "\(loss.range.words) of \(sign ?? log)"
        }.listed
        return names.prefix(1).uppercased() + names.dropFirst()
    }

    /// What the machine remembers; nothing where it cannot say, which is told.
    func rememberedWitness() -> Witness? {
        do throws(Failure) { return try machineMarker()?.read() } catch {
            remarks.append(Replica.forgetful(error))
            return nil
        }
    }
}
