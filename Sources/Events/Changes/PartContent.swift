// SPDX-License-Identifier: MIT
package import Basics

/// What a part says: a text, or values by name, such as when, where and how many minutes.
package enum PartContent: Hashable, Sendable {
    case text(String)
    /// In a correction, the values that change; null clears one.
    case values([String: CBORValue])

    package init?(_ value: CBORValue) {
        if case .text(let text) = value {
            self = .text(text)
            return
        }
        guard let values = value.named,
            values.values.allSatisfy({ $0.isFieldValue || $0 == .null })
        else { return nil }
        self = .values(values)
    }

    package var encoded: CBORValue {
        switch self {
        case .text(let text): .text(text)
        case .values(let values): .map(named: values)
        }
    }

    var clears: Bool {
        if case .values(let values) = self { values.values.contains(.null) } else { false }
    }
}
