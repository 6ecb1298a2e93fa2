// SPDX-License-Identifier: MIT
import Events
import Testing

@Suite struct RoleTests {
    @Test func `each role lets in exactly those of the ranks below that are let in at all`() {
        for role in Role.allCases {
            let below = Role.allCases.filter { $0.rank > role.rank && $0 != .lead }
            let expected = role.rank <= Role.coordinator.rank ? below : []
            #expect(Set(role.letsIn) == Set(expected))
        }
        #expect(Role.allCases.map(\.rank) == [1, 2, 3, 3])
    }

    @Test func `the lead may do what a coordinator may`() {
        for raw in UInt8(0)...7 {
            let roles = Roles(rawValue: raw)
            #expect(roles.allows(.lead) == roles.allows(.coordinator))
        }
    }
}
