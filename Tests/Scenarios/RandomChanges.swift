// SPDX-License-Identifier: MIT
import Basics
import Events
import Simulation

/// Changes that a body might hold: mostly as the vocabulary wants them, some not.
struct RandomChanges {
    let chance: SeededEntropy
    /// Links that a value may be, as the author writes them.
    let links: [CBORValue]
    /// Entries with their histories.
    let pinned: [CBORValue]
    /// Links to entries that added parts, by field.
    let parts: [String: [CBORValue]]
    /// Fields on which people are to meet.
    let focus: [String]

    func changes(to kind: Kind) -> [String: CBORValue] {
        var changes: [String: CBORValue] = [:]
        for _ in 0..<(1 + chance.number(below: 4)) {
            let focused = focus.isEmpty ? nil : kind.field(any(focus))
            let isFocused = chance.number(below: 2) == 0
            let field = (isFocused ? focused : nil) ?? any(kind.fields)
            changes[field.name] = change(to: field)
        }
        // Fields on which rules look, more often than chance would have it.
        for name in [kind.status, kind.rules.first?.field].compactMap({ $0 })
        where chance.number(below: 4) == 0 {
            if let field = kind.field(name) { changes[name] = change(to: field) }
        }
        if chance.number(below: 8) == 0 { addNote(to: &changes) }
        return changes
    }

    /// A name that stands for the entry, in its form or in another; or one that nobody knows.
    private func addNote(to changes: inout [String: CBORValue]) {
        let isOdd = chance.number(below: 4) == 0
        switch chance.number(below: 7) {
        case 0: changes["colour"] = any([.text("red"), .map([:]), .array([.null])])
        case 1:
            changes[EntryNote.occurred] = .text(any(isOdd ? ["soon", "2015-03-1"] : ["2015-03"]))
        case 2: changes[EntryNote.reason] = isOdd ? .unsigned(1) : .text("why")
        case 3: changes[EntryNote.cause] = isOdd ? .text("that") : links.first ?? .array([])
        case 4: changes[EntryNote.again] = isOdd ? links.first ?? .null : pinned.first ?? .null
        case 5: changes[EntryNote.settles] = .array(isOdd ? [] : pinned)
        default: changes[EntryNote.imported] = .bytes([UInt8](repeating: 4, count: isOdd ? 8 : 16))
        }
    }

    private func change(to field: Field) -> CBORValue {
        guard chance.number(below: 60) > 0 else {
            return any([.null, .array([]), .map([:]), .text("x"), .bool(true)])
        }
        return switch field.family {
        case .latest, .cautious, .standing:
            field.key == nil ? value(of: field) : keyed { value(of: field) }
        case .reading: keyed { value(of: field) }
        case .tally: keyed { count() }
        case .set: set(of: field)
        case .entries: .array((0..<(1 + chance.number(below: 5) / 4)).map { _ in act(on: field) })
        }
    }

    private func count() -> CBORValue {
        chance.number(below: 12) == 0
            ? .integer(any([Int64.max, Int64.min])) : .integer(Int64(chance.number(below: 9)) - 4)
    }

    /// The third and the fourth key look alike and are not the same bytes.
    private func keyed(_ value: () -> CBORValue) -> CBORValue {
        var pairs: [CBORValue: CBORValue] = [:]
        for _ in 0..<(1 + chance.number(below: 2)) {
            pairs[.text(any(["homes", "bikes", "\u{e9}", "e\u{301}", ""]))] = value()
        }
        return .map(pairs)
    }

    private func set(of field: Field) -> CBORValue {
        var signs: [CBORValue: CBORValue] = [:]
        for sign in ["+", "-"] where chance.number(below: 3) > 0 {
            signs[.text(sign)] = .array(
                (0..<(1 + chance.number(below: 2))).map { _ in
                    chance.number(below: 60) == 0 ? .null : value(of: field, orNone: false)
                })
        }
        return .map(signs)
    }

    /// An act on parts; a body with two that add one is malformed.
    private func act(on field: Field) -> CBORValue {
        let known = parts[field.name] ?? []
        let links = known.isEmpty || chance.number(below: 6) == 0 ? links : known
        switch chance.number(below: links.isEmpty ? 2 : 5) {
        case 0, 1: return .array([.unsigned(0), content(clears: false)])
        case 2, 3: return .array([.unsigned(1), any(links)])
        default: return .array([.unsigned(2), any(links), content(clears: true)])
        }
    }

    private func content(clears: Bool) -> CBORValue {
        let isNull = clears ? chance.number(below: 2) == 0 : chance.number(below: 40) == 0
        let file = CBORValue.array([
            .bytes([UInt8](repeating: 1, count: 32)), .unsigned(7), .text("image/png"),
            .text("a.png"), .bytes([UInt8](repeating: 2, count: 32)),
        ])
        return any([
            .text("text"), .text("other"), .map([.text("text"): .text("x")]),
            .map([.text("minutes"): .unsigned(5), .text("when"): .text("2015-03-14")]),
            .map([.text("done"): .bool(true), .text("by"): links.first ?? .unsigned(1)]),
            .map([.text("picture"): file, .text("digest"): .bytes([1, 2])]),
            .map([.text("minutes"): isNull ? .null : .integer(-3)]),
        ])
    }

    private func value(of field: Field, orNone: Bool = true) -> CBORValue {
        if orNone, chance.number(below: 8) == 0 { return .null }
        guard chance.number(below: 80) > 0 else {
            return any([.unsigned(7), .text("odd"), .unsigned(.max), .array([.unsigned(0)])])
        }
        return switch field.type {
        case .text, .longText, .code: .text(any(["Quay", "Pier", "tdc", "kcc", "a longer text"]))
        case .choice(let names): .text(chance.number(below: 20) == 0 ? "unheard-of" : any(names))
        case .date: .text(any(["2015", "2015-03", "2015-03-14", "ongoing", "2014-12"]))
        case .integer: .integer(any([-300, -1, 0, 3, 24, 70_000, Int64.max]))
        case .flag: .bool(chance.number(below: 2) == 0)
        case .link: links.isEmpty ? .text("none") : any(links)
        }
    }

    private func any<Item>(_ items: [Item]) -> Item { items[chance.number(below: items.count)] }
}
