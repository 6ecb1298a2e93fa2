// SPDX-License-Identifier: MIT
import Foundation
import Simulation
import Terminal
import Testing

/// Tables as councils save them: read as they are meant, or refused with the place and a way.
struct ImportShapesTests {
    private let stage = Stage()

    init() {
        stage.on(
            "coordinator", "init", "A partnership", "--holder", "C. Manager", "--agency", "TDC",
            "--call-sign", "C01")
    }

    private func write(_ text: String, to name: String = "table.csv") throws {
        try write(Data(text.utf8), to: name)
    }

    private func write(_ bytes: Data, to name: String = "table.csv") throws {
        try bytes.write(to: URL(filePath: "\(stage.folder)/\(name)"))
    }

    private func imported(_ kind: String, _ options: String...) -> (code: ExitCode, said: String) {
        let result = stage.run("coordinator", [kind, "import", "folder/table.csv"] + options)
        return (result.code, (result.output + result.errors).replacing("\n", with: " "))
    }

    private func cases(_ field: String) throws -> [String] {
        try stage.json("coordinator", "list", "case").items("records").map {
            $0.text(field)
        }
    }

    @Test func `what a name says exactly goes before what may mean it`() throws {
        try write("Aim,Action,Title,Lead\nBe safe,Do this,The title,KP\n")
        let result = imported("plan", "--ref", "p")
        #expect(result.said.contains("Title -> title"))
        #expect(result.said.contains("Not placed: Aim, Action"))
        #expect(try stage.json("coordinator", "show", "p/1").text("title") == "The title")
    }

    @Test func `what every row says, what cells mean and what merged cells say is told`() throws {
        try write("Location,Kind,Area\nA lane,Fly tip,Dane Valley\nA yard,Spray,\nA wall,,Viking\n")
        let result = imported(
            "case", "--map", "location=title", "--map", "Area=ward", "--map", "Kind=type",
            "--set", "type=noise", "--values", "Kind:fly tip=fly-tipping", "--values",
            "Kind:spray=graffiti", "--values", "Kind:Fire=deliberate-fire", "--fill", "AREA")
        #expect(result.code == .done, "\(result.said)")
        #expect(result.said.contains("No cell of 'Kind' says 'Fire'."))
        let said = stage.on("coordinator", "list", "case", "--csv").output
        #expect(said.contains("A lane,fly-tipping,Dane Valley"))
        #expect(said.contains("A yard,graffiti,Dane Valley"))
        #expect(said.contains("A wall,noise,Viking"))
    }

    @Test func `a cell that says that there is nothing to say says nothing`() throws {
        try write(
            "Ref,Action,Lead,Due\n1,Dash,-,TBC\n2,None,N/A,01/04/2014 09:15\n"
                + "3,Two,KP/TDC,w/c 7/4/2014\n"
                + "4,Three,\"KP & TDC, KFRS\",2016-17\n")
        let result = imported("plan", "--ref", "p")
        #expect(result.said.contains("2 cells such as '-' at line 2 say nothing"), "\(result.said)")
        #expect(result.said.contains("Line 4, column 3: KP is the lead agency; TDC is under"))
        for (number, lead, due) in [
            (1, "", ""), (2, "", "2014-04-01"), (3, "KP", "2014-04-07"), (4, "KP", "2017-03"),
        ] {
            let action = try stage.json("coordinator", "show", "p/\(number)")
            #expect(action.text("fields", "lead", "value") == lead, "\(number)")
            #expect(action.text("fields", "due", "value") == due, "\(number)")
        }
    }

    @Test func `what cannot be used is named with line and column, each kind once`() throws {
        try write("Title,Type\nA,noise\nB,Shouting\nC,Shouting\nD,Singing\n")
        let result = imported("case")
        #expect(result.code == .rejected)
        #expect(result.said.contains("at 3 places, so nothing was written"))
        #expect(
            result.said.contains("Line 3 and 1 more, column 2 (Type): Type cannot be 'Shouting'"))
        #expect(result.said.contains("Line 5, column 2 (Type): Type cannot be 'Singing'"))
        #expect(try cases("title").isEmpty)
    }

    @Test func `a try says what would be and writes nothing`() throws {
        try write("Title,Type\nA,noise\n")
        let tried = imported("case", "--dry-run")
        #expect(tried.code == .done)
        #expect(tried.said.contains("Nothing was written. This would be: 1 case added."))
        #expect(try cases("title").isEmpty)
        #expect(imported("case").said.contains("1 case added."))
    }

    @Test func `a file is not taken twice, unless somebody says so`() throws {
        try write("Title,Type\nA,noise\nA,noise\n")
        #expect(imported("case").said.contains("2 cases added."))
        let twice = imported("case")
        #expect(twice.code == .rejected)
        #expect(twice.said.contains("This file was imported before; nothing was written."))
        #expect(imported("case", "--again").said.contains("2 cases added."))
        #expect(try cases("title").count == 4)
    }

    @Test func `rows that are known change what is there, and double nothing`() throws {
        try write("Title,Type,Ward\nA,noise,Viking\nB,noise,Viking\nB,noise,Viking\n")
        let first = imported("case", "--key", "title")
        #expect(first.said.contains("2 cases added."))
        #expect(first.said.contains("1 row says what one before says, and counted once."))
        try write("Title,Type,Ward\nA,noise,Dane Valley\nB,noise,Viking\nC,graffiti,Viking\n")
        let next = imported("case", "--key", "title")
        #expect(next.said.contains("1 case added, 1 changed, 1 as they were."), "\(next.said)")
        #expect(next.said.contains("Line 2: 'A' changes under ward."))
        #expect(try cases("ward").sorted() == ["Dane Valley", "Viking", "Viking"])
        // What people changed since is theirs.
        stage.on("coordinator", "case", "set", "C01-2", "--ward", "Margate Central")
        let again = imported("case", "--key", "title")
        #expect(again.code == .rejected)
        #expect(try cases("ward").contains("Margate Central"))
        try write("Title,Type,Ward\nA,noise,Viking\nA,graffiti,Viking\n")
        let double = imported("case", "--key", "title")
        #expect(double.said.contains("Line 3: 'A' stands at line 2 too, where it says something"))
    }

    @Test func `what is only ever added is not added to what is there, and that is said`() throws {
        try write("Title,Type\nA,noise\n")
        #expect(imported("case").code == .done)
        try write("Title,Type,Notes\nA,noise,Rang the landlord\nB,noise,2\n")
        let next = imported("case", "--key", "title")
        #expect(next.said.contains("nothing was taken under notes"), "\(next.said)")
        // How many there are, as a list prints it, is no note.
        #expect(next.said.contains("'2' at line 3 says nothing"), "\(next.said)")
    }

    @Test func `a file that was read otherwise is not gone on with`() throws {
        try write("Title,Type,Words\nA,noise,x\n")
        #expect(imported("case").code == .done)
        let other = imported("case", "--map", "Words=summary")
        #expect(other.code == .rejected && other.said.contains("with other options"))
        #expect(try cases("title").count == 1)
    }

    @Test func `the next table of a plan goes into it`() throws {
        try write("No.,Action,Lead,Due\n5,A,KP,15 March 2015\n7,B,R&B,31/12/99\n")
        #expect(imported("plan", "--ref", "p").code == .done)
        try write("No.,Action,Lead,Due\n5,A,KP,16 March 2015\n9,C,KP,\n")
        #expect(imported("plan", "--ref", "p").said.contains("Say --again"))
        let again = imported("plan", "--ref", "p", "--again")
        #expect(again.said.contains("1 action added, 1 changed."), "\(again.said)")
        for (number, lead, due) in [
            (5, "KP", "2015-03-16"), (7, "R&B", "1999-12-31"), (9, "KP", ""),
        ] {
            let action = try stage.json("coordinator", "show", "p/\(number)")
            #expect(action.text("fields", "lead", "value") == lead)
            #expect(action.text("fields", "due", "value") == due)
        }
        let plan = try stage.json("coordinator", "plan", "show", "p")
        #expect(plan.items("actions").count == 3)
    }

    @Test func `a day without its year is not guessed at`() throws {
        try write("Ref,Action,Due\n1,A,15 March\n2,B,yesterday\n")
        let result = imported("plan", "--ref", "p")
        #expect(result.code == .rejected)
        #expect(result.said.contains("Due takes a date with its year, and '15 March' has none"))
        #expect(result.said.contains("'yesterday' has none"))
    }

    @Test func `what a list prints goes back into its own book and changes nothing`() throws {
        try write("Ref,Action,Lead\n1,A,KP\n2,B,KP\n")
        #expect(imported("plan", "--ref", "p").code == .done)
        try write(stage.on("coordinator", "list", "action", "--csv").output)
        let back = imported("action")
        #expect(back.said.contains("The book says already what all 2 rows"), "\(back.said)")
    }

    @Test func `several counts in one cell are several`() throws {
        try write("Campaign,Counts\nMarking,bikes=3;cars=4\n")
        #expect(imported("campaign").code == .done)
        let list = stage.on("coordinator", "list", "campaign", "--csv").output
        #expect(list.contains("bikes: 3; cars: 4"))
    }

    @Test func `what was closed in earlier years stands as it was, if a coordinator says so`()
        throws
    {
        try write("Title,Type,Status\nA,noise,closed\n")
        #expect(imported("case").said.contains("not closed without its outcome"))
        #expect(imported("case", "--as-recorded").said.contains("1 case added."))
        stage.on("coordinator", "sync", "folder/exchange", "--create")
        try stage.enrol("warden", as: "field", "W01", holder: "A. Warden")
        let field = stage.run(
            "warden", ["case", "import", "folder/table.csv", "--as-recorded"])
        #expect(field.code == .rejected && field.errors.contains("Only a coordinator"))
    }

    @Test func `a mark that guards a formula is none of the words`() throws {
        try write("Title,Type\n'=1+1,noise\n'tis late,noise\n")
        #expect(imported("case").code == .done)
        #expect(try cases("title").sorted() == ["'tis late", "=1+1"])
    }

    @Test func `a large table goes in whole`() throws {
        let rows = (1...2_500).map { "Case \($0),noise,\(String(repeating: "x", count: 100))" }
        try write("Title,Type,Summary\n" + rows.joined(separator: "\n"))
        #expect(imported("case").said.contains("2500 cases added."))
        #expect(imported("case").code == .rejected)
        #expect(try stage.json("coordinator", "list", "case").number("total") == 2_500)
    }

    @Test(arguments: [[], ["--key", "title"]])
    func `an import that was stopped anywhere is gone on with`(_ options: [String]) throws {
        // Several batches' worth.
        let summary = String(repeating: "x", count: 30_000)
        let rows = (1...25).map { "Case \($0),noise,\(summary)" }
        let table = Array(("Title,Type,Summary\n" + rows.joined(separator: "\n")).utf8)
        func run(_ program: MemoryProgram, _ words: [String]) -> (code: ExitCode, output: String) {
            let output = MemoryOutput(terminalWidth: 80)
            let code = program.run("k", words, MemoryInput([], isTerminal: false), output)
            return (code, output.text() + output.text(.errors))
        }
        let importing = ["case", "import", "table.csv"] + options
        func begun() -> MemoryProgram {
            let program = MemoryProgram(seed: 5)
            _ = run(
                program,
                [
                    "init", "Thanet", "--holder", "Kay", "--agency", "tdc", "--call-sign", "C01",
                ])
            program.files.put(table, at: "table.csv")
            return program
        }
        let whole = begun()
        let before = whole.files.calls
        #expect(run(whole, importing).code == .done)
        let calls = whole.files.calls - before
        for part in 1...5 {
            let program = begun()
            program.files.plan(
                .crashes(.midway(keeping: 7)), atCall: program.files.calls + calls * part / 5)
            _ = run(program, importing)
            program.files.restart()
            _ = run(program, importing)
            #expect(run(program, importing).output.contains("imported before"), "\(part)")
            let said = run(program, ["list", "case", "--json", "--limit", "100"]).output
            let titles = try JSONObject(Data(said.utf8)).items("records").map { $0.text("title") }
            #expect(
                titles.sorted() == (1...25).map { "Case \($0)" }.sorted(),
                "stopped at \(part)")
        }
    }
}
