// SPDX-License-Identifier: MIT
import Testing

@testable import Reports

@Suite struct `A period` {
    @Test(arguments: [
        ("2015", "2015-01-01T00:00:00.000Z", "2015-12-31T23:59:59.999Z"),
        ("2015-03", "2015-03-01T00:00:00.000Z", "2015-03-31T22:59:59.999Z"),
        ("2015-03-01", "2015-03-01T00:00:00.000Z", "2015-03-01T23:59:59.999Z"),
        ("2015-07-01", "2015-06-30T23:00:00.000Z", "2015-07-01T22:59:59.999Z"),
        ("2015-03-01T09:30", "2015-03-01T09:30:00.000Z", "2015-03-01T09:30:59.999Z"),
        ("2015-03-01 09:30", "2015-03-01T09:30:00.000Z", "2015-03-01T09:30:59.999Z"),
        ("2015-07-01T09:30:15", "2015-07-01T08:30:15.000Z", "2015-07-01T08:30:15.999Z"),
        ("2015-07-01T09:30:15.250", "2015-07-01T08:30:15.250Z", "2015-07-01T08:30:15.250Z"),
        ("2015-07-01T09:30Z", "2015-07-01T09:30:00.000Z", "2015-07-01T09:30:59.999Z"),
        ("2016-02-29", "2016-02-29T00:00:00.000Z", "2016-02-29T23:59:59.999Z"),
        ("1970", "1970-01-01T00:00:00.000Z", "1970-12-31T23:59:59.999Z"),
        // The hour that comes twice, the hour that never comes, and the days they are in.
        ("2015-10-25T01:30", "2015-10-25T00:30:00.000Z", "2015-10-25T01:30:59.999Z"),
        ("2015-03-29T01:30", "2015-03-29T01:30:00.000Z", "2015-03-29T01:30:59.999Z"),
        ("2015-10-25", "2015-10-24T23:00:00.000Z", "2015-10-25T23:59:59.999Z"),
        ("2015-03-29", "2015-03-29T00:00:00.000Z", "2015-03-29T22:59:59.999Z"),
    ])
    func `is read with its first and last moment`(
        text: String, first: String, last: String
    ) throws {
        let period = try Period(text)
        #expect(Dates.iso8601(period.first) == first)
        #expect(Dates.iso8601(period.last) == last)
    }

    @Test func `read from a shown time holds the moment that was shown`() throws {
        let start = try Period("2015-03-28").first
        let end = try Period("2015-10-26").last
        for moment in stride(from: start, to: end, by: 7 * 60_000 + 1) {
            let period = try Period(Dates.shown(moment))
            #expect(period.first <= moment && moment <= period.last)
            let exact = try Period(Dates.iso8601(moment))
            #expect(exact == Period(first: moment, last: moment))
        }
    }

    @Test(
        arguments: [
            ("", .unreadable), ("15", .unreadable), ("2015-", .unreadable),
            ("2015-3-1", .unreadable),
            ("01/03/2015", .unreadable), ("2015-03-01T", .unreadable),
            ("2015-03-01T09", .unreadable),
            ("2015-03-01T09:30+01:00", .unreadable), ("2015-03-01 ", .unreadable),
            ("２０１５", .unreadable), ("2015-03-01T09:30:15.2", .unreadable), ("2015Z", .unreadable),
            ("2015-00", .notInTheCalendar), ("2015-13", .notInTheCalendar),
            ("2015-02-29", .notInTheCalendar), ("2015-04-31", .notInTheCalendar),
            ("2015-03-00", .notInTheCalendar), ("2015-03-01T24:00", .notInTheCalendar),
            ("2015-03-01T09:60", .notInTheCalendar), ("2015-03-01T09:30:60", .notInTheCalendar),
            ("1969", .tooEarly), ("0000-01-01", .tooEarly),
        ] as [(String, Period.Problem)])
    func `is not read from what is no date`(text: String, problem: Period.Problem) {
        #expect(throws: problem) { try Period(text) }
    }
}
