// SPDX-License-Identifier: MIT
import Testing

@testable import Terminal

@Suite struct `A suggestion` {
    private let verbs = [
        "case", "campaign", "log", "list", "resolve", "conflicts", "sync", "status",
    ]

    @Test(
        arguments: [
            ("casse", "case"), ("Case", "case"), ("csae", "case"), ("campain", "campaign"),
            ("conflict", "conflicts"), ("lgo", "log"), ("statsu", "status"), ("camp", "campaign"),
            ("reslove", "resolve"), ("s", nil), ("delete", nil), ("", nil), ("xx", nil),
        ] as [(String, String?)])
    func `suggests the nearest word if it is near`(typed: String, nearest: String?) {
        #expect(Spelling.nearest(to: typed, among: verbs) == nearest)
    }

    @Test func `suggests nothing for a word of a megabyte`() {
        let long = String(repeating: "case", count: 250_000)
        #expect(Spelling.nearest(to: long, among: verbs) == nil)
    }

    @Test func `counts slips as a distance does`() {
        let letters: [Unicode.Scalar] = ["a", "b", "c"]
        var texts: [[Unicode.Scalar]] = [[]]
        for _ in 0..<4 { texts += texts.flatMap { text in letters.map { text + [$0] } } }
        for left in Set(texts.filter { $0.count <= 3 }) {
            for right in Set(texts) {
                let distance = Spelling.distance(left, right)
                #expect(distance == Spelling.distance(right, left))
                #expect((distance == 0) == (left == right))
                #expect(distance >= abs(left.count - right.count))
                #expect(distance <= max(left.count, right.count))
            }
        }
    }

    @Test func `counts two letters that changed places as one slip`() {
        #expect(Spelling.distance(Array("case".unicodeScalars), Array("csae".unicodeScalars)) == 1)
        #expect(Spelling.distance(Array("abcd".unicodeScalars), Array("badc".unicodeScalars)) == 2)
    }
}
