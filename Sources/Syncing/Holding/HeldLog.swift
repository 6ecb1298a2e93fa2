// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// A log as this device holds it: its own, or its copy of another's.
///
/// A copy of another device's log is a prefix of its author's file that ends in a seal.
package struct HeldLog: Sendable {
    package let log: LogIdentity
    /// Of its file: a log of which several histories are held has a file for each.
    package let name: String
    /// How far the file was read and found good.
    package let position: LogPosition
    package let view: FileView
    /// Whether this device writes this log: only then do its unsigned entries count.
    package let isOwn: Bool
    /// Entries whose bodies are wanted: they are not here, or not as they were.
    package let absent: [SeqRange]
    /// Places in the file that earlier scans reached, in order; any number, for speed alone.
    package let checkpoints: [LogPosition]

    package init(
        _ log: LogIdentity, name: String? = nil, at position: LogPosition, in view: FileView,
        isOwn: Bool = false, absent: [SeqRange] = [], checkpoints: [LogPosition] = []
    ) {
        self.log = log
        self.absent = absent
        self.name = name ?? HeldLog.name(of: log.id)
        self.position = position
        self.view = view
        self.isOwn = isOwn
        self.checkpoints = checkpoints
    }

    /// Reads a log file as far as it is good, from its birth on.
    package init(
        scanning view: FileView, name: String? = nil, isOwn: Bool = false
    ) throws(FileFault) {
        defer { withExtendedLifetime(view) {} }
        let scan = try HeldLog.scan(view.bytes, checksBodies: true)
        self.init(
            scan.log, name: name, at: scan.position, in: view, isOwn: isOwn,
            absent: scan.absent.all)
    }

    /// The name of the file of a log's history that came first.
    package static func name(of log: LogID) -> String { "\(log.hex).log" }

    /// Whether a file of that name may hold a history of a log.
    package static func mayName(_ name: String, _ log: LogID) -> Bool {
        guard name != self.name(of: log) else { return true }
        guard name.hasPrefix("\(log.hex)."), name.hasSuffix(".log") else { return false }
        let parts = name.dropFirst(log.hex.count + 1).dropLast(4).split(
            separator: "-", omittingEmptySubsequences: false)
        return parts.count == 2 && UInt64(parts[0]) != nil && parts[1].utf8.count == 16
            && parts[1].utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// The name of the file of another history: whole, and named after the entry at which it parts
    /// from one that was held.
    ///
    /// A file that was cut short may have been gone on with by another history than it is named
    /// after: a name that is `taken` is not given again.
    static func name(
        of log: LogID, partingAt seq: UInt64, _ chain: Bytes32, besides taken: [String]
    ) -> String {
        var digits = chain
        while true {
            let name = "\(log.hex).\(seq)-\(digits.first.hex.prefix(16)).log"
            if taken.contains(name) == false { return name }
            digits = Digest.of(digits.array).bytes
        }
    }

    /// What is held of a log up to a seq, in a few bytes: which histories, and how far each goes.
    static func mark(of histories: [HeldLog], upTo last: UInt64) -> Bytes16 {
        let items = histories.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .flatMap { [CBORValue.text($0.name), .unsigned(min($0.tip.seq, last))] }
        return Digest.of(CBORValue.array(items).encoded).bytes.first
    }

    /// Whether a file with these entries, that lacks some of their bodies, has one that is absent
    /// here.
    func wants(bodiesIn range: SeqRange, besides lacking: [SeqRange]) -> Bool {
        guard absent.isEmpty == false else { return false }
        let wanted = SeqRange.clipped(absent, to: range)
        return SeqRange.subtracting(lacking, from: wanted).isEmpty == false
    }

    /// Where what counts ends in the file: at its last seal, or in the own log at its last batch.
    package var end: Int { isOwn ? position.offset : position.sealedOffset }

    /// The last entry that counts.
    package var tip: LogTip { isOwn ? position.tip : position.sealedTip }

    /// Whether a seal stands at `end`.
    var endsSealed: Bool { end == position.sealedOffset }

    /// A scanner that stands before the batch with entry `seq`, as near as a checkpoint lies.
    ///
    /// It borrows the view: the caller keeps this value alive while it is used.
    func scanner(before seq: UInt64) throws(LogError) -> LogScanner {
        if let near = checkpoints.last(where: { $0.tip.seq < seq }) {
            return LogScanner(view.bytes, of: log, from: near, checksBodies: false)
        }
        return try LogScanner(view.bytes, checksBodies: false)
    }

    /// How far a log file's bytes are good.
    struct Scan {
        let log: LogIdentity
        let birthEnd: Int
        let position: LogPosition
        let absent: AbsentBodies

        var end: Int { position.sealedOffset }
    }

    static func scan(
        _ file: UnsafeRawBufferPointer, checksBodies: Bool
    ) throws(FileFault) -> Scan {
        do throws(LogError) {
            var scanner = try LogScanner(file, checksBodies: checksBodies)
            let birthEnd = scanner.position.offset
            var absent = AbsentBodies()
            while let step = scanner.nextIfGood() {
                if step == .batch { for entry in scanner.entries { absent.add(entry) } }
            }
            return Scan(
                log: scanner.log, birthEnd: birthEnd, position: scanner.position, absent: absent)
        } catch {
            throw .broken(error)
        }
    }
}
