// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
package import Merging
package import Projections

/// What the index knows of one log; of one that has forked, of one of its nodes.
package struct LogRow: Hashable, Sendable {
    package let index: LogIndex
    package let id: LogID
    /// Nil for a log's first node.
    package let branch: LogTable.Branch?
    /// The last seq of a node after which the log splits.
    package let end: UInt64?
    /// The name of the file that it is read from.
    package var file = ""
    /// Nil for a log that others name and that is not held.
    package var identity: LogIdentity?
    /// How far the log was read; nil if it was not.
    package var position: LogPosition?
    /// How many of its entries created a record.
    package var records: UInt64 = 0
    /// The last entry that was not automatic: what a reading seal is taken over; seq 0 for none.
    package var toldSeq: UInt64 = 0
    package var toldChain = Bytes32.zero
    /// Which vocabularies its entries stated.
    package var vocabulary = VocabularySteps()
    /// Its entries whose bodies are not here as their headers say.
    package var absent = AbsentBodies()
    /// How many bytes of the file were looked at; more than was read where its end does not count.
    package var sizeRead = 0
    /// Other files of the log that hold nothing but what this one or other nodes do, by name, with
    /// how many bytes each has; noted with a log's first node.
    package var spareFiles: [String: Int] = [:]
    /// Nil while its device is not enrolled.
    package var admission: Admission?
    /// Nil for a log whose device nobody ever let in.
    package var name: LogName?

    package init(
        index: LogIndex, id: LogID, branch: LogTable.Branch? = nil, end: UInt64? = nil
    ) {
        self.index = index
        self.id = id
        self.branch = branch
        self.end = end
    }

    /// The first seq.
    package var from: UInt64 { branch?.from ?? 1 }

    /// The same node, before anything of it was read.
    var unread: LogRow {
        var row = LogRow(index: index, id: id, branch: branch, end: end)
        row.file = file
        return row
    }

    /// Whether all of it was read: nothing can come any more.
    var isComplete: Bool { end.map { $0 <= position?.tip.seq ?? 0 && position != nil } ?? false }
}

extension LogTable {
    /// The numbers that rows have.
    package init(_ rows: [LogRow]) {
        self.init()
        for row in rows { _ = add(row.id, branch: row.branch) }
    }
}

extension IndexStore {
    /// All logs by their numbers.
    package func logRows() throws(Failure) -> [LogRow] {
        var rows: [LogRow] = []
        let find = try database.statement(
            """
            SELECT id, log, birth, offset, seq, time, chain, sealedOffset, sealedSeq, sealedTime,
            sealedChain, records, role, lim, callSign, toldSeq, toldChain, vocabulary, sizeRead,
            absent, parent, start, first, last, file, words, signs, sharedWords, spareFiles
            FROM logs ORDER BY id
            """)
        while try find.step() {
            // The numbers of logs are places in the array of rows.
            guard let id = Bytes16(find.bytes(1)), find.integer(0) == Int64(rows.count) else {
                throw Failure.ofIndex
            }
            var row = LogRow(
                index: LogIndex(UInt32(rows.count)), id: LogID(id),
                branch: try IndexStore.branch(find, in: rows),
                end: find.isNull(23) ? nil : try IndexStore.seq(find, 23))
            row.file = find.text(24)
            if find.isNull(2) == false { row.identity = try IndexStore.identity(find.raw(2)) }
            if find.isNull(3) == false { row.position = try IndexStore.position(find) }
            row.records = try IndexStore.seq(find, 11)
            row.toldSeq = try IndexStore.seq(find, 15)
            if find.isNull(16) == false { row.toldChain = try IndexStore.chain(find, 16) }
            row.vocabulary = VocabularySteps(packed: find.raw(17))
            row.sizeRead = Int(clamping: find.integer(18))
            guard let absent = AbsentBodies(packed: find.raw(19)) else { throw Failure.ofIndex }
            row.absent = absent
            row.spareFiles = try IndexStore.files(find.text(28))
            if find.isNull(12) == false {
                row.admission = try IndexStore.admission(find)
            }
            if find.isNull(14) == false {
                row.name = LogName(
                    shown: find.text(14), words: IndexStore.words(find.text(25)),
                    signs: IndexStore.words(find.text(26)),
                    sharedWords: IndexStore.words(find.text(27)))
            }
            rows.append(row)
        }
        return rows
    }

    private static func branch(
        _ find: Statement, in rows: [LogRow]
    ) throws(Failure) -> LogTable.Branch? {
        guard find.isNull(20) == false else { return nil }
        guard let parent = Int(exactly: find.integer(20)), rows.indices.contains(parent),
            find.unsigned(21) >= 1, find.unsigned(21) < EntryRef.seqLimit,
            let first = Bytes16(find.bytes(22))
        else { throw Failure.ofIndex }
        return LogTable.Branch(parent: rows[parent].index, from: find.unsigned(21), first: first)
    }

    private static func identity(_ birth: UnsafeRawBufferPointer) throws(Failure) -> LogIdentity {
        do throws(LogError) { return try LogIdentity(payload: birth) } catch {
            throw Failure.ofIndex
        }
    }

    /// A chain value; nothing else stands for one.
    static func chain(_ find: Statement, _ column: Int32) throws(Failure) -> Bytes32 {
        guard let chain = Bytes32(find.bytes(column)) else { throw Failure.ofIndex }
        return chain
    }

    /// A number that an entry or a record of a log can have; nothing else stands for one.
    private static func seq(_ find: Statement, _ column: Int32) throws(Failure) -> UInt64 {
        guard find.unsigned(column) < EntryRef.seqLimit else { throw Failure.ofIndex }
        return find.unsigned(column)
    }

    private static func position(_ find: Statement) throws(Failure) -> LogPosition {
        guard find.integer(3) >= 0, find.integer(7) >= 0 else { throw Failure.ofIndex }
        return LogPosition(
            offset: Int(find.integer(3)),
            tip: LogTip(
                seq: try seq(find, 4), time: find.time(5),
                chain: try chain(find, 6)),
            sealedOffset: Int(find.integer(7)),
            sealedTip: LogTip(
                seq: try seq(find, 8), time: find.time(9),
                chain: try chain(find, 10)))
    }

    /// Has a log's file looked at again by the next update, whatever its size is then.
    package func forgetSize(of log: LogID) throws(Failure) {
        try database.statement("UPDATE logs SET sizeRead=-1 WHERE log=?1")
            .bind(1, log.bytes.array).execute()
    }

    func save(_ row: LogRow) throws(Failure) {
        let put = try database.statement(
            """
            INSERT OR REPLACE INTO logs(id, log, birth, offset, seq, time, chain, sealedOffset,
            sealedSeq, sealedTime, sealedChain, records, role, lim, callSign, toldSeq, toldChain,
            vocabulary, sizeRead, absent, parent, start, first, last, file, words, signs,
            sharedWords, spareFiles)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
            ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)
            """)
        put.bind(1, Int64(row.index.raw)).bind(2, row.id.bytes.array)
        if let identity = row.identity { put.bind(3, identity.birth.encoded) }
        if let position = row.position {
            put.bind(4, Int64(position.offset)).bind(5, position.tip.seq)
                .bind(6, position.tip.time).bind(7, position.tip.chain.array)
                .bind(8, Int64(position.sealedOffset)).bind(9, position.sealedTip.seq)
                .bind(10, position.sealedTip.time).bind(11, position.sealedTip.chain.array)
        }
        put.bind(12, row.records).bind(16, row.toldSeq).bind(17, row.toldChain.array)
            .bind(18, row.vocabulary.packed).bind(19, Int64(row.sizeRead))
            .bind(20, row.absent.packed)
        if let branch = row.branch {
            put.bind(21, Int64(branch.parent.raw)).bind(22, branch.from)
                .bind(23, branch.first.array)
        }
        if let end = row.end { put.bind(24, end) }
        put.bind(25, row.file)
        if let admission = row.admission {
            put.bind(13, IndexStore.text(admission.spans)).bind(14, admission.limit)
        }
        if let name = row.name {
            put.bind(15, name.shown).bind(26, name.words.joined(separator: " "))
                .bind(27, name.signs.joined(separator: " "))
                .bind(28, name.sharedWords.joined(separator: " "))
        }
        put.bind(29, IndexStore.text(row.spareFiles))
        try put.execute()
    }
}

extension IndexStore {
    /// Spans as text: role, first seq and enrolment of each.
    fileprivate static func text(_ spans: [Admission.Span]) -> String {
        spans.map { "\($0.role?.rawValue ?? "-") \($0.from) \($0.by.map { "\($0.raw)" } ?? "-")" }
            .joined(separator: ";")
    }

    /// Files as text: size and name of each, parted by what no name has.
    fileprivate static func text(_ files: [String: Int]) -> String {
        files.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: "/")
    }

    fileprivate static func files(_ text: String) throws(Failure) -> [String: Int] {
        var files: [String: Int] = [:]
        for item in text.split(separator: "/") {
            let parts = item.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let size = Int(parts[0]) else { throw Failure.ofIndex }
            files[String(parts[1])] = size
        }
        return files
    }

    fileprivate static func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }

    fileprivate static func admission(_ find: Statement) throws(Failure) -> Admission {
        var spans: [Admission.Span] = []
        for text in find.text(12).split(separator: ";") {
            let words = text.split(separator: " ")
            guard words.count == 3, let from = UInt64(words[1]),
                let by = words[2] == "-" ? 0 : UInt64(words[2])
            else { throw Failure.ofIndex }
            let role = Role(rawValue: String(words[0]))
            guard role != nil || words[0] == "-" else { throw Failure.ofIndex }
            spans.append(
                Admission.Span(
                    from: from, role: role, by: words[2] == "-" ? nil : EntryRef(raw: by)))
        }
        return Admission(spans: spans, limit: find.unsigned(13))
    }
}

extension Failure {
    /// A value of the index that nothing wrote.
    static var ofIndex: Failure {
        Failure(
            .indexDamaged, "The index holds what this program did not write.",
            advice: "The logs are not touched by this: run 'beatbook index rebuild'.")
    }
}
