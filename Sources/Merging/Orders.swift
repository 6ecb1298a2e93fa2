// SPDX-License-Identifier: MIT
package import Basics

/// The order in which bytes that two replicas must agree on name entries: log id, then seq, then
/// the first chain value of the node in which the entry stands.
package struct CanonicalOrder: Sendable {
    private let logs: LogTable

    package init(_ logs: LogTable) { self.logs = logs }

    package func precedes(_ left: EntryRef, _ right: EntryRef) -> Bool {
        if left.log == right.log { return left.seq < right.seq }
        let (first, second) = (logs.id(of: left.log), logs.id(of: right.log))
        if first != second { return first < second }
        if left.seq != right.seq { return left.seq < right.seq }
        return logs.first(of: left.log) < logs.first(of: right.log)
    }
}

/// The order in which people are shown entries: time, then as in canonical order.
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
