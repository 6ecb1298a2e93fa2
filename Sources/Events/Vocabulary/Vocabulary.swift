// SPDX-License-Identifier: MIT

/// All kinds of things that are recorded, under one number that logs state.
package struct Vocabulary: Hashable, Sendable {
    package let number: UInt64
    package let kinds: [Kind]

    package init(number: UInt64, kinds: [Kind]) {
        self.number = number
        self.kinds = kinds
    }

    package func kind(_ name: some StringProtocol) -> Kind? { kinds.first { $0.name == name } }

    /// What community safety partnerships record, as this program knows it.
    package static let current = Vocabulary(
        number: 1,
        kinds: [
            .plan, .priority, .action, .case, .campaign, .activity, .agency, .place,
        ])
}
