// SPDX-License-Identifier: MIT

/// What a device was enrolled as.
package enum Role: String, Hashable, Sendable, CaseIterable, Comparable {
    case coordinator
    case field
    case auditor

    /// Coordinators are rank 1, everyone else 2; the founder's device alone is 0.
    package var rank: Int { self == .coordinator ? 1 : 2 }

    package static func < (left: Role, right: Role) -> Bool {
        left.rank != right.rank ? left.rank < right.rank : left.rawValue < right.rawValue
    }
}

/// A set of roles, as fields and verbs are open to.
package struct Roles: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let coordinators = Roles(rawValue: 1)
    package static let field = Roles(rawValue: 2)
    package static let auditors = Roles(rawValue: 4)
    /// Everyone who records: all but auditors.
    package static let staff: Roles = [.coordinators, .field]

    package func allows(_ role: Role) -> Bool {
        switch role {
        case .coordinator: contains(.coordinators)
        case .field: contains(.field)
        case .auditor: contains(.auditors)
        }
    }
}
