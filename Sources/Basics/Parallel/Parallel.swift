// SPDX-License-Identifier: MIT
import Dispatch
import Synchronization

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

    /// Makes parts by two workers at once, and has them taken in the order of their places, by one
    /// at a time. Neither waits: a worker takes what is made if nobody else does, or makes more.
    ///
    /// Ends early once `take` gives false.
    package static func inOrder<Part>(
        _ count: Int, make: (_ worker: Int, _ place: Int) -> Part, take: (Part) -> Bool
    ) {
        let line = Mutex(Line<Part>(count: count))
        forEach(2) { worker in
            while let task = line.withLock({ $0.next() }) {
                switch task {
                case .make(let place):
                    let part = Handed(part: make(worker, place))
                    line.withLock { $0.made[place] = part }
                case .take(let place):
                    let handed = line.withLock { $0.made.removeValue(forKey: place) }
                    let goesOn = handed.map { take($0.part) } ?? false
                    line.withLock { $0.taken(goesOn: goesOn) }
                }
            }
        }
    }

    private static func forEach(_ count: Int, _ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            // The caller of a parallel part answers for what its parts share.
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: count) { body($0) }
        }
    }
}

/// A part on its way from the worker that made it to the one that takes it: only one holds it at a
/// time.
private struct Handed<Part>: @unchecked Sendable {
    let part: Part
}

/// How far parts have been made and taken.
private struct Line<Part> {
    enum Task {
        case make(Int)
        case take(Int)
    }

    var made: [Int: Handed<Part>] = [:]
    private var count: Int
    private var nextToMake = 0
    private var nextToTake = 0
    private var isTaking = false

    init(count: Int) { self.count = count }

    /// What a worker that has nothing to do does next; nil if the others see to all that is left.
    mutating func next() -> Task? {
        if isTaking == false, made[nextToTake] != nil {
            isTaking = true
            return .take(nextToTake)
        }
        guard nextToMake < count else { return nil }
        nextToMake += 1
        return .make(nextToMake - 1)
    }

    mutating func taken(goesOn: Bool) {
        isTaking = false
        nextToTake += 1
        if goesOn == false {
            count = 0
            made = [:]
        }
    }
}
