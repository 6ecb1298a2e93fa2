// SPDX-License-Identifier: MIT
import Commands
import Testing

@Suite struct CSVTableTests {
    private func texts(_ file: String) throws -> [[String]] {
        try CSVTable(Array(file.utf8)).rows.map { $0.map(\.text) }
    }

    @Test(arguments: ["a,b\r\n1,2\r\n", "a,b\n1,2\n", "a,b\r\n1,2", "a,b\n1,2", "\u{FEFF}a,b\n1,2"])
    func `line ends, a missing last one and a byte order mark change nothing`(file: String) throws {
        let table = try CSVTable(Array(file.utf8))
        #expect(table.header == ["a", "b"])
        #expect(
            Array(table.rows) == [
                [
                    CSVCell(text: "1", line: 2, column: 1),
                    CSVCell(text: "2", line: 2, column: 2),
                ]
            ])
    }

    @Test func `a quoted cell keeps separators, line ends and marks`() throws {
        let file = "a,b\r\n\"one, two\",\"first\r\nsecond\"\r\n\"say \"\"no\"\"\",\"\"\"\"\r\n"
        #expect(try texts(file) == [["one, two", "first\r\nsecond"], ["say \"no\"", "\""]])
    }

    @Test func `lines are counted inside quoted cells too`() throws {
        let table = try CSVTable(Array("a,b\n\"1\n2\n3\",x\ny,z".utf8))
        #expect(table.rows.map { $0.map(\.line) } == [[2, 4], [5, 5]])
        #expect(table.rows.map { $0.map(\.column) } == [[1, 2], [1, 2]])
    }

    @Test(arguments: [
        ("a,b,c\n1;2,3\t4,5", [["1;2", "3\t4", "5"]]),
        ("a;b;c,d\n1,5;2;3", [["1,5", "2", "3"]]),
        ("a\tb\n1;2\t3,4", [["1;2", "3,4"]]),
        ("\"a;b;c\",d\n1,2", [["1", "2"]]),
        ("a,b;c\n1,2;3", [["1", "2;3"]]),
        ("a\n1", [["1"]]),
        ("\n\na;b\n1;2", [["1", "2"]]),
        ("a|b\n1,2|3", [["1,2", "3"]]),
        ("sep=;\r\na,a;b\r\n1;2", [["1", "2"]]),
        ("\"sep=|\"\na|b\n1|2", [["1", "2"]]),
        ("sep=,\na;b;c,d\n1;2,3", [["1;2", "3"]]),
    ])
    func `the separator is the one the header has most of`(file: String, rows: [[String]]) throws {
        #expect(try texts(file) == rows)
    }

    @Test func `lines and rows with nothing in them are passed over`() throws {
        let table = try CSVTable(Array("\r\na,b\r\n\r\n1,2\r\n,\r\n\"\",\r\n3,4\r\n\r\n".utf8))
        #expect(table.rows.map { $0.map(\.text) } == [["1", "2"], ["3", "4"]])
        #expect(table.rows.map { $0[0].line } == [4, 7])
    }

    @Test func `a row that is too short has the cells it has`() throws {
        let table = try CSVTable(Array("a,b,c\n1\n".utf8))
        #expect(Array(table.rows) == [[CSVCell(text: "1", line: 2, column: 1)]])
    }

    @Test func `a table of many columns and short rows takes no more room than its file`() throws {
        let names = (1...1_000).map { "c\($0)" }.joined(separator: ",")
        let file = Array((names + "\n" + String(repeating: "1\n", count: 20_000)).utf8)
        let table = try CSVTable(file)
        #expect(table.rowCount == 20_000)
        #expect(table.rows.reduce(0) { $0 + $1.count } == 20_000)
    }

    @Test func `a table with more columns than anyone reads is refused`() throws {
        let names = (1...8_000).map { "c\($0)" }.joined(separator: ",")
        #expect(throws: CSVError.tooManyColumns(8_000)) { try CSVTable(Array(names.utf8)) }
    }

    @Test func `names lose the spaces around them and cells keep theirs`() throws {
        let table = try CSVTable(Array(" a ,\u{A0}b b\u{A0}\n 1 ,2\n".utf8))
        #expect(table.header == ["a", "b b"])
        #expect(table.rows.map { $0.map(\.text) } == [[" 1 ", "2"]])
    }

    @Test func `a header alone is a table without rows`() throws {
        let table = try CSVTable(Array("a,b".utf8))
        #expect(table.header == ["a", "b"])
        #expect(Array(table.rows) == [] && table.rowCount == 0)
    }

    @Test(arguments: [
        ("a,b\r1,2\r\"x\ry\",3", [["1", "2"], ["x\ry", "3"]]),
        ("a,b\r\r1,2", [["1", "2"]]),
        ("\"a\nA\",b\r\"x\ny\",2\r", [["x\ny", "2"]]),
    ])
    func `lines of old end with a carriage return`(file: String, rows: [[String]]) throws {
        #expect(try texts(file) == rows)
    }

    @Test func `a column without a name is left out, or called by its place`() throws {
        let table = try CSVTable(Array("a,b,,, \n1,2,,x,\n3,4,,,,,\n".utf8))
        #expect(table.header == ["a", "b", "", "#4", ""])
        #expect(table.rowCount == 2)
        #expect(table.rows.map(\.count) == [5, 5])
    }

    @Test func `rows that say the header again are left out, and that is said`() throws {
        let table = try CSVTable(Array("A,B,,\n1,2\nA , B\nA,b\n3,4\n".utf8))
        #expect(table.rows.map { $0.map(\.text) } == [["1", "2"], ["A", "b"], ["3", "4"]])
        #expect(table.rowCount == 3)
        #expect(table.remarks == ["1 row says the header again; left out."])
    }

    @Test func `a table begins below what stands above it, and ends above its sums`() throws {
        let file = "\"Action, plan\nof\"\n\n\na;b\n1;2\nTotally;y\n;TOTAL 2\n3;4\n"
        let table = try CSVTable(
            Array(file.utf8), CSVTable.Bounds(skippedLines: 3, end: "total"))
        #expect(table.header == ["a", "b"])
        #expect(table.rows.map { $0.map(\.text) } == [["1", "2"], ["Totally", "y"]])
        #expect(table.rows.map { $0[0].line } == [6, 7])
        #expect(table.rowCount == 2)
        #expect(
            table.remarks == ["The table ends above line 8; what stands from there on is left out."]
        )
        let whole = try CSVTable(
            Array(file.utf8), CSVTable.Bounds(skippedLines: 3, end: "sum"))
        #expect(whole.rowCount == 4)
        #expect(whole.remarks == ["No row begins with 'sum': the table was read to its end."])
    }

    @Test func `rows of no-break spaces are empty`() throws {
        #expect(try texts("a,b\n\u{A0},\u{A0} \n1,2") == [["1", "2"]])
    }

    @Test func `a file as spreadsheets save it is read`() throws {
        let file = Array("a;b\nCaf".utf8) + [0xE9, 0x20, 0x96, 0x20, 0x93, 0xA3, 0x94]
        let table = try CSVTable(file + Array(";2\n".utf8))
        #expect(table.rows.map { $0.map(\.text) } == [["Café – “£”", "2"]])
        #expect(table.remarks.first?.contains("Windows-1252") == true)
    }

    @Test(arguments: [true, false], [true, false])
    func `a file in UTF-16 is read`(isBig: Bool, isMarked: Bool) throws {
        let text = (isMarked ? "\u{FEFF}" : "") + "a,b\n1,“é”\n"
        let file = Array(text.utf16).flatMap { unit -> [UInt8] in
            let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8))
            return isBig ? [high, low] : [low, high]
        }
        let table = try CSVTable(file)
        #expect(table.header == ["a", "b"])
        #expect(table.rows.map { $0.map(\.text) } == [["1", "“é”"]])
    }

    @Test func `a byte order mark that stands twice is none of a name`() throws {
        #expect(try CSVTable(Array("\u{FEFF}\u{FEFF}a,b\n1,2".utf8)).header == ["a", "b"])
    }

    @Test func `every short file is read or refused, and what is read can be written again`() throws
    {
        let alphabet: [UInt8] = Array("a,\"\r\n".utf8)
        var files: [[UInt8]] = [[]]
        var read = 0
        for _ in 1...5 {
            files = files.flatMap { file in alphabet.map { file + [$0] } }
            for file in files {
                guard let table = try? CSVTable(Array("x,y\n".utf8) + file) else { continue }
                read += 1
                try #require(CSVTable(written(table)).rows.map { $0.map(\.text) } == texts(table))
            }
        }
        #expect(read == 816)
    }

    private func texts(_ table: CSVTable) -> [[String]] {
        table.rows.map { $0.map(\.text) }
    }

    private func written(_ table: CSVTable) -> [UInt8] {
        let lines = ([table.header] + texts(table)).map { line in
            line.map {
                "\""
                    + $0.split(separator: "\"", omittingEmptySubsequences: false)
                    .joined(separator: "\"\"") + "\""
            }.joined(separator: ",")
        }
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
