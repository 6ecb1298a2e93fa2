// SPDX-License-Identifier: MIT
import Testing

@Suite struct SwiftTextTests {
    private func words(_ text: String) -> String {
        SwiftText(Array(text.utf8)).tokens.map(\.text).joined(separator: " ")
    }

    @Test(arguments: [
        ("a // b\nc", "a c"),
        ("a /* b /* c */ d */ e", "a e"),
        ("a \"b // c\" d", "a d"),
        (#"a "b \" c" d"#, "a d"),
        (#"a "b \(c("d") + "e)") f" g"#, "a g"),
        (##"a #"b " \( c"# d"##, "a d"),
        (##"a #"b \#(c) d"# e"##, "a e"),
        ("a \"\"\"\nb \" c\n\"\"\" d", "a d"),
        ("a \"b\nc", "a c"),
        (##"a #/b"{/# c"##, "a c"),
        ("func `b { c`() {}", "func ( ) { }"),
        ("a / b / c", "a / b / c"),
        ("@Test #expect(a_1)", "@Test #expect ( a_1 )"),
    ])
    func `strings and comments are not code`(text: String, code: String) {
        #expect(words(text) == code)
    }

    @Test func `comments keep their lines`() {
        let text = SwiftText(Array("a // b\n\"// c\"\n/* d\ne */ f\n".utf8))
        #expect(text.comments == ["// b", "", "/* d", "e */", ""])
        #expect(text.tokens.map(\.line) == [1, 4])
    }

    @Test func `bodies are those of functions, initialisers, subscripts and computed properties`() {
        let text = """
            protocol A { func b() -> Int; var c: Int { get } }
            struct D {
                var e = [1].map { $0 }
                var f: [Int] {
                    [1]
                }
                init(g: Int = h { 1 }) {
                    self.init(i: .init())
                }
                subscript(j: Int) -> Int { 1 }
                static func == (
                    k: D, l: D
                ) -> Bool {
                    if case .m(var n) = k { n }
                    while true {
                    }
                }
            }
            """
        let bodies = SwiftText(Array(text.utf8)).bodies
        #expect(bodies.map(\.line) == [1, 4, 7, 10, 11])
        #expect(bodies.map(\.lineCount) == [0, 1, 1, 0, 3])
    }

    @Test func `a file cut at any byte is still taken apart`() {
        let text = Array(#"func a() { /* b */ "c \(d("e"))" #/f/# `g` } // h"#.utf8)
        for length in 0...text.count {
            let code = SwiftText(Array(text.prefix(length))).tokens
            #expect(code.count <= length)
        }
    }
}
