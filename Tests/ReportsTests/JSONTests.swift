// SPDX-License-Identifier: MIT
import Foundation
import Testing

@testable import Reports

private func text(_ json: JSON, _ layout: JSON.Layout = .compact) -> String {
    String(decoding: json.encoded(layout), as: UTF8.self)
}

@Suite struct `A JSON document` {
    private let sample: JSON = [
        "reference": "W07-15", "closed": false, "visits": [1, -2, 3], "lead": nil,
        "none": [], "nothing": [:],
    ]

    @Test func `keeps the order of keys and writes no space when compact`() {
        let line = #"{"reference":"W07-15","closed":false,"visits":[1,-2,3],"lead":null,"#
        #expect(text(sample) == line + #""none":[],"nothing":{}}"#)
    }

    @Test func `stands on lines of its own when pretty`() {
        let lines = """
            {
              "reference": "W07-15",
              "closed": false,
              "visits": [
                1,
                -2,
                3
              ],
              "lead": null,
              "none": [],
              "nothing": {}
            }
            """
        #expect(text(sample, .pretty) == lines)
    }

    @Test func `finds what stands under a key`() {
        #expect(sample["visits"] == [1, -2, 3])
        #expect(sample["risk"] == nil)
        #expect(JSON.null["risk"] == nil)
    }

    @Test func `writes numbers too large for it as text`() {
        #expect(JSON(UInt64.max) == "18446744073709551615")
        #expect(JSON(UInt64(7)) == 7)
        #expect(text(.integer(.min)) == "-9223372036854775808")
    }

    @Test func `is read back by another reader, whatever the character`() throws {
        for start in stride(from: UInt32(0), through: 0x10FFFF, by: 4_096) {
            let texts = (start..<start + 4_096).compactMap { Unicode.Scalar($0) }.map {
                "a" + String(Character($0)) + "\u{1F6B2}"
            }
            let bytes = JSON.array(texts.map { .string($0) }).encoded()
            let read = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String]
            #expect(read?.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
            let written = String(decoding: bytes, as: UTF8.self)
            #expect(!written.unicodeScalars.contains { $0.isHarmful })
        }
    }
}
