// SPDX-License-Identifier: MIT

/// Reads dates as people say and type them, and gives them as they are written in a book.
///
/// `today`, `yesterday 21:15`, `tomorrow`, `last tue`, `24/11`, `24.11.2026`, `24th Nov 2026`,
/// `March 2017`, `Apr-14`, `3/2017`, `end of March 2017`, `2014/15` and `Q2 2014/15`, which are
/// known by their last month, as years of account are: from April to March.
package struct SaidDate {
    /// Which day a person means who gives no year, or the name of a day alone.
    package enum Leaning: Sendable {
        case past, future, nearest
    }

    private let today: CivilDate
    private let leaning: Leaning

    private init(_ today: CivilDate, _ leaning: Leaning) {
        self.today = today
        self.leaning = leaning
    }

    /// `2026-11-24`, `2017-03`, or `2026-11-24T21:15`; nil for what is no date so, and for what is
    /// written as in a book already.
    package static func written(
        _ text: String, today: CivilDate, leaning: Leaning
    ) -> String? {
        var words = text.lowercased().replacing(",", with: " ").split(separator: " ").map(
            String.init)
        let time = words.last.flatMap(time)
        if time != nil { words.removeLast() }
        if words.starts(with: ["end", "of"]) { words.removeFirst(2) }
        guard let date = SaidDate(today, leaning).date(words) else { return nil }
        guard let time else { return date }
        return date.utf8.count == 10 ? "\(date)T\(time)" : nil
    }

    /// `21:15`, of one or two digits before the colon.
    private static func time(_ word: String) -> String? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2, let hour = number(parts[0]), hour < 24,
            let minute = number(parts[1]), minute < 60
        else { return nil }
        return "\(padded(hour)):\(padded(minute))"
    }

    private func date(_ words: [String]) -> String? {
        switch words.count {
        case 1: day(called: words[0], isLast: false) ?? joined(words[0])
        case 2:
            words[0] == "last" ? day(called: words[1], isLast: true) : pair(words[0], words[1])
        case 3:
            SaidDate.month(words[1]).flatMap { month in
                SaidDate.ordinal(words[0]).flatMap { date($0, month, SaidDate.year(words[2])) }
            }
        default: nil
        }
    }

    /// `24 nov`, `march 2017`, `q2 2014/15`.
    private func pair(_ first: String, _ second: String) -> String? {
        if let month = SaidDate.month(second), let day = SaidDate.ordinal(first) {
            return date(day, month)
        }
        if let month = SaidDate.month(first) {
            return SaidDate.year(second).flatMap { SaidDate.written($0, month) }
        }
        guard first.utf8.count == 2, first.hasPrefix("q"),
            let quarter = SaidDate.number(first.dropFirst()), (1...4).contains(quarter),
            let year = SaidDate.yearOfAccount(second.replacing("-", with: "/"))
        else { return nil }
        return quarter == 4
            ? SaidDate.written(year + 1, 3) : SaidDate.written(year, quarter * 3 + 3)
    }

    /// `24/11`, `24.11.2026`, `3/2017`, `apr-14`, `2014/15`.
    private func joined(_ word: String) -> String? {
        if let year = SaidDate.yearOfAccount(word) { return SaidDate.written(year + 1, 3) }
        let marks = Set(word.filter { "/.-".contains($0) })
        guard marks.count == 1, let mark = marks.first else { return nil }
        let parts = word.split(separator: mark, omittingEmptySubsequences: false)
        if parts.count == 2, let month = SaidDate.month(String(parts[0])) {
            return SaidDate.year(parts[1]).flatMap { SaidDate.written($0, month) }
        }
        guard let first = SaidDate.number(parts[0]), parts[0].utf8.count <= 2,
            let second = SaidDate.number(parts[1])
        else { return nil }
        switch (parts.count, parts[1].utf8.count) {
        case (2, 4): return SaidDate.written(second, first)
        case (2, 1...2): return mark == "/" || mark == "." ? date(first, second) : nil
        case (3, 1...2):
            return SaidDate.year(parts[2]).flatMap { date(first, second, $0) }
        default: return nil
        }
    }

    private func day(called word: String, isLast: Bool) -> String? {
        let number = today.daysSince1970
        if isLast == false {
            switch word {
            case "today": return SaidDate.written(number)
            case "yesterday": return SaidDate.written(number - 1)
            case "tomorrow": return SaidDate.written(number + 1)
            default: break
            }
        }
        guard let weekday = SaidDate.place(of: word, in: SaidDate.weekdays) else { return nil }
        // 1 January 1970 was a Thursday.
        let back = (number + 3 - weekday).modulo(7)
        switch leaning {
        case _ where isLast: return SaidDate.written(number - (back == 0 ? 7 : back))
        case .past: return SaidDate.written(number - back)
        case .future: return SaidDate.written(number + (7 - back).modulo(7))
        case .nearest: return SaidDate.written(back <= 3 ? number - back : number + 7 - back)
        }
    }

    private func date(_ day: Int, _ month: Int, _ year: Int?) -> String? {
        guard let year, let date = CivilDate(year: year, month: month, day: day) else { return nil }
        return SaidDate.written(date.daysSince1970)
    }

    /// A day of the year that is meant where none is given.
    private func date(_ day: Int, _ month: Int) -> String? {
        let years = (today.year - 8)...(today.year + 8)
        let days = years.compactMap {
            CivilDate(year: $0, month: month, day: day)?.daysSince1970
        }
        let now = today.daysSince1970
        let meant =
            switch leaning {
            // A slip of some days is no day of last year.
            case .past: days.last { $0 <= now + SaidDate.slip }
            case .future: days.first { $0 >= now }
            case .nearest: days.min { abs($0 - now) < abs($1 - now) }
            }
        return meant.map { SaidDate.written($0) }
    }
}

extension SaidDate {
    private static let slip = 14

    private static let weekdays = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]

    /// Where a name stands that begins so; at least three letters are asked for.
    private static func place(of word: String, in names: [String]) -> Int? {
        guard word.utf8.count >= 3 else { return nil }
        return names.firstIndex { $0.hasPrefix(word) }
    }

    private static func month(_ word: String) -> Int? {
        (place(of: word, in: months) ?? (word == "sept" ? 8 : nil)).map { $0 + 1 }
    }

    /// `24`, `1st`, `2nd`, `3rd`, `24th`.
    private static func ordinal(_ word: String) -> Int? {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) else {
            return nil
        }
        return digits.utf8.count <= 2 ? number(digits) : nil
    }

    private static func number(_ digits: some StringProtocol) -> Int? {
        guard digits.isEmpty == false, digits.utf8.count <= 4,
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(digits)
    }

    /// `2026`, or `26` of this century.
    private static func year(_ word: some StringProtocol) -> Int? {
        guard let number = number(word) else { return nil }
        switch word.utf8.count {
        // Nobody plans as far as 2070, and lists go back to 1970.
        case 2: return (number >= 70 ? 1900 : 2000) + number
        case 4: return number
        default: return nil
        }
    }

    /// The year that `2014/15`, `2014-15` or `2014/2015` begins in. `2011-12` is a month.
    private static func yearOfAccount(_ word: String) -> Int? {
        let parts = word.split(
            omittingEmptySubsequences: false, whereSeparator: { "/-\u{2013}".contains($0) })
        guard parts.count == 2, parts[0].utf8.count == 4, let first = number(parts[0]),
            let second = year(parts[1]), second % 100 == (first + 1) % 100,
            parts[1].utf8.count == 2 || second == first + 1,
            word.contains("/") || parts[1].utf8.count == 4 || second % 100 > 12
        else { return nil }
        return first
    }

    private static func written(_ year: Int, _ month: Int) -> String? {
        guard CivilDate(year: year, month: month, day: 1) != nil else { return nil }
        return "\(year)-\(padded(month))"
    }

    private static func written(_ days: Int) -> String {
        let date = CivilDate(daysSince1970: days)
        return "\(date.year)-\(padded(date.month))-\(padded(date.day))"
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Int {
    fileprivate func modulo(_ divisor: Int) -> Int { (self % divisor + divisor) % divisor }
}
