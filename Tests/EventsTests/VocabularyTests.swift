// SPDX-License-Identifier: MIT
import Events
import Foundation
import Testing

/// What this program declares.
@Suite struct VocabularyTests {
    private static let current = Vocabulary.current

    @Test func `what is declared has no faults`() {
        #expect(
            VocabularyCheck(number: Self.current.number, kinds: Self.current.kinds).faults == [])
        for kind in Self.current.kinds {
            let check = KindCheck(
                kind.name, kind.plural, shape: kind.shape, fields: kind.fields, verbs: kind.verbs,
                rules: kind.rules)
            #expect(check.faults == [])
        }
    }

    /// With `BEATBOOK_RECORD=1` in the environment the page is written anew.
    @Test func `the page of the vocabulary says what is declared`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Docs/Formats/Vocabulary.md")
        let page = try String(contentsOf: file, encoding: .utf8)
        let head = page.components(separatedBy: VocabularyPage.heading)[0]
        let wanted = head + VocabularyPage(vocabulary: .current).text
        if ProcessInfo.processInfo.environment["BEATBOOK_RECORD"] == "1" {
            try wanted.write(to: file, atomically: true, encoding: .utf8)
        }
        let pairs = zip(page.components(separatedBy: "\n"), wanted.components(separatedBy: "\n"))
        for (number, pair) in pairs.enumerated() where pair.0 != pair.1 {
            Issue.record(
                "Line \(number + 1) is '\(pair.0)' and should be '\(pair.1)': see this test.")
            return
        }
        #expect(page.count == wanted.count)
    }

    @Test func `any other declaration has another fingerprint`() throws {
        let old = Kind.case
        let other = Kind(
            old.name, old.plural, old.summary, shape: old.shape, fields: old.fields,
            verbs: old.verbs.map { verb in
                verb.name == "note"
                    ? Verb(verb.name, verb.event, verb.summary + " ", verb.inputs) : verb
            }, rules: old.rules)
        let kinds = Self.current.kinds.map { $0 == old ? other : $0 }
        let changed = Vocabulary(number: Self.current.number, kinds: kinds)
        #expect(changed.fingerprint != Self.current.fingerprint)
        #expect(
            Vocabulary(number: 1, kinds: [], formsSince: [.part: 1]).fingerprint
                != Vocabulary(number: 1, kinds: []).fingerprint)
    }
}
