// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
package import Merging
import Projections

/// How people say an entry or a log, and which one they mean.
extension Book {
    /// How people say an entry: `W07#112`, the hundred and twelfth entry of W07's log.
    package func entryName(_ place: EntryRef) -> String {
        let isAlone = formerNames.entries[place] == nil
        return "\(isAlone ? callSign(of: place.log) : longerCallSign(of: place.log))#\(place.seq)"
    }

    /// A log's call sign with a suffix of its own id behind it, which means this log alone.
    func longerCallSign(of log: LogIndex) -> String {
        let shown = callSign(of: log)
        guard row(log).admission != nil, let sign = row(log).name?.signs.first,
            shown.contains(LogName.mark) == false
        else {
            return shown
        }
        let digits = LogName.digits(of: row(log).branch?.first ?? row(log).id.bytes)
        let words = (LogName.shortestSuffix...max(LogName.shortestSuffix, digits.count)).lazy.map {
            "\(shown.prefix(sign.count))\(LogName.mark)\(digits.prefix($0))"
        }
        return words.first { self.logs(called: $0).count == 1 } ?? shown
    }

    /// The entry that a person means by `W07#112`; nil if the text has another shape, or names
    /// nothing that is held.
    package func findEntry(_ text: String) throws(Rejection) -> EntryRef? {
        guard let (sign, seq) = Book.parted(text, by: "#"), let log = try log(called: sign),
            seq >= 1, seq < EntryRef.seqLimit
        else { return nil }
        let isHeld = seq <= row(log).position?.tip.seq ?? 0
        let held = isHeld ? [logs.entry(seq, before: log)] : []
        let former = isWord(sign) ? formerNames.entries[EntryRef(log, seq)] ?? [] : []
        let found = (held + former).map { seen.repeats.counted($0) }.unique()
        guard found.count < 2 else {
            let names = (held + former).map { entryName($0) }.listed
            throw Rejection(
                "'\(text)' could be any of these: \(names).",
                advice: "Use the other name of the one you mean.")
        }
        return held.first ?? found.first
    }

    /// Whether a call sign is as people say it, without a suffix of its log's id.
    func isWord(_ sign: String) -> Bool { sign.contains(LogName.mark) == false }

    /// The log with a call sign, in any case of letters; nil if there is none.
    ///
    /// Throws a rejection that shows them all where a call sign is that of more than one.
    package func log(called text: String) throws(Rejection) -> LogIndex? {
        let found = logs(called: text)
        guard isShared(text, found) else { return found.first }
        throw Rejection(
            "'\(text)' is the call sign of more than one log: \(signs(of: found)).",
            advice: "Use the longer call sign of the one you mean.")
    }

    /// The logs that a call sign means to someone who asks about a device: all that it wrote where
    /// the word is the device's own, else the one that is called so. Empty if there is none.
    package func logs(ofDevice text: String) throws(Rejection) -> [LogIndex] {
        guard let log = try log(called: text) else { return [] }
        guard let device = device(of: log), device.callSign == callSign(of: log) else {
            return [log]
        }
        return rows.filter { $0.identity?.key == device.key }.map(\.index)
    }

    /// The call signs of logs, sorted.
    func signs(of logs: [LogIndex]) -> String {
        logs.map { callSign(of: $0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .listed
    }

    /// All logs that a call sign means or ever meant, also where it is shown for none of them.
    func logs(called text: String) -> [LogIndex] {
        let folded = text.lowercased()
        return rows.filter { row in
            row.name?.isMeant(by: folded, row.branch?.first ?? row.id.bytes) ?? false
                || callSign(of: row.index).lowercased() == folded
        }.map(\.index)
    }

    /// Whether a call sign is that of more logs than one, of which not all may be here.
    func isShared(_ text: String, _ found: [LogIndex]) -> Bool {
        let folded = text.lowercased()
        return found.count > 1
            || found.contains { row($0).name?.sharedWords.contains(folded) ?? false }
    }
}
