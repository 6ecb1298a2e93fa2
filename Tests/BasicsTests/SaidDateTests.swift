// SPDX-License-Identifier: MIT
import Basics
import Testing

/// Dates as people say them, on Friday 27 November 2026.
@Suite struct SaidDateTests {
    private func read(_ text: String, _ leaning: SaidDate.Leaning = .past) throws -> String? {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 27))
        return SaidDate.written(text, today: today, leaning: leaning)
    }

    @Test(arguments: [
        ("today", "2026-11-27"), ("Yesterday", "2026-11-26"), ("tomorrow", "2026-11-28"),
        ("today 14:30", "2026-11-27T14:30"), ("yesterday 9:05", "2026-11-26T09:05"),
        ("last tue", "2026-11-24"), ("last friday", "2026-11-20"), ("fri", "2026-11-27"),
        ("Sunday", "2026-11-22"), ("24/11", "2026-11-24"), ("24/12", "2025-12-24"),
        ("28 nov", "2026-11-28"),
        ("24/11/2026", "2026-11-24"), ("1/4/14", "2014-04-01"), ("31.03.2015", "2015-03-31"),
        ("24-11-2026", "2026-11-24"), ("24 Nov 2026", "2026-11-24"), ("24th nov", "2026-11-24"),
        ("31st March 2017", "2017-03-31"), ("March 2017", "2017-03"), ("Apr-14", "2014-04"),
        ("3/2017", "2017-03"), ("End of March 2015", "2015-03"), ("2014/15", "2015-03"),
        ("2014/2015", "2015-03"), ("Q1 2014/15", "2014-06"), ("Q2 2014/15", "2014-09"),
        ("q4 2014-15", "2015-03"), ("29/2", "2024-02-29"),
        ("24 Nov 2026, 21:15", "2026-11-24T21:15"),
        ("Sept 2016", "2016-09"),
    ])
    func `what people say is read`(_ text: String, _ written: String) throws {
        #expect(try read(text) == written)
    }

    @Test(arguments: [
        "", "soon", "ASAP", "31/11/2026", "32/1", "13/13", "29/2/2015", "0/5", "24/11/026",
        "Q5 2014/15",
        "Q2", "last", "last month", "41730", "2014/16", "march", "24 Nov 2026 25:00", "9:30",
        "March 2017 14:30", "1/2/3/4", "1-2", "-1/4", "1th", "２４/11", "24/11/2026x",
        "2014/15/16",
        "99999999999999999999/1", "mo", "m",
    ])
    func `what is no date is none`(_ text: String) throws {
        #expect(try read(text) == nil)
    }

    @Test func `a day without a year is the one that is meant`() throws {
        #expect(try read("24/12", .future) == "2026-12-24")
        #expect(try read("1/11", .future) == "2027-11-01")
        #expect(try read("1/2", .nearest) == "2027-02-01")
        #expect(try read("1/6", .nearest) == "2026-06-01")
        #expect(try read("sun", .future) == "2026-11-29")
        #expect(try read("sun", .nearest) == "2026-11-29")
        #expect(try read("wed", .nearest) == "2026-11-25")
    }

    @Test func `every day is found again by each way of saying it`() throws {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ]
        for days in stride(from: 0, to: 40_000, by: 17) {
            let date = CivilDate(daysSince1970: days)
            let (year, month, day) = (date.year, date.month, date.day)
            let name = months[month - 1]
            for text in [
                "\(day)/\(month)/\(year)", "\(day).\(month).\(year)", "\(day) \(name) \(year)",
                "\(day) \(name.prefix(3)) \(year)",
            ] {
                let written = try #require(try read(text), "\(text)")
                #expect(CivilDay(written)?.date == date, "\(text)")
            }
        }
    }
}
