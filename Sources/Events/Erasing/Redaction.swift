// SPDX-License-Identifier: MIT
package import Basics

/// An entry whose body is to go, and what stands in its place.
package struct Redaction: Hashable, Sendable {
    package let entry: PinnedEntry
    /// A body of the same shape with every personal value erased; nil where nothing can stay, as of
    /// a sealed body.
    package let body: [UInt8]?

    package init(_ entry: PinnedEntry, body: [UInt8]?) {
        self.entry = entry
        self.body = body
    }

    init?(_ value: CBORValue) {
        guard case .array(let items) = value, items.count == 4,
            let entry = PinnedEntry(.array(Array(items.prefix(3)))), entry.seq >= 1
        else { return nil }
        switch items[3] {
        case .bytes(let body): self.init(entry, body: body)
        case .null: self.init(entry, body: nil)
        case .unsigned, .negative, .text, .array, .map, .bool: return nil
        }
    }

    var value: CBORValue {
        guard case .array(let items) = entry.value else { return .null }
        return .array(items + [body.map { .bytes($0) } ?? .null])
    }
}

extension CBORValue {
    /// What stands in a redacted body in the place of a personal value.
    package static let erased = CBORValue.array([.unsigned(0)])
}
