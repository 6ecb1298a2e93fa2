// SPDX-License-Identifier: MIT

extension KindCheck {
    var shapeFaults: [String] {
        var faults = unknown([shape.title], "the title") + unknown(shape.listed, "the list")
        faults += unknown([shape.alias, shape.naturalKey].compactMap { $0 }, "the reference")
        faults += unknown(shape.harmless, "what is harmless") + unknown(shape.kept, "what is kept")
        faults += unknown([shape.restriction].compactMap(\.self), "what restricts it")
        faults += unknown(shape.demands.map(\.field), "a demand")
        guard let name = shape.status else {
            let isAsked = shape.closed.isEmpty == false || shape.demands.isEmpty == false
            return isAsked ? faults + ["nothing is closed or asked for without a status"] : faults
        }
        faults += unknown([name], "the status")
        let choices = field(name)?.choices ?? []
        return faults
            + shape.closed.filter { choices.contains($0) == false }
            .map { "'\($0)' closes it and is no choice of '\(name)'" }
            + shape.demands.flatMap(\.values).filter { choices.contains($0) == false }
            .map { "'\($0)' asks for something and is no choice of '\(name)'" }
            + shape.kept.filter { field($0)?.family != .set }.map { "'\($0)' is kept and no set" }
    }

    var fieldFaults: [String] {
        return fields.flatMap { field in
            faults(of: field).map { "the field '\(field.name)' \($0)" }
        } + columnFaults
    }

    /// A header of a CSV has one field; a field may be called by its own name twice.
    private var columnFaults: [String] {
        var owners: [String: Set<String>] = [:]
        for field in fields {
            for column in [field.name] + field.columns {
                owners[column, default: []].insert(field.name)
            }
        }
        return owners.filter { $0.value.count > 1 }.keys
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { "two fields take the column '\($0)'" }
    }

    private func faults(of field: Field) -> [String] {
        var faults = doubles(field.choices, "choice").map { "says that \($0)" }
        if case .choice = field.type, field.choices.isEmpty { faults.append("has no choices") }
        faults += field.choicesSince.keys.filter { field.choices.contains($0) == false }
            .map { "says since when '\($0)' is known, which is no choice" }
        if let spill = field.spill, self.field(spill)?.family != .set {
            faults.append("spills into '\(spill)', which is no set")
        }
        if field.flagsSeveral, field.family != .set { faults.append("flags several and is no set") }
        return faults + familyFaults(field)
    }

    private func familyFaults(_ field: Field) -> [String] {
        let isKeyed = field.key != nil
        switch field.family {
        case .latest: return []
        case .cautious(let caution):
            let isFitting =
                switch (caution.order, field.type) {
                case (.listed, .choice), (.lesser, .date), (.lesser, .integer), (.lesser, .flag),
                    (.greater, .date), (.greater, .integer), (.greater, .flag):
                    true
                case (_, .text), (_, .longText), (_, .code), (_, .choice), (_, .date),
                    (_, .integer), (_, .flag), (_, .link):
                    false
                }
            return isFitting ? [] : ["is cautious in an order that its values do not have"]
        case .standing, .set, .entries: return isKeyed ? ["has a key and cannot have one"] : []
        case .tally, .reading:
            let isCounted = field.type == .integer || field.family == .reading
            return (isKeyed ? [] : ["has no key"]) + (isCounted ? [] : ["counts and is no number"])
        }
    }
}
