// SPDX-License-Identifier: MIT
package import Basics

/// What an entry does with one part of a field: adds it, voids it, or corrects it.
package enum PartChange: Hashable, Sendable {
    case added(PartContent)
    case void(Link)
    case corrected(Link, PartContent)

    var isAddition: Bool {
        if case .added = self { true } else { false }
    }

    package init?(_ value: CBORValue) {
        guard case .array(let items) = value, case .unsigned(let act)? = items.first else {
            return nil
        }
        switch (act, items.count) {
        case (0, 2):
            guard let content = PartContent(items[1]), content.clears == false else { return nil }
            self = .added(content)
        case (1, 2):
            guard let part = Link(items[1]) else { return nil }
            self = .void(part)
        case (2, 3):
            guard let part = Link(items[1]), let content = PartContent(items[2]) else { return nil }
            self = .corrected(part, content)
        default: return nil
        }
    }

    package var encoded: CBORValue {
        switch self {
        case .added(let content): .array([.unsigned(0), content.encoded])
        case .void(let part): .array([.unsigned(1), part.value])
        case .corrected(let part, let content):
            .array([.unsigned(2), part.value, content.encoded])
        }
    }
}
