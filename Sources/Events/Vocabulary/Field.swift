// SPDX-License-Identifier: MIT

/// A part of a record: what it holds, who writes it, and how clashes on it come out.
package struct Field: Hashable, Sendable {
    /// The key in bodies, in options and in JSON: `[a-z][a-z0-9-]*`.
    package let name: String
    /// What a person reads beside the value.
    package let label: String
    package let family: Family
    package let type: ValueType
    /// Who may write it.
    package let writers: Roles
    /// What the key of a keyed field stands for (`metric`, `period|source`); nil for a plain field.
    package let key: String?
    /// How soon a conflict on it wants a person: 0 first.
    package let urgency: Int
    /// Whether two values added by people who had not seen each other need a look.
    package let flagsSeveral: Bool
    /// Other headers that a CSV may have for it.
    package let columns: [String]
    /// Where a CSV's further values go when one cell has several and this field takes one.
    package let spill: String?
    /// Whether its date is that of something that was done: it is not in the future.
    package let hasHappened: Bool
    /// The vocabulary's number from which on programs know it.
    package let since: UInt64
    /// The same of choices that came later than the field.
    package let choicesSince: [String: UInt64]

    package init(
        _ name: String, _ label: String, _ family: Family, _ type: ValueType,
        options: Options = Options()
    ) {
        self.name = name
        self.label = label
        self.family = family
        self.type = type
        writers = options.writers
        key = options.key
        urgency = options.urgency
        flagsSeveral = options.flagsSeveral
        columns = options.columns
        spill = options.spill
        hasHappened = options.hasHappened
        since = options.since
        choicesSince = options.choicesSince
    }

    /// What most fields leave as it is.
    package struct Options: Hashable, Sendable {
        var writers: Roles = .staff
        var key: String?
        var urgency = 2
        var flagsSeveral = false
        var columns: [String] = []
        var spill: String?
        var hasHappened = false
        var since: UInt64 = 1
        var choicesSince: [String: UInt64] = [:]

        package init(
            writers: Roles = .staff, key: String? = nil, urgency: Int = 2,
            flagsSeveral: Bool = false, columns: [String] = [], spill: String? = nil,
            hasHappened: Bool = false, since: UInt64 = 1, choicesSince: [String: UInt64] = [:]
        ) {
            self.writers = writers
            self.key = key
            self.urgency = urgency
            self.flagsSeveral = flagsSeveral
            self.columns = columns
            self.spill = spill
            self.hasHappened = hasHappened
            self.since = since
            self.choicesSince = choicesSince
        }
    }

    /// Whether its words can be found by a search.
    package var isSearchable: Bool {
        switch type {
        case .text, .longText, .code: true
        case .choice, .date, .integer, .flag, .link: false
        }
    }

    /// Which values are the more cautious, where the family asks.
    package var caution: Caution? {
        if case .cautious(let caution) = family { caution } else { nil }
    }

    /// The form of its changes.
    package var changeForm: Change.Form {
        switch family {
        case .latest, .cautious, .standing: key == nil ? .register : .keyed
        case .reading: .keyed
        case .set: .set
        case .tally: .tally
        case .entries: .parts
        }
    }

    /// The choices, most cautious first; empty for other types.
    package var choices: [String] {
        if case .choice(let names) = type { names } else { [] }
    }
}
