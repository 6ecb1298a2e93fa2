// SPDX-License-Identifier: MIT

extension JSON {
    /// Whether a document is for a program or for a person.
    package enum Layout: Sendable {
        /// One line without a space.
        case compact
        /// A line for each value, indented by two spaces a level.
        case pretty
    }

    /// The document as UTF-8, with no line feed at its end.
    package func encoded(_ layout: Layout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.write(self)
        return writer.bytes
    }
}

/// Fills a buffer with a document.
private struct JSONWriter {
    let layout: JSON.Layout
    var bytes: [UInt8] = []
    private var level = 0

    init(layout: JSON.Layout) {
        self.layout = layout
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: append("null")
        case .bool(let claim): append(claim ? "true" : "false")
        case .integer(let number): append(String(number))
        case .string(let text): write(text)
        case .array(let elements): write(elements)
        case .object(let members): write(members)
        }
    }

    private mutating func write(_ elements: [JSON]) {
        append("[")
        level += 1
        for (index, element) in elements.enumerated() {
            beginElement(index)
            write(element)
        }
        endList("]", count: elements.count)
    }

    private mutating func write(_ members: [JSON.Member]) {
        append("{")
        level += 1
        for (index, member) in members.enumerated() {
            beginElement(index)
            write(member.key)
            append(layout == .pretty ? ": " : ":")
            write(member.value)
        }
        endList("}", count: members.count)
    }

    private mutating func beginElement(_ index: Int) {
        if index > 0 { append(",") }
        newLine()
    }

    private mutating func endList(_ mark: String, count: Int) {
        level -= 1
        if count > 0 { newLine() }
        append(mark)
    }

    private mutating func newLine() {
        guard layout == .pretty else { return }
        append("\n")
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }

    /// Escapes what RFC 8259 asks for and what could mislead a terminal or a reader's eye.
    private mutating func write(_ text: String) {
        append("\"")
        if text.utf8.allSatisfy(JSONWriter.isPlain) {
            append(text)
        } else {
            for scalar in text.unicodeScalars { write(scalar) }
        }
        append("\"")
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        case _ where scalar.isHarmful:
            // Beyond the basic plane it takes two units, as RFC 8259 has it.
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { write(unit) }
        default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    private mutating func write(_ unit: UInt16) {
        append("\\u")
        for shift in [12, 8, 4, 0] {
            append(String(unit >> shift & 0xF, radix: 16, uppercase: true))
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
