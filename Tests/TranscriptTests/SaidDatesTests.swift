// SPDX-License-Identifier: MIT
import Terminal
import Testing

/// Dates, counts and missing words as tired people type them.
struct SaidDatesTests {
    private let stage = Stage()

    private func flat(_ text: String) -> String { text.replacing("\n", with: " ") }

    @Test func `a date that is said is written as a date, in options, fields and conditions`()
        throws
    {
        stage.found("c")
        stage.on("c", "plan", "open", "Plan", "--year", "2016")
        stage.on("c", "action", "add", "Mark bikes", "--plan", "C01-2", "--due", "31st March 2017")
        stage.on("c", "action", "add", "Talks", "--plan", "C01-2", "--due", "Q2 2016/17")
        stage.on("c", "action", "add", "Patrols", "--plan", "C01-2", "--due", "On going")
        let due = stage.on("c", "list", "action", "--columns", "due", "--sort", "due", "--csv")
        #expect(
            due.output.hasSuffix(
                "C01-4,Talks,2016-09,\nC01-3,Mark bikes,2017-03-31,\nC01-5,Patrols,ongoing,\n"),
            "\(due.output)")
        let early = stage.on("c", "list", "action", "--where", "due<1/10/2016", "--csv").output
        #expect(early.contains("Talks") && early.contains("Mark bikes") == false)
        stage.on("c", "case", "open", "Noise", "--type", "noise")
        stage.on("c", "case", "visit", "C01-6", "Saw them", "--occurred", "yesterday 9:05")
        #expect(stage.on("c", "show", "C01-6").output.contains("2014-06-01T09:05"))
        #expect(stage.on("c", "list", "case", "--as-at", "today").code == .done)
        #expect(
            flat(stage.on("c", "action", "set", "C01-3", "--due", "31/11/2016").errors)
                .contains("takes a date, and '31/11/2016' is none"))
    }

    @Test func `what has not come yet has not happened`() {
        stage.found("c")
        stage.on("c", "case", "open", "Noise", "--type", "noise")
        for occurred in ["2099", "2099-01", "2099-01-01", "1/1/2099 10:00", "tomorrow"] {
            let refused = stage.on("c", "case", "visit", "C01-2", "Saw", "--occurred", occurred)
            #expect(refused.code == .rejected)
            #expect(flat(refused.errors).contains("has not come yet; nothing was written"))
        }
        #expect(stage.on("c", "case", "visit", "C01-2", "Saw", "--occurred", "today").code == .done)
    }

    @Test func `the day of what was done is today, or the day that is said, and none to come`()
        throws
    {
        stage.found("c")
        func day(_ reference: String, _ field: String) throws -> String {
            try stage.json("c", "show", reference).text("fields", field, "value")
        }
        stage.on("c", "log", "patrol", "Today")
        stage.on("c", "log", "patrol", "Before", "--occurred", "yesterday")
        stage.on("c", "log", "patrol", "Said", "--on", "1 may", "--occurred", "yesterday")
        stage.on("c", "case", "open", "Noise", "--type", "noise")
        stage.on("c", "case", "close", "C01-5", "resolved", "--occurred", "20 May 21:00")
        #expect(try day("C01-2", "on") == "2014-06-02")
        #expect(try day("C01-3", "on") == "2014-06-01")
        #expect(try day("C01-4", "on") == "2014-05-01")
        #expect(try day("C01-5", "closed-on") == "2014-05-20")
        for to in ["2015-01-01", "3 jun", "2014-07", "tomorrow"] {
            for words in [
                ["activity", "set", "C01-2", "--on"], ["case", "set", "C01-5", "--closed-on"],
            ] {
                let refused = stage.run("c", words + [to])
                #expect(refused.code == .rejected)
                #expect(flat(refused.errors).contains("that has not come yet"))
            }
        }
    }

    @Test func `a count under a new name says which there are`() {
        stage.found("c")
        stage.on("c", "campaign", "start", "Bikes", "--targets", "bikes marked=20")
        let first = stage.on("c", "campaign", "count", "C01-2", "bikes marked=2")
        #expect(first.output.contains("is new on") == false)
        let slip = stage.on("c", "campaign", "count", "C01-2", "bikes markd=2")
        #expect(flat(slip.output).contains("'bikes markd' is new on this campaign, which has"))
    }

    @Test func `all that is missing is said at once, with what it can be`() {
        let missing = stage.on("c", "init", "Partnership")
        let said = flat(missing.errors)
        for option in ["--holder", "--agency", "--call-sign"] { #expect(said.contains(option)) }
        #expect(said.contains("are missing."))
        let type = flat(stage.on("c", "case", "open", "Bins").errors)
        #expect(type.contains("'--type WORD' is missing.") && type.contains("'fly-tipping'"))
        let wrong = flat(stage.on("c", "case", "open", "Bins", "--type", "arsonn").errors)
        #expect(wrong.contains("'deliberate-fire'"))
    }
}
