// SPDX-License-Identifier: MIT
package import Basics

extension CBORValue {
    /// Whether it may stand in a field, a set or a part: a text, a number, yes or no, a link, bytes
    /// of a digest or an id, or a file.
    package var isFieldValue: Bool {
        switch self {
        case .text, .unsigned, .negative, .bool, .bytes: true
        case .array: Link(self) != nil || FileValue(self) != nil
        case .null, .map: false
        }
    }

    /// The values of a map from texts; nil for anything else.
    package var named: [String: CBORValue]? {
        guard case .map(let pairs) = self else { return nil }
        var values: [String: CBORValue] = [:]
        for (key, value) in pairs {
            guard case .text(let name) = key else { return nil }
            values[name] = value
        }
        return values
    }

    package static func map(named values: [String: CBORValue]) -> CBORValue {
        .map(Dictionary(uniqueKeysWithValues: values.map { (.text($0.key), $0.value) }))
    }

    /// The number, if it is one in the range of signed numbers.
    var signed: Int64? {
        switch self {
        case .unsigned(let number): Int64(exactly: number)
        case .negative(let number): number
        case .text, .bytes, .array, .map, .bool, .null: nil
        }
    }
}
