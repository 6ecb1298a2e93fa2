// SPDX-License-Identifier: MIT

/// What a generated book is to be like. The same plan makes the same bytes on every machine.
package struct BookPlan: Hashable, Sendable {
    /// One coordinator, who founds the partnership, and field devices.
    package var devices = 50
    /// Entries in all logs, give or take the last few; new events come on top.
    package var events = 10_000
    /// About how many records are made.
    package var records = 1_000
    package var seed: UInt64 = 1
    /// How many of a hundred accesses go to records by a Zipf-like law; the others are even.
    package var skew = 30
    /// How many of a hundred events are notes, visits, letters and the like.
    package var notes = 40
    /// How many entries a device writes between two syncs, on average.
    package var syncEvery = 200
    /// Events that some devices write after the last sync of all.
    package var news = 100

    package init() {}

    /// Stops the program where a book could not be made from it.
    func check() {
        precondition((2...4_096).contains(devices), "a book has 2 to 4,096 devices")
        precondition(events >= devices * 4, "a book has at least four events a device")
        precondition((1...events).contains(records), "there are no more records than events")
        precondition(
            (0...100).contains(skew) && (0...90).contains(notes), "a share is a percentage")
        precondition(syncEvery >= 2 && news >= 0, "a device writes between two syncs")
    }
}
