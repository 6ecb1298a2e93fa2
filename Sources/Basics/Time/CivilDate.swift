// SPDX-License-Identifier: MIT

/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Sendable {
    /// As people count them, 2015 and the like.
    package let year: Int
    /// From 1 to 12.
    package let month: Int
    /// From 1 to the last of the month.
    package let day: Int

    /// Nil where the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1 else { return nil }
        guard day <= CivilDate.daysInMonth(month, of: year) else { return nil }
        self.init(unchecked: year, month, day)
    }

    /// Days are counted in eras of 400 years that begin on 1 March, so that a leap day comes last
    /// (Howard Hinnant, "chrono-compatible low-level date algorithms").
    package init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.init(
            unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days after 1 January 1970, below zero before it.
    package var daysSince1970: Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = yearFromMarch.floorDivided(by: 400)
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// 28 to 31; months that the calendar has not are given 31.
    package static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    /// The last Sunday of a month, when the clocks change.
    package static func lastSunday(ofMonth month: Int, _ year: Int) -> CivilDate {
        let last = CivilDate(unchecked: year, month, daysInMonth(month, of: year)).daysSince1970
        // 1 January 1970 was a Thursday: three days later the count was three, on a Sunday.
        let daysSinceSunday = (last - 3) - (last - 3).floorDivided(by: 7) * 7
        return CivilDate(daysSince1970: last - daysSinceSunday)
    }
}

extension Int {
    /// Division that rounds down, before 1970 too.
    package func floorDivided(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }
}
