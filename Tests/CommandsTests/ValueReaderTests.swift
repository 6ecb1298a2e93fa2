// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Testing

@Suite struct ValueReaderTests {
    private let reader = ValueReader(
        DecisionContext(
            role: .field, log: LogID(Bytes16(high: 1, low: 1)), today: "2014-05-13",
            find: { (text, _) throws(Rejection) in
                throw Rejection("There is no record called '\(text)'.")
            },
            findPart: { (text, _, _) throws(Rejection) in
                throw Rejection("There is no entry called '\(text)'.")
            },
            preview: { _, _ in nil }, pins: { _ in [] }))

    private static let risk = Field(
        "risk", "Risk", .latest, .choice(["high", "very-low"]))
    private static let due = Field("due", "Due", .latest, .date(words: ["ongoing"]))
    private static let count = Field("minutes", "Minutes", .latest, .integer)
    private static let flag = Field("void", "Void", .latest, .flag)
    private static let code = Field("lead", "Lead", .latest, .code)
    private static let line = Field("title", "Title", .latest, .text)

    @Test(arguments: [
        (risk, " High ", CBORValue.text("high")), (risk, "very low", .text("very-low")),
        (due, "2014-02", .text("2014-02")), (due, "today", .text("2014-05-13")),
        (due, "Ongoing", .text("ongoing")), (due, "2016-02-29", .text("2016-02-29")),
        (count, "1,200", .unsigned(1_200)),
        (flag, "YES", .bool(true)), (flag, "0", .bool(false)),
        (code, "kfrs", .text("kfrs")), (line, " A b ", .text("A b")),
        (line, "\u{A0}A\u{202F}b\u{A0}", .text("A b")), (line, "é\u{200D}", .text("é\u{200D}")),
    ])
    func `what people type is read as the field's type wants it`(
        _ field: Field, _ text: String, _ value: CBORValue
    ) throws {
        #expect(try reader.value(text, for: field) == value)
    }

    @Test(arguments: [
        (risk, "enormous"), (risk, ""), (due, "2015-02-29"), (due, "14.15.2014"), (due, "2015-13"),
        (count, "many"), (count, "99999999999999999999"), (flag, "maybe"), (code, "two words"),
        (code, "a;b"), (line, "one\ntwo"), (line, "  "), (line, "\u{7}"),
        (line, "\u{200B}\u{200D}"), (line, "\u{202E}\u{2066}"), (line, "\u{301}\u{308}"),
        (line, "\u{A0}\u{2003}"), (line, "\u{3164}"), (line, "\u{2800}"), (code, "\u{FEFF}"),
    ])
    func `what a field does not take is refused with a sentence`(
        _ field: Field, _ text: String
    ) {
        let rejection = #expect(throws: Rejection.self) {
            try reader.value(text, for: field)
        }
        #expect(rejection?.sentence.hasSuffix(".") == true)
    }

    @Test func `a keyed value has its key before the last equals sign`() throws {
        let counts = Field("counts", "Counts", .tally, .integer, options: .init(key: "metric"))
        let found = try reader.keyed("a=b = 3", for: counts)
        #expect(found.key == "a=b")
        #expect(found.value == .unsigned(3))
        for text in ["3", "=3", "homes=", "homes=x"] {
            #expect(throws: Rejection.self) { try reader.keyed(text, for: counts) }
        }
        let readings = Field(
            "readings", "Readings", .reading, .integer, options: .init(key: "period|source"))
        #expect(throws: Rejection.self) { try reader.keyed("2013/14=811", for: readings) }
        #expect(try reader.keyed("2013/14|police=811", for: readings).key == "2013/14|police")
    }
}
