// SPDX-License-Identifier: MIT
package import Basics

extension CBORValue {
    /// The diagnostic notation of RFC 8949 in ASCII, as the vectors have it.
    package var shown: String {
        switch self {
        case .unsigned(let value): "\(value)"
        case .negative(let value): "\(value)"
        case .bool(let value): "\(value)"
        case .null: "null"
        case .bytes(let value):
            value.count > 1_000
                ? "a string of \(value.count) bytes" : "h'\(Hex.text(value))'"
        case .text(let value):
            value.utf8.count > 1_000
                ? "a string of \(value.utf8.count) bytes" : CBORValue.quoted(value)
        case .array(let items): "[\(items.map { $0.shown }.joined(separator: ", "))]"
        case .map(let pairs):
            "{\(CBORValue.inOrder(pairs).joined(separator: ", "))}"
        }
    }

    private static func inOrder(_ pairs: [CBORValue: CBORValue]) -> [String] {
        let sorted = pairs.sorted {
            $0.key.encoded.lexicographicallyPrecedes($1.key.encoded)
        }
        return sorted.map { "\($0.key.shown): \($0.value.shown)" }
    }

    private static func quoted(_ text: String) -> String {
        let units = text.utf16.map { unit in
            switch unit {
            case 0x22: "\\\""
            case 0x5c: "\\\\"
            case 0x20..<0x7f: String(UnicodeScalar(UInt8(unit)))
            default: "\\u" + Hex.text([UInt8(unit >> 8), UInt8(unit & 0xff)])
            }
        }
        return "\"\(units.joined())\""
    }
}
