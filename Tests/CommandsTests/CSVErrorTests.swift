// SPDX-License-Identifier: MIT
import Basics
import Commands
import Testing

@Suite struct CSVErrorTests {
    @Test(arguments: [
        ("", CSVError.empty),
        ("\u{FEFF}", .empty),
        ("\r\n\n,,\n", .empty),
        ("a,b\n1,\"2\n3", .unclosedQuote(line: 2, column: 2)),
        ("a,\"b", .unclosedQuote(line: 1, column: 2)),
        ("a,b\n\"1\n2\"3,4", .strayQuote(line: 2, column: 1)),
        ("a,b\n1,2\"", .strayQuote(line: 2, column: 2)),
        ("a,b\n1, \"2\"", .strayQuote(line: 2, column: 2)),
        ("a,b\n1,2\r", .strayReturn(line: 2, column: 2)),
        ("a,b\n1,\"2\"\r", .strayReturn(line: 2, column: 2)),
        ("a,b\n\n1,2\n1,2,3\n", .tooManyCells(line: 4, cells: 3, header: 2)),
        ("a,b\n\"1\n\",2,x\n", .tooManyCells(line: 2, cells: 3, header: 2)),
        ("Ref,b, ref\n", .sameName(column: 3, other: 1)),
        ("a,b\n1,\0\n", .notText(line: 2, column: 2)),
    ])
    func `a file that is no table is refused, with its place`(file: String, error: CSVError) {
        #expect(throws: error) { try CSVTable(Array(file.utf8)) }
    }

    @Test(
        arguments: [
            [0xFF], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 among such that are only that are refused, with their place`(
        bytes: [UInt8]
    ) {
        let lines = Array("a,b\n\"é\n\",\"".utf8) + bytes + Array("\"\n".utf8)
        #expect(throws: CSVError.notText(line: 3, column: 2)) { try CSVTable(lines) }
    }

    @Test func `bytes that stand for nothing in any encoding are refused, with their place`() {
        let file = Array("a,b\n1,".utf8) + [0x81]
        #expect(throws: CSVError.notText(line: 2, column: 2)) { try CSVTable(file) }
    }

    @Test func `a file over the limit is refused unread`() {
        let file = [UInt8](repeating: 0x22, count: CSVTable.sizeLimitBytes + 1)
        #expect(throws: CSVError.tooLarge) { try CSVTable(file) }
    }

    @Test(arguments: [
        CSVError.tooLarge, .empty, .notText(line: 12, column: 34),
        .unclosedQuote(line: 12, column: 34), .strayQuote(line: 12, column: 34),
        .strayReturn(line: 12, column: 34), .tooManyCells(line: 12, cells: 34, header: 5),
        .sameName(column: 34, other: 12), .tooManyColumns(5_678),
    ])
    func `each refusal says what is wrong, and what to do`(error: CSVError) {
        for sentence in [error.rejection.sentence, error.rejection.advice] {
            #expect(sentence.first?.isUppercase == true)
            #expect(sentence.hasSuffix("."))
        }
    }

    @Test func `a refusal says where`() {
        #expect(
            CSVError.unclosedQuote(line: 12, column: 3).rejection
                == Rejection(
                    "The cell at line 12, column 3 begins with a quotation mark that is never "
                        + "closed.",
                    advice: "Put one at each end of the cell, and double each one inside it."))
        #expect(
            CSVError.tooManyCells(line: 7, cells: 9, header: 8).rejection
                == Rejection(
                    "The row at line 7 has 9 cells, but the header names 8.",
                    advice: "Put each cell that holds a separator in quotation marks."))
    }
}
