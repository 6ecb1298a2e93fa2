// SPDX-License-Identifier: MIT
package import Basics

/// The order in which bytes that two replicas must agree on name entries: log id, then seq.
package struct CanonicalOrder: Sendable {
    private let ids: [LogID]

    package init(_ logs: LogTable) { ids = logs.ids }

    package func precedes(_ left: EntryRef, _ right: EntryRef) -> Bool {
        if left.log == right.log { return left.seq < right.seq }
        let (first, second) = (ids[Int(left.log.raw)], ids[Int(right.log.raw)])
        return first == second ? left.seq < right.seq : first < second
    }
}

/// The order in which people are shown entries: time, then log id, then seq.
package struct TimelineOrder: Sendable {
    package let canonical: CanonicalOrder

    package init(_ logs: LogTable) { canonical = CanonicalOrder(logs) }

    package func precedes(
        _ left: (time: HybridTime, ref: EntryRef), _ right: (time: HybridTime, ref: EntryRef)
    ) -> Bool {
        left.time != right.time
            ? left.time < right.time : canonical.precedes(left.ref, right.ref)
    }
}
