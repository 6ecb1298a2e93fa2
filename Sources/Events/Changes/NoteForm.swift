// SPDX-License-Identifier: MIT
package import Basics

/// What the names that stand for the entry, and not for a field, have beside them.
/// Source: `Docs/Formats/Changes.md`.
package enum NoteForm: String, CaseIterable, Sendable {
    /// When it happened, where that is not when it was written down.
    case occurred
    /// Why, as the author says.
    case reason
    /// A link to the record that an entry was written for, where that is another one.
    case cause
    /// The entry of another log that this one repeats: where both count, they are one act.
    case again
    /// The entries that this one settles between.
    case settles
    /// The id that all entries of one import share.
    case imported = "import"

    /// The note of that name; nil for the name of a field.
    package init?(_ name: UnsafeRawBufferPointer) {
        guard let note = NoteForm.allCases.first(where: { name.elementsEqual($0.rawValue.utf8) })
        else { return nil }
        self = note
    }

    /// Reads what the note says, and throws where it has another form.
    package func check(_ reader: inout CBORReader) throws(CBORError) {
        switch self {
        case .occurred:
            guard NoteForm.isMoment(try reader.text()) else { throw .unexpectedType }
        case .reason: _ = try reader.text()
        case .cause: _ = try Link(&reader)
        case .again: try NoteForm.checkPinned(&reader)
        case .settles:
            let count = try reader.array()
            guard count > 0 else { throw .unexpectedType }
            for _ in 0..<count { try NoteForm.checkPinned(&reader) }
        case .imported: _ = try reader.bytes16()
        }
    }

    private static func checkPinned(_ reader: inout CBORReader) throws(CBORError) {
        guard try PinnedEntry(&reader).seq >= 1 else { throw .unexpectedType }
    }

    /// Whether a text has the digits and signs of `2015-03-14T09:30`, as far as it goes.
    static func isMoment(_ text: UnsafeRawBufferPointer) -> Bool {
        let pattern = "dddd-dd-ddTdd:dd".utf8
        guard [4, 7, 10, 16].contains(text.count) else { return false }
        return zip(text, pattern).allSatisfy { byte, sign in
            sign == UInt8(ascii: "d")
                ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == sign
        }
    }
}
