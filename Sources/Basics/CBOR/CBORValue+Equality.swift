// SPDX-License-Identifier: MIT

// Two values are the same if their bytes are. `String` would call two spellings of one letter the
// same, and a map with both as keys would lose one.
extension CBORValue: Hashable {
    package static func == (left: CBORValue, right: CBORValue) -> Bool {
        switch (left, right) {
        case (.unsigned(let one), .unsigned(let other)): one == other
        case (.negative(let one), .negative(let other)): one == other
        case (.bytes(let one), .bytes(let other)): one == other
        case (.text(let one), .text(let other)): one.utf8.elementsEqual(other.utf8)
        case (.array(let one), .array(let other)): one == other
        case (.map(let one), .map(let other)): one == other
        case (.bool(let one), .bool(let other)): one == other
        case (.null, .null): true
        case (.unsigned, _), (.negative, _), (.bytes, _), (.text, _), (.array, _), (.map, _),
            (.bool, _), (.null, _):
            false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .unsigned(let value): hasher.combine(value)
        case .negative(let value): hasher.combine(value)
        case .bytes(let value): hasher.combine(value)
        case .text(let value): for byte in value.utf8 { hasher.combine(byte) }
        case .array(let items): hasher.combine(items)
        case .map(let pairs): hasher.combine(pairs)
        case .bool(let value): hasher.combine(value)
        case .null: hasher.combine(0)
        }
    }
}
