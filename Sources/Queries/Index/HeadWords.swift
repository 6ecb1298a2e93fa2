// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections

/// The words of a record's own fields, by which a search finds it; parts are found by their
/// entries.
enum HeadWords {
    static func words(_ view: RecordView, _ plan: KindPlan) -> [UInt8] {
        var words: [UInt8] = []
        for field in view.fields where plan.fields[field.index].isSearchable {
            switch field.content {
            case .registers(let registers):
                for register in registers { add(register.shown, to: &words) }
            case .set(let elements, _): for element in elements { add(element, to: &words) }
            case .tally, .parts: break
            }
        }
        return words
    }

    /// The same words, from the canonical bytes that were kept; fields in the kind's order.
    static func words(canonical: [UInt8], _ kind: Kind) throws(Failure) -> [UInt8] {
        guard let contents = CanonicalRecord.contents(canonical) else { throw Failure.ofIndex }
        var words: [UInt8] = []
        for field in kind.fields where field.isSearchable {
            guard let content = contents[field.name] else { continue }
            switch field.family {
            case .latest, .cautious, .standing, .reading:
                if field.key == nil {
                    add(shown(content), to: &words)
                } else if case .map(let registers) = content {
                    for key in registers.keys.sorted(by: precedes) {
                        add(shown(registers[key] ?? .null), to: &words)
                    }
                }
            case .set:
                if case .array(let parts) = content, case .array(let elements)? = parts.first {
                    for element in elements { add(element, to: &words) }
                }
            case .tally, .entries: break
            }
        }
        return words
    }

    /// Keys in the order of cells: by their bytes.
    private static func precedes(_ left: CBORValue, _ right: CBORValue) -> Bool {
        guard case .text(let first) = left, case .text(let second) = right else { return false }
        return first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    /// A disputed register is written with its live writes behind what is shown.
    static func shown(_ content: CBORValue) -> CBORValue {
        if case .array(let parts) = content, case .array? = parts.last { parts[0] } else { content }
    }

    private static func add(_ value: EncodedValue, to words: inout [UInt8]) {
        guard let text = value.text else { return }
        words += text.utf8
        words.append(UInt8(ascii: " "))
    }

    private static func add(_ value: CBORValue, to words: inout [UInt8]) {
        guard case .text(let text) = value else { return }
        words += text.utf8
        words.append(UInt8(ascii: " "))
    }
}
