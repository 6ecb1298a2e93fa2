// SPDX-License-Identifier: MIT
import Basics

/// A stretch of time as a person writes it: its first and last millisecond since 1970 in UTC.
package struct Period: Equatable, Sendable {
    /// Milliseconds since 1970, the first that belongs to it.
    package let first: UInt64
    /// Milliseconds since 1970, the last that belongs to it.
    package let last: UInt64

    /// A stretch from one moment to another, both of them in it, the first not after the last.
    package init(first: UInt64, last: UInt64) {
        precondition(first <= last, "a period ends before it begins")
        self.first = first
        self.last = last
    }

    /// Why a text is no date.
    package enum Problem: Error, Equatable, Sendable {
        /// Not written as `2015`, `2015-03`, `2015-03-01` or `2015-03-01T09:30`.
        case unreadable
        /// The calendar has no such month or day, or the day no such hour, minute or second.
        case notInTheCalendar
        /// Before 1970, which no time in the book can be.
        case tooEarly
    }

    /// Reads `2015`, `2015-03`, `2015-03-01`, `2015-03-01T09:30` and, to the end of precision,
    /// `2015-03-01T09:30:15.250`; a space may stand for the `T`.
    ///
    /// What is written is the civil time of the United Kingdom, as it is shown, unless a `Z` at the
    /// end of a time says UTC. The hour that comes twice in October is two hours long.
    package init(_ text: String) throws(Problem) {
        var reader = DigitReader(text)
        let year = try reader.digits(4)
        if year < 1970 { throw .tooEarly }
        guard reader.take("-") else {
            try reader.end()
            self = try Period.days(from: (year, 1, 1), to: (year, 12, 31))
            return
        }
        let month = try reader.digits(2)
        guard reader.take("-") else {
            try reader.end()
            let length = CivilDate.daysInMonth(month, of: year)
            self = try Period.days(from: (year, month, 1), to: (year, month, length))
            return
        }
        let day = try reader.digits(2)
        guard reader.take("T") || reader.take(" ") else {
            try reader.end()
            self = try Period.days(from: (year, month, day), to: (year, month, day))
            return
        }
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw .notInTheCalendar
        }
        self = try Period.time(reader: &reader, on: date)
    }

    private typealias Parts = (year: Int, month: Int, day: Int)

    private static func days(from first: Parts, to last: Parts) throws(Problem) -> Period {
        guard let start = CivilDate(year: first.year, month: first.month, day: first.day),
            let end = CivilDate(year: last.year, month: last.month, day: last.day)
        else { throw .notInTheCalendar }
        let from = UInt64(start.daysSince1970) * Milliseconds.day
        let to = UInt64(end.daysSince1970) * Milliseconds.day + Milliseconds.day - 1
        return onTheWall(from, to)
    }

    private static func time(
        reader: inout DigitReader, on date: CivilDate
    ) throws(Problem) -> Period {
        var precision = Milliseconds.minute
        let hour = try reader.digits(2)
        guard reader.take(":") else { throw .unreadable }
        let minute = try reader.digits(2)
        var second = 0
        var fraction = 0
        if reader.take(":") {
            second = try reader.digits(2)
            precision = Milliseconds.second
            if reader.take(".") {
                fraction = try reader.digits(3)
                precision = 1
            }
        }
        guard hour < 24, minute < 60, second < 60 else { throw .notInTheCalendar }
        let from =
            UInt64(date.daysSince1970) * Milliseconds.day + UInt64(hour) * Milliseconds.hour
            + UInt64(minute) * Milliseconds.minute + UInt64(second * 1_000 + fraction)
        let isUTC = reader.take("Z")
        try reader.end()
        let to = from + precision - 1
        return isUTC ? Period(first: from, last: to) : onTheWall(from, to)
    }

    private static func onTheWall(_ from: UInt64, _ to: UInt64) -> Period {
        Period(
            first: UnitedKingdomTime.moments(showing: from).first,
            last: UnitedKingdomTime.moments(showing: to).last)
    }
}

/// Reads digits and marks from the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    mutating func digits(_ count: Int) throws(Period.Problem) -> Int {
        var number = 0
        for _ in 0..<count {
            guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            else { throw .unreadable }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            rest.removeFirst()
        }
        return number
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == mark.value else { return false }
        rest.removeFirst()
        return true
    }

    func end() throws(Period.Problem) {
        if !rest.isEmpty { throw .unreadable }
    }
}
