// SPDX-License-Identifier: MIT

/// A day as entries write it, `2017-03-31`; compared with their times it is a day of UTC.
package struct CivilDay: Hashable, Sendable {
    package let date: CivilDate

    /// Nil for a text of another form, and for a day that the calendar has not.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = CivilDay.number(parts[0], digits: 4), year >= 1,
            let month = CivilDay.number(parts[1], digits: 2),
            let day = CivilDay.number(parts[2], digits: 2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        self.date = date
    }

    package var text: String {
        [(date.year, 4), (date.month, 2), (date.day, 2)].map { number, digits in
            let text = "\(number)"
            return String(repeating: "0", count: digits - text.utf8.count) + text
        }.joined(separator: "-")
    }

    /// The last moment of the day; nil for a day before any that an entry can have.
    package var end: HybridTime? {
        let days = date.daysSince1970
        return days < 0 ? nil : HybridTime(endOf: UInt64(days + 1) * 86_400_000 - 1)
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
