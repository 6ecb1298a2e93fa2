// SPDX-License-Identifier: MIT
import Basics
import Events
import Testing

@Suite struct NoteTests {
    private static let log = LogID(Bytes16(high: 6, low: 6))
    private static let pinned = PinnedEntry(log: log, seq: 4, chain: Bytes16(high: 7, low: 7))

    @Test func `notes are read as they were written`() {
        var notes = EntryNotes()
        #expect(notes.changes.isEmpty)
        notes.occurred = "2015-03-14T09:30"
        notes.reason = "Why."
        notes.cause = Link(EntryID(log: Self.log, seq: 3))
        notes.again = Self.pinned
        notes.settles = [Self.pinned, Self.pinned]
        notes.imported = Bytes16(high: 8, low: 8)
        #expect(EntryNotes(notes.changes) == notes)
        #expect(Set(notes.changes.keys) == Set(NoteForm.allCases.map(\.rawValue)))
    }

    @Test func `every note that is written has its form`() throws {
        var notes = EntryNotes()
        notes.occurred = "2015"
        notes.reason = ""
        notes.cause = Link(own: 3)
        notes.again = Self.pinned
        notes.settles = [Self.pinned]
        notes.imported = Bytes16(high: 8, low: 8)
        for (name, value) in notes.changes {
            let form = try #require(NoteForm(rawValue: name))
            try value.encoded.withRaw { raw throws(CBORError) in
                var reader = CBORReader(raw)
                try form.check(&reader)
                try reader.finish()
            }
        }
    }

    @Test(arguments: [
        "", "2", "201", "2015-", "2015-3", "2015-03-1", "2015-03-14T", "2015-03-14 09:30", "24/11",
        "2015-03-14T09:30Z", "२०१५",
    ])
    func `a moment has four, seven, ten or sixteen signs`(text: String) {
        #expect(throws: CBORError.unexpectedType) {
            try CBORValue.text(text).encoded.withRaw { raw throws(CBORError) in
                var reader = CBORReader(raw)
                try NoteForm.occurred.check(&reader)
            }
        }
    }
}
