// SPDX-License-Identifier: MIT
package import Basics

/// What an entry says of an erasure: two people's act that puts redacted bodies in the place of
/// others.
///
/// `Docs/Formats/Erasure.md` is normative. This program carries such entries and draws nothing from
/// them yet.
package enum ErasureEvent: Hashable, Sendable {
    case proposed(basis: String, [Redaction])
    case approved(PinnedEntry)
    /// A device found that a redacted body does not fit, or that it would bring something back.
    case objected(PinnedEntry, reason: String)
    /// A proposal, an approval or an objection is taken back by its author.
    case withdrawn(PinnedEntry)
    /// The lead decides that an erasure counts in spite of these objections.
    case decided(PinnedEntry, against: [PinnedEntry], reason: String)
    /// The lead orders that the bytes are destroyed before all have had the approval in sight.
    case ordered(PinnedEntry, reason: String)

    package static let types = [
        EventName.erasureProposed, EventName.erasureApproved, EventName.erasureObjected,
        EventName.erasureWithdrawn, EventName.erasureDecided, EventName.erasureOrdered,
    ]

    /// Nil for an entry of another type, and for one that says nothing that can be used.
    package init?(type: String, _ changes: CBORValue) {
        guard let body = RosterBody(changes),
            let event = ErasureEvent.proposal(type, body) ?? ErasureEvent.answer(type, body)
        else { return nil }
        self = event
    }

    private static func proposal(_ type: String, _ body: RosterBody) -> ErasureEvent? {
        guard type == EventName.erasureProposed, let basis = body.text("basis"),
            let redactions = body.items("entries", { Redaction($0) }), redactions.isEmpty == false
        else { return nil }
        return .proposed(basis: basis, redactions)
    }

    private static func answer(_ type: String, _ body: RosterBody) -> ErasureEvent? {
        guard let named = body.onePinned("names") else { return nil }
        switch type {
        case EventName.erasureApproved: return .approved(named)
        case EventName.erasureObjected:
            return body.text("reason").map { .objected(named, reason: $0) }
        case EventName.erasureWithdrawn: return .withdrawn(named)
        case EventName.erasureDecided:
            guard let against = body.pinned("against"), against.isEmpty == false,
                let reason = body.text("reason")
            else { return nil }
            return .decided(named, against: against, reason: reason)
        case EventName.erasureOrdered:
            return body.text("reason").map { .ordered(named, reason: $0) }
        default: return nil
        }
    }

    /// The event whose entry says this.
    package var event: Event {
        var body = RosterBody()
        switch self {
        case .proposed(let basis, let redactions):
            body["basis"] = .text(basis)
            body["entries"] = .array(redactions.map(\.value))
            return Event(EventName.erasureProposed, .none, body.values)
        case .approved(let proposal):
            body["names"] = proposal.value
            return Event(EventName.erasureApproved, .none, body.values)
        case .objected(let proposal, let reason):
            body["names"] = proposal.value
            body["reason"] = .text(reason)
            return Event(EventName.erasureObjected, .none, body.values)
        case .withdrawn(let act):
            body["names"] = act.value
            return Event(EventName.erasureWithdrawn, .none, body.values)
        case .decided(let proposal, let objections, let reason):
            body["names"] = proposal.value
            body["against"] = .array(objections.map(\.value))
            body["reason"] = .text(reason)
            return Event(EventName.erasureDecided, .none, body.values)
        case .ordered(let proposal, let reason):
            body["names"] = proposal.value
            body["reason"] = .text(reason)
            return Event(EventName.erasureOrdered, .none, body.values)
        }
    }
}
