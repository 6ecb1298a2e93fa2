// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Testing

@Suite struct WordsTests {
    @Test func `the table and the text file agree`() throws {
        let package = URL(filePath: #filePath).appending(path: "../../..").standardized
        let file = package.appending(path: "Docs/Formats/Words.txt")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text == Words.list.map { $0 + "\n" }.joined())
    }

    @Test func `there is one word for each byte, in order, of three to six plain letters`() {
        #expect(Words.list.count == 256)
        #expect(Words.list == Words.list.sorted())
        for word in Words.list {
            #expect((3...6).contains(word.utf8.count), "\(word)")
            #expect(word.utf8.allSatisfy { (0x61...0x7A).contains($0) }, "\(word)")
        }
    }

    @Test func `four letters tell every word from every other`() {
        #expect(Set(Words.list.map { $0.prefix(4) }).count == 256)
        for short in Words.list where short.utf8.count < 4 {
            #expect(Words.list.filter { $0.hasPrefix(short) } == [short])
        }
    }

    @Test func `no two words differ in one letter only`() {
        for (place, word) in Words.list.enumerated() {
            for other in Words.list[(place + 1)...] where word.utf8.count == other.utf8.count {
                let differing = zip(word.utf8, other.utf8).count { $0 != $1 }
                #expect(differing > 1, "\(word) and \(other)")
            }
        }
    }

    @Test func `every byte survives being spoken, in full, cut short and in capitals`() {
        let all = Array(UInt8.min...UInt8.max)
        let words = Words.spoken(all)
        #expect(Words.bytes(words.map { Substring($0) }) == all)
        #expect(Words.bytes(words.map { $0.prefix(4) }) == all)
        #expect(Words.bytes(words.map { Substring($0.uppercased()) }) == all)
        #expect(Words.bytes([Substring]()) == [])
    }

    @Test(arguments: ["", "aco", "acornn", "acorm", "oa", "word", "äcorn", "acorn "])
    func `what is not a word of the list is refused`(typed: String) {
        #expect(Words.bytes(["oak", Substring(typed)]) == nil)
    }
}
