// SPDX-License-Identifier: MIT
package import Basics

/// Dates as the formats write them: `2015`, `2015-03`, `2015-03-14`, `2015-03-14T09:30`.
package enum CalendarDate {
    /// A date as it is written in a book, from what a person typed who may leave out the year; nil
    /// for what is none, or has a time of day. `today` is written as in a book.
    package static func written(
        _ text: String, today: String, leaning: SaidDate.Leaning = .nearest
    ) -> String? {
        if isValid(text) { return text }
        let said = CivilDay(today).flatMap {
            SaidDate.written(text, today: $0.date, leaning: leaning)
        }
        return said.flatMap { isValid($0) && $0.utf8.count <= 10 ? $0 : nil }
    }

    package static func isValid(_ text: String) -> Bool {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count <= 2, halves.count == 1 || isTime(halves[1]) else { return false }
        let parts = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count == 1 || parts.count == 3, (1...3).contains(parts.count),
            let year = number(parts[0], digits: 4), year >= 1900
        else { return false }
        guard parts.count > 1 else { return true }
        guard let month = number(parts[1], digits: 2), (1...12).contains(month) else {
            return false
        }
        guard parts.count > 2 else { return true }
        guard let day = number(parts[2], digits: 2) else { return false }
        return (1...days(in: month, of: year)).contains(day)
    }

    private static func isTime(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = number(parts[0], digits: 2),
            let minute = number(parts[1], digits: 2)
        else { return false }
        return hour < 24 && minute < 60
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2:
            year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
                ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
