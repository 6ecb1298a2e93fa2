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
        var bytes: [UInt8] = []
        append(to: &bytes, layout)
        return bytes
    }

    /// Adds the document to bytes that are already there, for documents of many values.
    package func append(to bytes: inout [UInt8], _ layout: Layout = .compact) {
        write(to: &bytes, level: layout == .pretty ? 0 : nil)
    }

    /// `level` is how deep the value stands, or nil in the compact layout.
    private func write(to bytes: inout [UInt8], level: Int?) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let claim): bytes.append(contentsOf: (claim ? "true" : "false").utf8)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .string(let text): JSON.write(text, to: &bytes)
        case .array(let elements):
            JSON.writeList(elements, in: ("[", "]"), to: &bytes, level: level) { element, bytes in
                element.write(to: &bytes, level: level.map { $0 + 1 })
            }
        case .object(let members):
            JSON.writeList(members, in: ("{", "}"), to: &bytes, level: level) { member, bytes in
                JSON.write(member.key, to: &bytes)
                bytes.append(contentsOf: (level == nil ? ":" : ": ").utf8)
                member.value.write(to: &bytes, level: level.map { $0 + 1 })
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], in marks: (open: String, close: String), to bytes: inout [UInt8],
        level: Int?, writeElement: (Element, inout [UInt8]) -> Void
    ) {
        bytes.append(contentsOf: marks.open.utf8)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            newLine(in: &bytes, level: level.map { $0 + 1 })
            writeElement(element, &bytes)
        }
        if !elements.isEmpty { newLine(in: &bytes, level: level) }
        bytes.append(contentsOf: marks.close.utf8)
    }

    private static func newLine(in bytes: inout [UInt8], level: Int?) {
        guard let level else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }

    /// Escapes what RFC 8259 asks for and what could mislead a terminal or a reader's eye.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let backslash = UInt8(ascii: "\\")
        bytes.append(quote)
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != quote && $0 != backslash }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            for scalar in text.unicodeScalars { write(scalar, to: &bytes) }
        }
        bytes.append(quote)
    }

    private static func write(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar {
        case "\"": bytes.append(contentsOf: "\\\"".utf8)
        case "\\": bytes.append(contentsOf: "\\\\".utf8)
        case "\n": bytes.append(contentsOf: "\\n".utf8)
        case "\r": bytes.append(contentsOf: "\\r".utf8)
        case "\t": bytes.append(contentsOf: "\\t".utf8)
        case _ where scalar.isHarmful:
            // Every harmful scalar is in the basic plane, so four digits are enough.
            let digits = String(scalar.value, radix: 16, uppercase: true)
            bytes.append(contentsOf: "\\u".utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
            bytes.append(contentsOf: digits.utf8)
        default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
