// SPDX-License-Identifier: MIT
package import Basics
package import Merging

/// A value as the bytes of its CBOR item: what is folded is checked when it is read, from an entry
/// or from the index.
package struct EncodedValue: Hashable, Sendable {
    package let bytes: ShortBytes

    package init(_ bytes: ShortBytes) { self.bytes = bytes }

    package init(_ value: CBORValue) { bytes = ShortBytes(value.encoded) }

    package static let null = EncodedValue(ShortBytes([0xf6]))

    package var isNull: Bool { self == .null }

    package var value: CBORValue {
        bytes.withRaw { raw in
            do throws(CBORError) { return try CBORValue(raw: raw) } catch { return .null }
        }
    }

    /// The text, if it is one.
    package var text: String? {
        bytes.withRaw { raw in
            var reader = CBORReader(raw)
            do throws(CBORError) { return try reader.string() } catch { return nil }
        }
    }
}

/// A write that no other admitted write on its slot has settled.
package struct LiveWrite: Hashable, Sendable {
    package let place: EntryRef
    package let time: HybridTime
    package let value: EncodedValue
}

/// What a field reads, and whether people disagree on it.
package struct FieldView: Hashable, Sendable {
    /// The part under one key of a keyed field, or the whole of a plain one (empty key).
    package struct Register: Hashable, Sendable {
        package let key: String
        /// Null if nothing stands.
        package let shown: EncodedValue
        package let live: [LiveWrite]
        package let isDisputed: Bool
    }

    /// How many parts count, how many are void, how many are disputed.
    package struct Parts: Hashable, Sendable {
        package let counted: Int
        package let void: Int
        package let disputed: Int
    }

    /// How much was counted under one name. `String` would call two spellings of one letter one
    /// name: what is counted is told apart by its bytes.
    package struct Sum: Hashable, Sendable {
        package let key: String
        package let value: Int128

        package init(key: String, value: Int128) {
            self.key = key
            self.value = value
        }
    }

    package enum Content: Hashable, Sendable {
        case registers([Register])
        /// Elements in the order they were first added; `isContested` where two were added by
        /// people who had not seen each other.
        case set([EncodedValue], isContested: Bool)
        /// In the order of the bytes of what is counted.
        case tally([Sum])
        case parts(Parts)
    }

    /// The field's place in its kind.
    package let index: Int
    package let content: Content

    /// The value of a plain field; null for anything else.
    package var shown: EncodedValue {
        if case .registers(let registers) = content, let plain = registers.first, plain.key.isEmpty
        {
            plain.shown
        } else {
            .null
        }
    }

    package var isDisputed: Bool {
        switch content {
        case .registers(let registers): registers.contains { $0.isDisputed }
        case .set(_, let isContested): isContested
        case .tally: false
        case .parts(let parts): parts.disputed > 0
        }
    }
}
