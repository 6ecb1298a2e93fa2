// SPDX-License-Identifier: MIT
import Basics
package import Events
package import Merging

/// Which entries of one history count, and as whose.
package struct Admission: Hashable, Sendable {
    /// From an entry on, what its device was enrolled as.
    package struct Span: Hashable, Sendable {
        /// The first seq that it holds for.
        package let from: UInt64
        /// Nil where it was enrolled as nothing.
        package let role: Role?
        /// The enrolment by which it holds; nil for the founder, whom nobody enrolled.
        package let by: EntryRef?

        package init(from: UInt64, role: Role?, by: EntryRef?) {
            self.from = from
            self.role = role
            self.by = by
        }
    }

    /// By rising `from`; entries before the first do not count.
    package let spans: [Span]
    /// The last seq that counts.
    package let limit: UInt64

    package init(spans: [Span], limit: UInt64) {
        self.spans = spans
        self.limit = limit
    }

    /// What the author of an entry was enrolled as; nil for an entry that does not count.
    package func span(at seq: UInt64) -> Span? {
        guard seq <= limit else { return nil }
        // Nearly always there is one.
        if let only = spans.first, spans.count == 1 { return only.from <= seq ? only : nil }
        let next = spans.firstPlace(fromWhich: { $0.from > seq })
        return next == 0 ? nil : spans[next - 1]
    }

    package func role(at seq: UInt64) -> Role? { span(at: seq)?.role }

    /// Why an entry that does not count is set aside.
    package func refusal(at seq: UInt64) -> SetAside { seq > limit ? .afterCut : .notLetIn }

    /// Whether the entries up to a seq count alike by both.
    package func isSame(as other: Admission, upTo seq: UInt64) -> Bool {
        func cut(_ admission: Admission) -> [Span] {
            admission.spans.filter { $0.from <= min(seq, admission.limit) }
        }
        return min(limit, seq) == min(other.limit, seq) && cut(self) == cut(other)
    }
}
