// SPDX-License-Identifier: MIT
package import Basics

/// What an entry says of a circle: a named group with keys of its own.
///
/// `Docs/Formats/Circles.md` is normative. This program carries such entries and draws nothing from
/// them yet.
package enum CircleEvent: Hashable, Sendable {
    case opened(CircleOpening)
    case admitted(CircleAdmission)
    case left(CircleLeaving)

    package static let types = [
        EventName.circleOpened, EventName.circleAdmitted, EventName.circleLeft,
    ]

    /// Nil for an entry of another type, and for one that says nothing that can be used.
    package init?(type: String, _ changes: CBORValue) {
        guard let body = RosterBody(changes) else { return nil }
        switch type {
        case EventName.circleOpened:
            guard let opening = CircleOpening(body) else { return nil }
            self = .opened(opening)
        case EventName.circleAdmitted:
            guard let admission = CircleAdmission(body) else { return nil }
            self = .admitted(admission)
        case EventName.circleLeft:
            guard let leaving = CircleLeaving(body) else { return nil }
            self = .left(leaving)
        default: return nil
        }
    }

    /// The event whose entry says this.
    package var event: Event {
        switch self {
        case .opened(let opening): Event(EventName.circleOpened, .none, opening.body.values)
        case .admitted(let admission): Event(EventName.circleAdmitted, .none, admission.body.values)
        case .left(let leaving): Event(EventName.circleLeft, .none, leaving.body.values)
        }
    }
}
