// SPDX-License-Identifier: MIT
import Basics
import Testing

@testable import Reports

private let day: UInt64 = 86_400_000
private let hour: UInt64 = 3_600_000

/// Year and the days of March and October on which the clocks changed at 01:00 UTC, as the time
/// zone database (Europe/London) has them.
private let clockChanges: [(year: Int, march: Int, october: Int)] = [
    (1996, 31, 27), (1997, 30, 26), (1998, 29, 25), (1999, 28, 31), (2000, 26, 29), (2001, 25, 28),
    (2002, 31, 27), (2003, 30, 26), (2004, 28, 31), (2005, 27, 30), (2006, 26, 29), (2007, 25, 28),
    (2008, 30, 26), (2009, 29, 25), (2010, 28, 31), (2011, 27, 30), (2012, 25, 28), (2013, 31, 27),
    (2014, 30, 26), (2015, 29, 25), (2016, 27, 30), (2017, 26, 29), (2018, 25, 28), (2019, 31, 27),
    (2020, 29, 25), (2021, 28, 31), (2022, 27, 30), (2023, 26, 29), (2024, 31, 27), (2025, 30, 26),
    (2026, 29, 25), (2027, 28, 31), (2028, 26, 29), (2029, 25, 28), (2030, 31, 27), (2031, 30, 26),
    (2032, 28, 31), (2033, 27, 30), (2034, 26, 29), (2035, 25, 28), (2036, 30, 26), (2037, 29, 25),
]

@Suite struct `Shown dates` {
    @Test func `count every day from 1970 to 2400 as a calendar on the wall does`() {
        var (year, month, dayOfMonth) = (1970, 1, 1)
        for days in 0..<157_055 {
            let date = CivilDate(daysSince1970: days)
            if (date.year, date.month, date.day) != (year, month, dayOfMonth)
                || date.daysSince1970 != days
            {
                Issue.record("day \(days) is taken for \(date)")
            }
            dayOfMonth += 1
            if CivilDate(year: year, month: month, day: dayOfMonth) == nil {
                (month, dayOfMonth) = (month + 1, 1)
            }
            if month == 13 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, dayOfMonth) == (2400, 1, 2))
    }

    @Test func `know which years are leap years`() {
        let leap = (1890...2110).filter { CivilDate(year: $0, month: 2, day: 29) != nil }
        #expect(leap.contains(2000) && !leap.contains(1900) && !leap.contains(2100))
        #expect(leap.count == 53)
    }

    @Test func `change between GMT and BST when the time zone database says so`() throws {
        for change in clockChanges {
            let march = try #require(CivilDate(year: change.year, month: 3, day: change.march))
            let october = try #require(CivilDate(year: change.year, month: 10, day: change.october))
            let spring = UInt64(march.daysSince1970) * day + hour
            let autumn = UInt64(october.daysSince1970) * day + hour
            #expect(UnitedKingdomTime.offset(at: spring - 1) == 0)
            #expect(UnitedKingdomTime.offset(at: spring) == hour)
            #expect(UnitedKingdomTime.offset(at: autumn - 1) == hour)
            #expect(UnitedKingdomTime.offset(at: autumn) == 0)
        }
    }

    @Test(arguments: [
        (0, "1970-01-01 00:00", "1970-01-01T00:00:00.000Z"),
        (1_425_202_215_250, "2015-03-01 09:30", "2015-03-01T09:30:15.250Z"),
        (1_435_739_400_000, "2015-07-01 09:30", "2015-07-01T08:30:00.000Z"),
        (1_435_705_199_999, "2015-06-30 23:59", "2015-06-30T22:59:59.999Z"),
        (253_402_300_800_000, "10000-01-01 00:00", "10000-01-01T00:00:00.000Z"),
    ])
    func `show civil time to people and UTC to programs`(
        milliseconds: UInt64, shown: String, iso: String
    ) {
        #expect(Dates.shown(milliseconds) == shown)
        #expect(Dates.iso8601(milliseconds) == iso)
        #expect(shown.hasPrefix(Dates.shownDay(milliseconds)))
    }

    @Test func `show the last moment that a number can hold`() {
        #expect(Dates.iso8601(.max) == "584556019-04-03T14:25:51.615Z")
        #expect(Dates.shown(.max).hasPrefix("584556019-04-03 "))
    }
}
