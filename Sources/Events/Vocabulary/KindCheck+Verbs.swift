// SPDX-License-Identifier: MIT

extension KindCheck {
    var verbFaults: [String] {
        let makers = verbs.filter(\.creates).map(\.name)
        return (makers.count > 1 ? ["several verbs create one: \(makers)"] : [])
            + verbs.flatMap { verb in faults(of: verb).map { "the verb '\(verb.name)' \($0)" } }
    }

    private func faults(of verb: Verb) -> [String] {
        var faults = verb.inputs.flatMap { input -> [String] in
            guard let field = field(input.field) else {
                return ["names '\(input.field)', which is no field"]
            }
            return isFitting(input.act, field.family)
                ? [] : ["does with '\(field.name)' what cannot be done with it"]
        }
        faults += verb.fixed.flatMap { fixed -> [String] in
            guard let field = field(fixed.field) else {
                return ["fixes '\(fixed.field)', which is no field"]
            }
            guard let value = fixed.value, field.choices.isEmpty == false else { return [] }
            return field.choices.contains(value)
                ? [] : ["fixes '\(field.name)' at '\(value)', which is no choice"]
        }
        guard let passing = verb.passingOn else { return faults }
        if case .link? = field(passing.link)?.type {
        } else {
            faults.append("passes on to '\(passing.link)', which is no link")
        }
        return faults + unknown([passing.field], "what it passes on")
    }

    private func isFitting(_ act: Verb.Act, _ family: Family) -> Bool {
        switch act {
        case .write: true
        case .remove: family == .set
        case .void, .correct: family == .entries
        }
    }

    var ruleFaults: [String] {
        rules.flatMap { rule in faults(of: rule).map { "the rule '\(rule.name)' \($0)" } }
    }

    private func faults(of rule: Rule) -> [String] {
        var faults = unknown([rule.field], "it")
        let choices = field(rule.field)?.choices ?? []
        faults += rule.values.filter { choices.contains($0) == false }
            .map { "asks for '\($0)', which is no choice of '\(rule.field)'" }
        return faults
            + rule.unseen.compactMap { cause in
                switch cause {
                case .part(let name) where field(name)?.family != .entries:
                    "asks for parts of '\(name)', which has none"
                case .moreCautious(let name) where field(name)?.caution == nil:
                    "asks for caution of '\(name)', which has none"
                case .part, .moreCautious: nil
                }
            }
    }

    /// Nobody closes over harm because a declaration forgot it.
    var closingFaults: [String] {
        guard let status = shape.status, shape.closed.isEmpty == false else { return [] }
        let closing = rules.filter { rule in
            rule.field == status && rule.values.contains { shape.closed.contains($0) }
        }
        let named = Set(closing.flatMap(\.unseen).map(\.field))
        let protective = fields.filter {
            $0.name != status && ($0.caution != nil || $0.family == .entries)
        }.map(\.name)
        return protective.filter { (named.contains($0) || shape.harmless.contains($0)) == false }
            .map { "'\($0)' is in no rule about closing and is not said to be harmless to it" }
            + shape.harmless.filter { named.contains($0) }
            .map { "'\($0)' is said to be harmless and is in a rule about closing" }
    }
}
