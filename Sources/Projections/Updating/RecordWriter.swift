// SPDX-License-Identifier: MIT
import Basics
import Merging

/// Writes what became of records into the index. Words are gathered, and written at the end or when
/// there are many: the search takes long runs of rows best.
final class RecordWriter {
    let store: IndexStore
    private let isSearchKept: Bool
    /// How many records were written.
    private(set) var written = 0
    private var unknownFields: Int64 = 0
    private var words = SearchWords()

    private static let bytesOfWords = 8 << 20

    init(store: IndexStore, isSearchKept: Bool) {
        self.store = store
        self.isSearchKept = isSearchKept
    }

    func write(_ changes: RecordChanges) throws(Failure) {
        for record in changes.arrived {
            try store.database.statement("DELETE FROM waiting WHERE about=?1")
                .bind(1, record.raw).execute()
        }
        for item in changes.waiting {
            try store.database.statement("INSERT OR REPLACE INTO waiting VALUES(?1, ?2, ?3)")
                .bind(1, item.entry.raw).bind(2, item.need).bind(3, item.about.raw).execute()
        }
        for item in changes.asides {
            try store.setAside(item.entry, item.reason)
        }
        for record in changes.records {
            try store.save(record.row, record.view)
            guard let view = record.view else { continue }
            try store.saveAspects(view, replacing: record.hadView)
        }
        written += changes.records.count
        unknownFields += changes.unknownFields
        guard isSearchKept else { return }
        words.add(changes.words)
        if words.bytes.count > RecordWriter.bytesOfWords { try writeWords() }
    }

    /// Writes the words and the counts that were gathered.
    func finish() throws(Failure) {
        try writeWords()
        try store.count("unknownFields", unknownFields)
        unknownFields = 0
    }

    func writeWords() throws(Failure) {
        guard words.bytes.isEmpty == false else { return }
        let add = try store.database.statement("INSERT INTO search(rowid, words) VALUES(?1, ?2)")
        let remove = try store.database.statement(
            "INSERT INTO search(search, rowid, words) VALUES('delete', ?1, ?2)")
        try words.bytes.withRaw { (raw) throws(Failure) in
            for act in words.inOrder {
                let end = act.start + act.count
                let text = UnsafeRawBufferPointer(rebasing: raw[act.start..<end])
                let statement = act.isRemoval ? remove : add
                try statement.bind(1, act.row).bind(2, borrowing: text).execute()
            }
        }
        // What was lent ends here.
        add.reset()
        remove.reset()
        words = SearchWords()
    }
}
