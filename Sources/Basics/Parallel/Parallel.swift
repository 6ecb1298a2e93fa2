// SPDX-License-Identifier: MIT
import Dispatch

/// Work that several cores do at once. The caller waits for all of it, and no result depends on
/// which part was done first: the parts share nothing that one of them writes.
package enum Parallel {
    /// One result for each place below `count`, in the order of the places.
    package static func map<Result>(_ count: Int, _ body: (Int) -> Result) -> [Result] {
        guard count > 1 else { return (0..<count).map(body) }
        return [Result](unsafeUninitializedCapacity: count) { buffer, filled in
            // Each part writes its own place and no other.
            nonisolated(unsafe) let places = buffer
            forEach(count) { place in places.initializeElement(at: place, to: body(place)) }
            filled = count
        }
    }

    /// Does both, at once where there are two cores.
    package static func both(_ first: () -> Void, _ second: () -> Void) {
        forEach(2) { $0 == 0 ? first() : second() }
    }

    private static func forEach(_ count: Int, _ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            // The caller of a parallel part answers for what its parts share.
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: count) { body($0) }
        }
    }
}
