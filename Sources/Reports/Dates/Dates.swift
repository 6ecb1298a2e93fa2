// SPDX-License-Identifier: MIT
import Basics

/// Moments, in milliseconds since 1970 in UTC, as text. People read the civil time of the United
/// Kingdom; programs read UTC, marked as such.
package enum Dates {
    /// `2015-03-01 09:30`, as the clock on the wall showed it.
    package static func shown(_ milliseconds: UInt64) -> String {
        let wallClock = onTheWall(milliseconds)
        return day(ofWallClock: wallClock) + " " + clock(wallClock)
    }

    /// `2015-03-01`, the day it was in the United Kingdom.
    package static func shownDay(_ milliseconds: UInt64) -> String {
        day(ofWallClock: onTheWall(milliseconds))
    }

    /// `2015-03-01T09:30:00.000Z`, ISO 8601 in UTC, exact to the millisecond; `Period` reads it
    /// back.
    package static func iso8601(_ milliseconds: UInt64) -> String {
        let seconds = milliseconds / Milliseconds.second % 60
        return day(ofWallClock: milliseconds) + "T" + clock(milliseconds) + ":"
            + padded(seconds, to: 2) + "." + padded(milliseconds % Milliseconds.second, to: 3) + "Z"
    }

    private static func onTheWall(_ milliseconds: UInt64) -> UInt64 {
        milliseconds + UnitedKingdomTime.offset(at: milliseconds)
    }

    private static func day(ofWallClock milliseconds: UInt64) -> String {
        let date = CivilDate(daysSince1970: Int(milliseconds / Milliseconds.day))
        return padded(date.year, to: 4) + "-" + padded(date.month, to: 2) + "-"
            + padded(date.day, to: 2)
    }

    private static func clock(_ milliseconds: UInt64) -> String {
        padded(milliseconds / Milliseconds.hour % 24, to: 2) + ":"
            + padded(milliseconds / Milliseconds.minute % 60, to: 2)
    }

    private static func padded(_ number: some BinaryInteger, to digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(digits - text.utf8.count, 0)) + text
    }
}
