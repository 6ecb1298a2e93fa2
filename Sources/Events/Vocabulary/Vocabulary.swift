// SPDX-License-Identifier: MIT
package import Basics

/// All kinds of things that are recorded, under one number that logs state.
///
/// Whatever is declared says from which number on it is known. A program that states a lower one
/// cannot have shown it: what its people write has not seen it.
package struct Vocabulary: Hashable, Sendable {
    package let number: UInt64
    package let kinds: [Kind]
    /// The forms of changes that programs know from a later number than the first on.
    package let formsSince: [ChangeForm: UInt64]
    /// The digest of all that is declared: any other declaration has another one.
    package let fingerprint: Digest

    package init(number: UInt64, kinds: [Kind], formsSince: [ChangeForm: UInt64] = [:]) {
        let check = VocabularyCheck(number: number, kinds: kinds, formsSince: formsSince)
        precondition(check.faults.isEmpty, check.faults.joined(separator: " "))
        self.number = number
        self.kinds = kinds
        self.formsSince = formsSince
        fingerprint = Vocabulary.fingerprint(number, kinds, formsSince)
    }

    package func kind(_ name: some StringProtocol) -> Kind? { kinds.first { $0.name == name } }

    /// What community safety partnerships record, as this program knows it.
    package static let current = Vocabulary(
        number: 1,
        kinds: [
            .plan, .priority, .action, .case, .campaign, .activity, .agency, .place, .staff,
        ])
}
