// SPDX-License-Identifier: MIT
package import Basics

/// Someone opened, exported or printed a restricted record: said by every device by itself, inside
/// a sealed entry about no record.
///
/// `Docs/Formats/Circles.md` is normative. This program writes none yet.
package struct AccessEvent: Hashable, Sendable {
    package enum Act: String, Hashable, Sendable, CaseIterable {
        case opened, exported, printed
    }

    package let act: Act
    package let record: Link
    /// What it was for, in the person's words.
    package let purpose: String?

    package init(_ act: Act, _ record: Link, purpose: String? = nil) {
        self.act = act
        self.record = record
        self.purpose = purpose
    }

    /// Nil for what a sealed entry of another type says, and for what has another form.
    package init?(_ content: SealedBody.Content) {
        let body = content.changes
        guard content.type == EventName.accessed, case .text(let act)? = body["act"],
            let act = Act(rawValue: act), let record = body["record"].flatMap(Link.init)
        else { return nil }
        var purpose: String?
        if let value = body["purpose"] {
            guard case .text(let text) = value else { return nil }
            purpose = text
        }
        self.init(act, record, purpose: purpose)
    }

    /// What the sealed entry says inside; `salt` has sixteen bytes of chance.
    package func content(salt: [UInt8]) -> SealedBody.Content {
        var changes: [String: CBORValue] = [:]
        changes["act"] = .text(act.rawValue)
        changes["record"] = record.value
        changes["purpose"] = purpose.map { .text($0) }
        return SealedBody.Content(type: EventName.accessed, salt: salt, changes: changes)
    }
}
