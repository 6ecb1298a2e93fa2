// SPDX-License-Identifier: MIT

/// What a device is in the partnership.
package enum Role: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Whoever founded the partnership.
    case lead
    case coordinator
    case field
    case auditor

    /// Each rank is enrolled, cut and reinstated only by a rank above it, a lower number; 0 is the
    /// recovery keys'.
    package var rank: Int {
        switch self {
        case .lead: 1
        case .coordinator: 2
        case .field, .auditor: 3
        }
    }

    /// The more, the more may be written of records: whatever one of fewer rights may write, one of
    /// more may too.
    package var rights: Int {
        switch self {
        case .lead, .coordinator: 2
        case .field: 1
        case .auditor: 0
        }
    }

    /// What a device of this role lets others in as; nothing for field staff and auditors.
    package var letsIn: [Role] {
        switch self {
        case .lead: [.coordinator, .field, .auditor]
        case .coordinator: [.field, .auditor]
        case .field, .auditor: []
        }
    }

    package static func < (left: Role, right: Role) -> Bool {
        left.rank != right.rank ? left.rank < right.rank : left.rawValue < right.rawValue
    }
}

/// A set of roles, as fields and verbs are open to.
package struct Roles: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The lead is one of them in all that is written of records.
    package static let coordinators = Roles(rawValue: 1)
    package static let field = Roles(rawValue: 2)
    package static let auditors = Roles(rawValue: 4)
    /// Everyone who records: all but auditors.
    package static let staff: Roles = [.coordinators, .field]

    package func allows(_ role: Role) -> Bool {
        switch role {
        case .lead, .coordinator: contains(.coordinators)
        case .field: contains(.field)
        case .auditor: contains(.auditors)
        }
    }
}
