// SPDX-License-Identifier: MIT

/// A deterministic CBOR item as a value: for bodies and other things off the hot path.
package indirect enum CBORValue: Sendable {
    case unsigned(UInt64)
    /// A negative integer; the associated value is below zero.
    case negative(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map([CBORValue: CBORValue])
    case bool(Bool)
    case null

    package static func integer(_ value: Int64) -> CBORValue {
        value < 0 ? .negative(value) : .unsigned(UInt64(value))
    }

    /// The item's bytes, map keys in bytewise order of their encoded form.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Reads exactly one item.
    package init(_ encoded: [UInt8]) throws(CBORError) {
        self = try encoded.withRaw { raw throws(CBORError) in try CBORValue(raw: raw) }
    }

    /// Reads exactly one item from memory.
    package init(raw: UnsafeRawBufferPointer) throws(CBORError) {
        try CBORReader.check(raw)
        var reader = CBORReader(raw)
        self = try CBORValue(checked: &reader)
    }

    package func write(to writer: inout CBORWriter) {
        switch self {
        case .unsigned(let value): writer.unsigned(value)
        case .negative(let value): writer.signed(value)
        case .bytes(let value): writer.byteString(value)
        case .text(let value): writer.text(value)
        case .bool(let value): writer.bool(value)
        case .null: writer.null()
        case .array(let items):
            writer.array(items.count)
            for item in items { item.write(to: &writer) }
        case .map(let pairs):
            writer.map(pairs.count)
            let encoded = pairs.map { (key: $0.key.encoded, value: $0.value) }
            for pair in encoded.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                writer.encoded(pair.key)
                pair.value.write(to: &writer)
            }
        }
    }

    /// Reads an item that was checked before: its depth is bounded, so that this may recurse.
    private init(checked reader: inout CBORReader) throws(CBORError) {
        switch try reader.peekMajor() {
        case 0: self = .unsigned(try reader.unsigned())
        case 1: self = .negative(try reader.signed())
        case 2: self = .bytes(Array(try reader.bytes()))
        case 3: self = .text(try reader.string())
        case 4:
            var items: [CBORValue] = []
            for _ in 0..<(try reader.array()) { items.append(try CBORValue(checked: &reader)) }
            self = .array(items)
        case 5:
            var pairs: [CBORValue: CBORValue] = [:]
            for _ in 0..<(try reader.map()) {
                let key = try CBORValue(checked: &reader)
                pairs[key] = try CBORValue(checked: &reader)
            }
            self = .map(pairs)
        default:
            let (_, value) = try reader.head()
            self = value == 22 ? .null : .bool(value == 21)
        }
    }
}
