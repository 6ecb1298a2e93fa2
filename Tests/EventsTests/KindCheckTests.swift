// SPDX-License-Identifier: MIT
import Events
import Testing

/// Every way to misspell a declaration is found.
@Suite struct KindCheckTests {
    private static let title = Field("title", "Title", .latest, .text)
    private static let status = Field(
        "status", "Status", .cautious(Caution(.listed, mayEase: .staff)),
        .choice(["open", "shut"]))
    private static let notes = Field("notes", "Notes", .entries, .longText)
    private static let tags = Field("tags", "Tags", .set, .text)

    private func faults(
        named name: String = "thing", shape: Kind.Shape = .init(title: "title"),
        _ fields: [Field] = [title, notes, tags], verbs: [Verb] = [], rules: [Rule] = []
    ) -> [String] {
        KindCheck(name, "things", shape: shape, fields: fields, verbs: verbs, rules: rules).faults
    }

    @Test func `a kind without faults has none`() {
        #expect(faults() == [])
        let rule = Rule(
            "X1", "late", "Late.", when: "status", is: ["shut"], hadNotSeen: [.part("notes")],
            effect: .flag)
        let shape = Kind.Shape(title: "title", status: "status", closed: ["shut"])
        #expect(faults(shape: shape, [Self.title, Self.status, Self.notes], rules: [rule]) == [])
    }

    @Test func `a kind with faults cannot be made`() async {
        await #expect(processExitsWith: .failure) {
            _ = Kind("thing", "things", "", shape: .init(title: "titel"), fields: [], verbs: [])
        }
        await #expect(processExitsWith: .failure) {
            let kind = Kind(
                "thing", "things", "", shape: .init(title: "title"),
                fields: [Field("title", "Title", .latest, .text)], verbs: [])
            _ = Vocabulary(number: 1, kinds: [kind, kind])
        }
    }

    @Test func `names are typable and each stands once`() {
        #expect(faults(named: "Thing") == ["Thing: 'Thing' cannot be a name."])
        let twice = [Self.title, Self.title]
        #expect(faults(twice) == ["thing: two fields are 'title'."])
        let reason = Field("reason", "Reason", .latest, .text)
        #expect(
            faults([Self.title, reason])
                == ["thing: 'reason' is what an entry says of itself and cannot be a field."])
        let accepted = Field("accepted", "Accepted", .entries, .longText)
        #expect(faults([Self.title, accepted]).count == 1)
        #expect(faults(named: "sealed").count == 1)
        let verb = Verb("add", "added", "Add one.", [])
        #expect(faults(verbs: [verb, verb]) == ["thing: two verbs are 'add'."])
        let long = Verb("add", String(repeating: "a", count: 43), "Add one.", [])
        #expect(faults(verbs: [long]).count == 1)
    }

    @Test(arguments: [
        Kind.Shape(title: "x"), .init(title: "title", listed: ["x"]),
        .init(title: "title", alias: "x"), .init(title: "title", naturalKey: "x"),
        .init(title: "title", harmless: ["x"]), .init(title: "title", closed: ["shut"]),
        .init(title: "title", status: "x"),
    ])
    func `what the shape names is a field`(shape: Kind.Shape) {
        #expect(faults(shape: shape).count == 1)
    }

    @Test func `what closes is a choice of the status`() {
        let shape = Kind.Shape(title: "title", status: "status", closed: ["shutt"])
        #expect(
            faults(shape: shape, [Self.title, Self.status])
                == ["thing: 'shutt' closes it and is no choice of 'status'."])
    }

    @Test(arguments: [
        Field("f", "F", .latest, .choice(["a", "a"])), Field("f", "F", .latest, .choice([])),
        Field("f", "F", .latest, .choice(["a"]), options: .init(choicesSince: ["b": 2])),
        Field("f", "F", .latest, .text, options: .init(spill: "notes")),
        Field("f", "F", .latest, .text, options: .init(flagsSeveral: true)),
        Field("f", "F", .latest, .text, options: .init(columns: ["title"])),
        Field("f", "F", .cautious(Caution(.listed, mayEase: .staff)), .text),
        Field("f", "F", .cautious(Caution(.lesser, mayEase: .staff)), .choice(["a"])),
        Field("f", "F", .standing, .text, options: .init(key: "k")),
        Field("f", "F", .set, .text, options: .init(key: "k")),
        Field("f", "F", .entries, .text, options: .init(key: "k")),
        Field("f", "F", .tally, .integer), Field("f", "F", .reading, .integer),
        Field("f", "F", .tally, .text, options: .init(key: "k")),
    ])
    func `a field has what its family needs and nothing else`(field: Field) {
        #expect(faults([Self.title, Self.notes, field]).count == 1)
    }

    @Test(arguments: [
        Verb("v", "ved", "", [.option("x")]), Verb("v", "ved", "", [.option("title", act: .void)]),
        Verb("v", "ved", "", [.option("notes", act: .remove)]),
        Verb("v", "ved", "", [.option("tags", act: .correct)]),
        Verb("v", "ved", "", [], fixed: [.init("x", "y")]),
        Verb("v", "ved", "", [], fixed: [.init("status", "y")]),
        Verb("v", "ved", "", [], passingOn: .init("title", to: "tags", as: "ved")),
        Verb("v", "V", "", []),
    ])
    func `a verb names fields, and does with them what can be done`(verb: Verb) {
        #expect(faults([Self.title, Self.notes, Self.tags, Self.status], verbs: [verb]).count == 1)
    }

    @Test(arguments: [
        (["shut"], Rule.Cause.part("title")), (["shut"], .part("x")),
        (["shut"], .moreCautious("notes")), (["shutt"], .part("notes")),
    ])
    func `a rule names choices, and fields that have what it asks for`(
        values: [String], cause: Rule.Cause
    ) {
        let rule = Rule(
            "X1", "late", "Late.", when: "status", is: values, hadNotSeen: [cause], effect: .flag)
        #expect(faults([Self.title, Self.status, Self.notes], rules: [rule]).count == 1)
    }

    @Test func `every part and every protective field is in a rule about closing or harmless`() {
        let risk = Field(
            "risk", "Risk", .cautious(Caution(.greater, mayEase: .staff)), .integer)
        let fields = [Self.title, Self.status, Self.notes, risk]
        var shape = Kind.Shape(title: "title", status: "status", closed: ["shut"])
        let open = ["risk", "notes"].map {
            "thing: '\($0)' is in no rule about closing and is not said to be harmless to it."
        }
        #expect(Set(faults(shape: shape, fields)) == Set(open))
        shape.harmless = ["risk", "notes"]
        #expect(faults(shape: shape, fields) == [])
        let rule = Rule(
            "X1", "late", "Late.", when: "status", is: ["shut"], hadNotSeen: [.part("notes")],
            effect: .flag)
        #expect(faults(shape: shape, fields, rules: [rule]).count == 1)
        // A rule about another value does not help.
        let other = Rule(
            "X1", "late", "Late.", when: "status", is: ["open"],
            hadNotSeen: [.part("notes"), .moreCautious("risk")], effect: .flag)
        shape.harmless = []
        #expect(faults(shape: shape, fields, rules: [other]).count == 2)
    }

    @Test func `kinds stand together by names, links and numbers`() {
        func kind(_ name: String, _ field: Field, since: UInt64 = 1) -> Kind {
            Kind(
                name, name + "s", "", shape: .init(title: "title", since: since),
                fields: [Self.title, field], verbs: [])
        }
        let plain = kind("thing", Self.notes)
        func faults(_ kinds: Kind...) -> Int {
            VocabularyCheck(number: 2, kinds: kinds).faults.count
        }
        #expect(faults(plain) == 0)
        #expect(faults(plain, kind("thing", Self.notes)) == 2)
        #expect(faults(kind("other", Field("f", "F", .latest, .link(kind: "thing")))) == 1)
        #expect(faults(kind("other", Self.notes, since: 3)) == 1)
        #expect(
            faults(kind("other", Field("f", "F", .latest, .text, options: .init(since: 3)))) == 1)
        let later = Field(
            "f", "F", .latest, .choice(["a"]), options: .init(choicesSince: ["a": 3]))
        #expect(faults(kind("other", later)) == 1)
        #expect(
            VocabularyCheck(number: 1, kinds: [], formsSince: [.void: 2]).faults
                == ["the form 'void' is known since no vocabulary yet."])
    }
}
