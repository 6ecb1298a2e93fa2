// SPDX-License-Identifier: MIT
package import Basics

/// A person accepts an exception of a list: a part `accepted` of the record that the item is about.
///
/// `Docs/Formats/Changes.md` is normative. This program carries such parts and hides nothing for
/// them yet.
package struct Acceptance: Hashable, Sendable {
    /// The field that has these parts, of every kind.
    package static let field = "accepted"

    package let list: String
    /// The digest of what made the item one of the list.
    package let because: Bytes32
    package let reason: String
    /// The last day for which it holds: `2017-03-31`.
    package let until: CivilDay?

    package init(_ list: String, because: Bytes32, reason: String, until: CivilDay? = nil) {
        self.list = list
        self.because = because
        self.reason = reason
        self.until = until
    }

    /// Nil for a part that says something else.
    package init?(_ content: PartContent) {
        guard case .values(let values) = content, case .text(let list)? = values["list"],
            case .bytes(let digest)? = values["because"], let because = Bytes32(digest),
            case .text(let reason)? = values["reason"]
        else { return nil }
        var until: CivilDay?
        if let value = values["until"] {
            guard case .text(let text) = value, let day = CivilDay(text) else { return nil }
            until = day
        }
        self.init(list, because: because, reason: reason, until: until)
    }

    package var content: PartContent {
        var values: [String: CBORValue] = [:]
        values["list"] = .text(list)
        values["because"] = .bytes(because.array)
        values["reason"] = .text(reason)
        values["until"] = until.map { .text($0.text) }
        return .values(values)
    }
}
