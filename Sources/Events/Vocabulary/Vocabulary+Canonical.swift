// SPDX-License-Identifier: MIT
package import Basics

// `Docs/Formats/Vocabulary.md` shows the form. Names that have nothing to say are left out.

extension Vocabulary {
    static func fingerprint(
        _ number: UInt64, _ kinds: [Kind], _ formsSince: [ChangeForm: UInt64]
    ) -> Digest {
        Digest.of(.vocabulary, canonical(number, kinds, formsSince).encoded)
    }

    /// All that is declared, as one value.
    package var canonical: CBORValue { Vocabulary.canonical(number, kinds, formsSince) }

    private static func canonical(
        _ number: UInt64, _ kinds: [Kind], _ formsSince: [ChangeForm: UInt64]
    ) -> CBORValue {
        .named([
            "number": .unsigned(number), "kinds": .array(kinds.map(\.canonical)),
            "forms": .named(
                Dictionary(
                    uniqueKeysWithValues: formsSince.map { ($0.key.rawValue, .unsigned($0.value)) }
                )),
        ])
    }
}

extension Kind {
    var canonical: CBORValue {
        .named([
            "name": .text(name), "plural": .text(plural), "summary": .text(summary),
            "title": .text(title), "status": status.map { .text($0) },
            "closed": .texts(closed), "listed": .texts(listed),
            "alias": alias.map { .text($0) }, "natural-key": naturalKey.map { .text($0) },
            "harmless": .texts(harmless), "kept": .texts(kept),
            "restriction": restriction.map { .text($0) },
            "demands": .array(
                demands.map { .array([.texts($0.values), .text($0.field), .text($0.sentence)]) }),
            "since": .unsigned(since),
            "fields": .array(fields.map(\.canonical)), "verbs": .array(verbs.map(\.canonical)),
            "rules": .array(rules.map(\.canonical)),
        ])
    }
}

extension Field {
    var canonical: CBORValue {
        .named([
            "name": .text(name), "label": .text(label), "family": .text(family.name),
            "caution": caution?.canonical, "type": .text(type.name),
            "choices": .texts(choices), "words": .texts(type.words),
            "links-to": type.linkedKind.map { .text($0) },
            "writers": .unsigned(UInt64(writers.rawValue)), "key": key.map { .text($0) },
            "urgency": .unsigned(UInt64(urgency)), "flags-several": .bool(flagsSeveral),
            "columns": .texts(columns), "spill": spill.map { .text($0) },
            "has-happened": .bool(hasHappened),
            "since": .unsigned(since),
            "choices-since": .named(choicesSince.mapValues { .unsigned($0) }),
        ])
    }
}

extension Caution {
    fileprivate var canonical: CBORValue {
        .array([.text(order.rawValue), .unsigned(UInt64(mayEase.rawValue))])
    }
}

extension Verb {
    fileprivate var canonical: CBORValue {
        .named([
            "name": .text(name), "event": .text(event), "summary": .text(summary),
            "creates": .bool(creates), "needs-reason": .bool(needsReason),
            "inputs": .array(
                inputs.map {
                    .array([
                        .text($0.field), .text($0.act.rawValue), .bool($0.isArgument),
                        .bool($0.isRequired),
                    ])
                }),
            "fixed": .array(
                fixed.map { .array([.text($0.field), $0.value.map { .text($0) } ?? .null]) }),
            "passing-on": passingOn.map {
                .texts([$0.field, $0.link, $0.event])
            },
        ])
    }
}

extension Rule {
    fileprivate var canonical: CBORValue {
        .named([
            "number": .text(number), "name": .text(name), "sentence": .text(sentence),
            "field": .text(field), "values": .texts(values),
            "unseen": .array(unseen.map(\.canonical)), "reading": reading.map { .text($0) },
        ])
    }

    private var reading: String? {
        if case .suspend(let reading) = effect { reading } else { nil }
    }
}

extension Rule.Cause {
    fileprivate var canonical: CBORValue {
        switch self {
        case .part(let field): .texts(["part", field])
        case .moreCautious(let field): .texts(["more-cautious", field])
        }
    }
}

extension CBORValue {
    /// A map from names, without those that have nothing to say.
    fileprivate static func named(_ values: [String: CBORValue?]) -> CBORValue {
        var pairs: [CBORValue: CBORValue] = [:]
        for (name, value) in values {
            guard let value, value != .array([]), value != .map([:]), value != .bool(false) else {
                continue
            }
            pairs[.text(name)] = value
        }
        return .map(pairs)
    }

    fileprivate static func texts(_ texts: [String]) -> CBORValue {
        .array(texts.map { .text($0) })
    }
}
