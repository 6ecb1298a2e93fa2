// SPDX-License-Identifier: MIT
import Terminal
import Testing

/// What lists are narrowed to, sorted by and counted by.
@Suite struct ListVerbTests {
    private let stage = Stage()

    /// Three actions and two cases of one coordinator.
    private func found() {
        stage.found("c")
        for (title, due, lead) in [
            ("Mark bikes", "2017-03", "KCC-CW"), ("Clear Bins", "2017-03-15", "TDC-CS"),
            ("Walk the wards", "ongoing", "kcc-cw"),
        ] {
            stage.on("c", "action", "add", title, "--due", due, "--lead", lead)
        }
        stage.on(
            "c", "case", "open", "Noise", "--type", "noise", "--risk", "low", "--ward", "Castle",
            "--owners", "A. Warden", "--owners", "B. Warden")
        stage.on(
            "c", "case", "open", "Threats", "--type", "harassment", "--risk", "high", "--ward",
            "castle", "--owners", "A. Warden")
    }

    private func titles(_ words: String...) throws -> [String] {
        let page = try stage.json("c", arguments: words)
        return page.items("records").map { $0.text("title") }
    }

    @Test func `each comparison fits what it says`() throws {
        found()
        let bikes = "Mark bikes"
        let (bins, wards) = ("Clear Bins", "Walk the wards")
        let cases: [(condition: String, titles: Set<String>)] = [
            // A month is over with its last day.
            ("due<2017-03-31", [bins]), ("due<2017-04", [bikes, bins]),
            ("due<=2017-03", [bikes, bins]), ("due>2017-03-15", [bikes]),
            ("due>=2017-03-15", [bikes, bins]), ("due=2017-03", [bikes, bins]),
            ("due=2017-03-15", [bins]), ("due=ongoing", [wards]), ("due!=2017-03", [wards]),
            ("due>today", [bikes, bins]), ("lead=KCC-cw", [bikes, wards]),
            ("lead in tdc-cs, kcc-cw", [bikes, bins, wards]), ("title~bins", [bins]),
            ("title=mark bikes", [bikes]), ("title!=mark bikes", [bins, wards]),
            ("measure=", [bikes, bins, wards]), ("lead!=", [bikes, bins, wards]),
            ("status in delayed,completed", []),
        ]
        for (condition, expected) in cases {
            let found = try titles("list", "action", "--where", condition)
            #expect(Set(found) == expected, "\(condition)")
        }
        #expect(try titles("list", "case", "--where", "owners=b. warden") == ["Noise"])
        #expect(try titles("list", "case", "--where", "owners!=B. Warden") == ["Threats"])
        #expect(try titles("list", "--where", "ward=CASTLE", "--where", "risk=high") == ["Threats"])
    }

    @Test func `a flag that nobody spoke of is no`() throws {
        found()
        stage.on("c", "case", "set", "C01-5", "--restricted", "yes")
        let shown = { condition in try titles("list", "case", "--where", condition) }
        #expect(try shown("restricted=yes") == ["Noise"])
        #expect(try shown("restricted!=yes") == ["Threats"])
        #expect(try shown("restricted=no") == ["Threats"])
        #expect(try shown("restricted!=no") == ["Noise"])
        stage.on("c", "case", "set", "C01-6", "--restricted", "no")
        #expect(try shown("restricted=no") == ["Threats"])
    }

    @Test func `a list is sorted by what its fields mean`() throws {
        found()
        #expect(try titles("list", "case", "--sort", "risk") == ["Threats", "Noise"])
        #expect(try titles("list", "case", "--sort", "-risk") == ["Noise", "Threats"])
        #expect(
            try titles("list", "action", "--sort", "due", "--limit", "2")
                == ["Clear Bins", "Mark bikes"])
    }

    @Test func `records are counted by a field and by the elements of one`() throws {
        found()
        let byWard = stage.on("c", "list", "case", "--count-by", "owners", "--csv").output
        #expect(byWard == "Owners,Records\nA. Warden,2\nB. Warden,1\n")
        let byRisk = stage.on(
            "c", "list", "case", "--count-by", "risk", "--where", "ward=castle", "--csv"
        ).output
        #expect(byRisk == "Risk,Records\nhigh,1\nlow,1\n")
        let chosen = stage.on("c", "list", "case", "--columns", "ward", "--csv").output
        #expect(chosen.hasPrefix("Ref,Title,Ward,Disputed\n"))
        let whole = stage.on("c", "list", "case", "--csv").output
        #expect(whole.contains("Outcome when closed"))
    }

    @Test(arguments: [
        ("risk=hgih", "Did you mean 'high'?"), ("rsik=high", "Did you mean 'risk'?"),
        ("visits~dog", "holds texts"), ("risk<high", "does not go with"),
        ("closed-on<soon", "takes a date"), ("risk", "compares nothing"),
        ("duplicates=C01-99", "no record called"), ("restricted=maybe", "yes, no"),
    ])
    func `what cannot be compared is refused with what can`(_ said: String, _ advice: String) {
        found()
        let refused = stage.on("c", "list", "case", "--where", said)
        #expect(refused.errors.contains(advice), "\(refused.errors)")
        #expect(refused.output.isEmpty)
    }
}
