// SPDX-License-Identifier: MIT
import Commands
import Testing

@Suite struct CSVDataTests {
    @Test(arguments: [
        ("thanet-2014-15-actions.csv", 34, "ref issue priorities title lead support measure"),
        ("sevenoaks-2016-17-actions.csv", 54, "ref priority title lead partners due funding note"),
        ("places.csv", 46, "area place kind"),
        ("agencies.csv", 161, "code name kind"),
        ("campaigns.csv", 72, "area campaign priority what_counted value unit period qualifier"),
        ("priorities.csv", 32, "area plan_year code name lead note"),
        ("wards.csv", 11, "area ward"),
    ])
    func `the real files are read whole`(name: String, rows: Int, header: String) throws {
        let table = try CSVTable(testData(name))
        #expect(table.header == header.split(separator: " ").map(String.init))
        #expect(table.rowCount == rows)
        #expect(table.rows.allSatisfy { $0.count == table.header.count })
        #expect(table.rows.map { $0[0].line } == Array(2...(rows + 1)))
    }

    @Test func `quoted cells of a real plan come out whole`() throws {
        let table = try CSVTable(testData("sevenoaks-2016-17-actions.csv"))
        let row = try #require(Array(table.rows.prefix(1)).first).map(\.text)
        #expect(row[2] == "Promote and signpost services and refuges, repeat victims first")
        #expect(row[4] == "ALL;KCC-YS;GP;HV")
        #expect(row[7].hasPrefix("Lead printed as \"CSP Domestic ASB Group\", a body named"))
    }

    @Test func `a real plan cut at any byte gives its first rows or a refusal`() throws {
        let file = Array(try testData("sevenoaks-2016-17-actions.csv").prefix(900))
        let end = try #require(file.lastIndex(of: 0x0A))
        let whole = Array(try CSVTable(Array(file[...end])).rows)
        var refused = 0
        for length in 0...end {
            do {
                let rows = Array(try CSVTable(Array(file[..<length])).rows)
                try #require(whole.starts(with: rows.dropLast()))
            } catch let error as CSVError {
                refused += 1
                try #require(isOfACut(error), "\(length): \(error)")
            }
        }
        #expect(refused > 0 && refused < end)
    }

    private func isOfACut(_ error: CSVError) -> Bool {
        switch error {
        case .empty, .unclosedQuote, .strayReturn, .sameName: true
        case .tooLarge, .notText, .strayQuote, .tooManyCells, .tooManyColumns: false
        }
    }
}
