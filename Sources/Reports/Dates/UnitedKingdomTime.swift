// SPDX-License-Identifier: MIT
import Basics

/// The civil time of the United Kingdom: GMT, and BST, one hour ahead, from the last Sunday of
/// March at 01:00 UTC to the last Sunday of October at 01:00 UTC.
///
/// The rule is the law since 1996 (Summer Time Orders) and is taken for every year here, so times
/// from 1970 to 1995 may be shown one hour off near the change of the clocks, and from 1970 to
/// 1971, when it was BST all year, in winter. After the year 9999 it is GMT always.
package enum UnitedKingdomTime {
    /// How far the clocks on the wall are ahead of UTC at a moment, both in milliseconds.
    package static func offset(at milliseconds: UInt64) -> UInt64 {
        let days = Int(milliseconds / Milliseconds.day)
        let year = CivilDate(daysSince1970: days).year
        // Only forged times are so late; the end of their summer may be past the last number.
        if year > 9_999 { return 0 }
        return summer(of: year).contains(milliseconds) ? Milliseconds.hour : 0
    }

    /// The moments when the wall shows `wallClock`, itself milliseconds since 1970 as if in UTC.
    ///
    /// In the hour that comes twice in October they are two. In the hour that is left out in March
    /// there is none; the clock is then taken as not yet set forward.
    static func moments(showing wallClock: UInt64) -> (first: UInt64, last: UInt64) {
        let inWinter = wallClock
        let inSummer = wallClock < Milliseconds.hour ? wallClock : wallClock - Milliseconds.hour
        let fitsWinter = offset(at: inWinter) == 0
        let fitsSummer = inSummer != wallClock && offset(at: inSummer) != 0
        switch (fitsSummer, fitsWinter) {
        case (true, true): return (inSummer, inWinter)
        case (true, false): return (inSummer, inSummer)
        case (false, _): return (inWinter, inWinter)
        }
    }

    private static func summer(of year: Int) -> Range<UInt64> {
        let start = CivilDate.lastSunday(ofMonth: 3, year).daysSince1970
        let end = CivilDate.lastSunday(ofMonth: 10, year).daysSince1970
        return UInt64(start) * Milliseconds.day + Milliseconds.hour..<UInt64(end) * Milliseconds.day
            + Milliseconds.hour
    }
}

/// Lengths of time in milliseconds.
enum Milliseconds {
    static let second: UInt64 = 1_000
    static let minute: UInt64 = 60_000
    static let hour: UInt64 = 3_600_000
    static let day: UInt64 = 86_400_000
}
