// SPDX-License-Identifier: MIT
import Foundation
import Simulation
import Terminal
import Testing

@testable import Queries

/// What a book is asked in SQL, and what is written for other programs.
@Suite struct SQLVerbTests {
    private let stage = Stage()

    private func found() {
        stage.found("c")
        stage.on(
            "c", "case", "open", "Noise", "--type", "noise", "--risk", "low", "--owners",
            "A. Warden", "--ward", "Castle")
        stage.on("c", "case", "visit", "C01-2", "Spoke to the caller")
        stage.on(
            "c", "case", "open", "Needle", "--type", "harassment", "--restricted", "yes",
            "--owners", "N. Needle")
        stage.on("c", "case", "visit", "C01-3", "Her needle is known")
        stage.on("c", "plan", "open", "Plan", "--year", "2016")
        stage.on("c", "action", "add", "Mark bikes", "--due", "2017-03", "--plan", "C01-4")
    }

    private func csv(_ question: String) -> String {
        stage.on("c", "sql", "--csv", question).output
    }

    @Test func `records, their texts and what they name are asked for`() throws {
        found()
        #expect(
            csv("SELECT ref, title, risk, is_open, made_by FROM cases WHERE ward = 'Castle'")
                == "ref,title,risk,is_open,made_by\nC01-2,Noise,low,1,C. Manager\n")
        #expect(
            csv(
                """
                SELECT c.ref, v.text, o.value FROM cases c JOIN case_visits v USING(record)
                JOIN case_owners o USING(record) WHERE v.standing = 'counts' ORDER BY 1
                """) == """
                    ref,text,value
                    C01-2,Spoke to the caller,A. Warden
                    C01-3,Her needle is known,N. Needle

                    """)
        #expect(
            csv(
                """
                SELECT a.title, p.title AS plan FROM actions a JOIN links l USING(record)
                JOIN plans p ON p.record = l.target WHERE last_day(a.due) < '2017-04-01'
                """) == "title,plan\nMark bikes,Plan\n")
        _ = try stage.json("c", "sql", "SELECT count(*) AS n FROM entries")
        #expect(csv("SELECT risk_entry FROM cases WHERE ref = 'C01-2'").hasSuffix("\nC01#5\n"))
    }

    @Test(arguments: [
        "DELETE FROM cases", "SELECT * FROM rows_case_", "SELECT * FROM sqlite_master",
        "SELECT 1; SELECT 2", "PRAGMA user_version", "ATTACH 'x' AS y", "VACUUM",
        "SELECT load_extension('x')", "SELECT fts3_tokenizer('simple')",
        "EXPLAIN SELECT * FROM cases", "EXPLAIN QUERY PLAN SELECT * FROM cases",
        "SELECT sqlite_compileoption_get(1)", "SELECT nonsense FROM cases", "", "CREATE TABLE x(y)",
        "SELECT * FROM temp.sqlite_temp_master", "SELECT value FROM meta",
        "SELECT * FROM pragma_table_info('records')", "INSERT INTO cases VALUES(1)",
    ])
    func `what is no question over the views is refused, and changes nothing`(_ said: String) {
        found()
        let before = stage.on("c", "verify").output
        let refused = stage.on("c", "sql", said)
        #expect(refused.code != .done && refused.output.isEmpty, "\(refused.output)")
        #expect(stage.on("c", "verify").output == before)
    }

    @Test func `every view can be read, and the page names those of all kinds`() throws {
        found()
        let views = try stage.json("c", "sql").items("views")
        #expect(Set(views.map { $0.text("view") }).count == views.count)
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let page = try String(
            contentsOfFile: "\(root)/Docs/Views.md", encoding: .utf8)
        for view in views {
            let name = view.text("view")
            let read = stage.on("c", "sql", "--csv", "SELECT * FROM \(name)")
            #expect(read.code == .done, "\(name): \(read.errors)")
            guard
                ["links", "conflicts", "entries", "devices", "waiting", "set_aside"]
                    .contains(name)
            else { continue }
            let columns = stage.on("c", "sql").output.components(separatedBy: "\n")
                .drop { $0 != name }.dropFirst().first?.trimmingCharacters(in: .whitespaces)
            #expect(page.contains("| `\(name)` | \(columns ?? "?") |"), "\(name)")
        }
    }

    @Test func `a file of its own holds no restricted record unless it is asked for`() throws {
        found()
        stage.on("c", "case", "set", "C01-2", "--duplicates", "C01-3")
        stage.on("c", "log", "visit", "Call", "--case", "C01-3")
        let record = csv("SELECT record FROM cases WHERE ref = 'C01-3'").split(separator: "\n")[1]
        for (options, isThere) in [([], false), (["--restricted"], true)] {
            let path = "\(stage.folder)/\(isThere).sqlite"
            let said = stage.run("c", ["export", "sqlite", path] + options)
            #expect(said.output.contains("1 restricted record is left out") == (isThere == false))
            let bytes = try Data(contentsOf: URL(filePath: path))
            for needle in ["eedle", String(record)] {
                #expect((bytes.range(of: Data(needle.utf8)) != nil) == isThere)
            }
            let database = try Database(.file(path))
            let find = try database.statement("SELECT count(*), min(title) FROM cases")
            #expect(try find.step())
            // The other case and the visit name the restricted one.
            #expect(find.integer(0) == (isThere ? 2 : 0))
            let visits = try database.statement("SELECT count(*) FROM activities")
            #expect(try visits.step())
            #expect(visits.integer(0) == (isThere ? 1 : 0))
            #expect(
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                    == 0o600)
            // What is there is not written over.
            #expect(stage.on("c", "export", "sqlite", path).code != .done)
        }
    }

    @Test func `what is restricted now is left out of a file of a book as it was before`() throws {
        found()
        stage.clock.advance(by: 2 * 86_400_000)
        stage.on("c", "case", "set", "C01-2", "--restricted", "yes", "--reason", "Threats")
        for (options, isThere) in [([], false), (["--restricted"], true)] {
            let path = "\(stage.folder)/past.\(isThere).sqlite"
            stage.run("c", ["export", "sqlite", path, "--as-at", "2014-06-02"] + options)
            let bytes = try Data(contentsOf: URL(filePath: path))
            #expect((bytes.range(of: Data("Spoke to the caller".utf8)) != nil) == isThere)
            #expect(bytes.range(of: Data("Mark bikes".utf8)) != nil)
        }
    }
}
