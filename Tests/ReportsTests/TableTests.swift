// SPDX-License-Identifier: MIT
import Testing

@testable import Reports

private func sample() -> Table {
    var table = Table([
        .init("reference", "Ref"),
        .init("title", "Title", .wrapped(minimum: 10)),
        .init("place", "Place", .truncated(minimum: 8)),
        .init("visits", "Visits", alignment: .right),
    ])
    table.append([
        Table.Cell("W07-15", .reference), Table.Cell("Noise from a flat\nafter midnight"),
        Table.Cell("Cliftonville West"), Table.Cell(2),
    ])
    table.append([
        Table.Cell("thanet-2014/13", .reference), Table.Cell("Swab\u{1B}"), .empty, Table.Cell(-11),
    ])
    return table
}

private func text(_ table: Table, width: Int?) -> String {
    table.lines(width: width).map(\.plain).joined(separator: "\n")
}

@Suite struct `A table` {
    @Test func `is as wide as it needs where there is room`() {
        let expected = #"""
            Ref             Title                             Place              Visits
            W07-15          Noise from a flat after midnight  Cliftonville West       2
            thanet-2014/13  Swab\u{1B}                                              -11
            """#
        #expect(text(sample(), width: nil) == expected)
        #expect(text(sample(), width: 75) == expected)
    }

    @Test func `wraps and cuts flexible columns where there is too little room`() {
        let expected = #"""
            Ref             Title       Place        Visits
            W07-15          Noise from  Cliftonvil…       2
                            a flat
                            after
                            midnight
            thanet-2014/13  Swab\u{1B}                  -11
            """#
        #expect(text(sample(), width: 47) == expected)
    }

    @Test func `becomes blocks where even the minimum does not fit`() {
        #expect(
            text(sample(), width: 30) == #"""
                Ref     W07-15
                Title   Noise from a flat
                        after midnight
                Place   Cliftonville West
                Visits  2

                Ref     thanet-2014/13
                Title   Swab\u{1B}
                Visits  -11
                """#)
    }

    @Test func `never cuts a reference and never passes the edge at any width`() {
        for width in 24...120 {
            let lines = sample().lines(width: width)
            #expect(lines.allSatisfy { $0.displayWidth <= width && !$0.plain.hasSuffix(" ") })
            let references = lines.flatMap(\.runs).filter { $0.style == .reference }.map(\.text)
            #expect(references == ["W07-15", "thanet-2014/13"])
        }
    }

    @Test func `has no lines without rows`() {
        #expect(Table([.init("a", "A")]).lines(width: 80).isEmpty)
    }

    @Test func `is an array of objects in JSON`() {
        #expect(
            sample().json == [
                [
                    "reference": "W07-15", "title": "Noise from a flat\nafter midnight",
                    "place": "Cliftonville West", "visits": 2,
                ],
                [
                    "reference": "thanet-2014/13", "title": "Swab\u{1B}", "place": nil,
                    "visits": -11,
                ],
            ])
    }

    @Test func `gives moments to people and to programs`() {
        let cell = Table.Cell(time: 1_435_739_400_000)
        #expect(cell.text == "2015-07-01 09:30")
        #expect(cell.json == "2015-07-01T08:30:00.000Z")
    }
}

@Suite struct `A table as CSV` {
    private func csv(_ cells: [Table.Cell]) -> String {
        var table = Table(cells.indices.map { .init("c\($0)", "C\($0)") })
        table.append(cells)
        return String(decoding: table.csv, as: UTF8.self)
    }

    @Test func `quotes what needs quotes and disarms formulas`() {
        let cells = ["plain", "a,b", "say \"no\"", "=1+1", "-see note", "@me", "\tx", "'=1"]
        #expect(
            csv(cells.map { Table.Cell($0) }) == "C0,C1,C2,C3,C4,C5,C6,C7\r\n"
                + "plain,\"a,b\",\"say \"\"no\"\"\",'=1+1,'-see note,'@me,'\tx,'=1\r\n")
        #expect(csv([Table.Cell(-5), Table.Cell("-5")]) == "C0,C1\r\n-5,'-5\r\n")
    }

    @Test func `is read back for every short text of troublesome characters`() {
        let characters: [Unicode.Scalar] = ["a", ",", "\"", "\r", "\n", "=", "'", " ", "\t", "-"]
        var texts = [""]
        for _ in 0..<3 {
            texts += texts.flatMap { text in characters.map { text + String($0) } }
        }
        for text in Set(texts) {
            let read = cells(of: csv([Table.Cell(text), Table.Cell("end")]))
            let isArmed = ["=", "-", "\t", "\r"].contains(text.unicodeScalars.first)
            #expect(read == ["C0", "C1", (isArmed ? "'" : "") + text, "end"])
        }
    }

    /// A reader by the book (RFC 4180), which takes a row's end for one more comma.
    private func cells(of csv: String) -> [String] {
        var cells: [String] = []
        var rest = Array(csv.unicodeScalars)[...]
        while !rest.isEmpty {
            var cell = String.UnicodeScalarView()
            if rest.first == "\"" {
                rest.removeFirst()
                while let next = rest.popFirst() {
                    if next != "\"" {
                        cell.append(next)
                    } else if rest.first == "\"" {
                        cell.append("\"")
                        rest.removeFirst()
                    } else {
                        break
                    }
                }
            } else {
                while let next = rest.first, next != ",", next != "\r" {
                    cell.append(next)
                    rest.removeFirst()
                }
            }
            cells.append(String(cell))
            rest.removeFirst(rest.first == "\r" ? 2 : 1)
        }
        return cells
    }
}
