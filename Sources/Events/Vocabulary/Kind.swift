// SPDX-License-Identifier: MIT

/// A kind of thing that people record. Everything the program knows of it is here.
///
/// A class, since it is handed on with every record and holds much.
package final class Kind: Hashable, Sendable {
    /// `case`: in event names, in verbs, in JSON.
    package let name: String
    package let plural: String
    package let summary: String
    package let shape: Shape
    package let fields: [Field]
    package let verbs: [Verb]
    package let rules: [Rule]

    package init(
        _ name: String, _ plural: String, _ summary: String, shape: Shape, fields: [Field],
        verbs: [Verb], rules: [Rule] = []
    ) {
        let check = KindCheck(
            name, plural, shape: shape, fields: fields, verbs: verbs, rules: rules)
        precondition(check.faults.isEmpty, check.faults.joined(separator: " "))
        self.name = name
        self.plural = plural
        self.summary = summary
        self.shape = shape
        self.fields = fields
        self.verbs = verbs
        self.rules = rules
    }

    /// Which fields play which part.
    package struct Shape: Hashable, Sendable {
        /// The field that names a record in lists.
        package var title: String
        /// The field whose value says how far it has come, if it has one.
        package var status: String?
        /// Values of `status` that mean nothing more is to be done.
        package var closed: [String] = []
        /// The columns of a list, after reference and title.
        package var listed: [String] = []
        /// The field whose value is a reference that people may use instead of the record's own.
        package var alias: String?
        /// The field whose equal values mean the same thing recorded twice.
        package var naturalKey: String?
        /// Parts and cautious fields that closing such a record without having seen them does no
        /// harm to; every other one is named by a rule about closing.
        package var harmless: [String] = []
        /// What values of `status` ask for.
        package var demands: [Demand] = []
        /// Sets that are not left empty once they hold something.
        package var kept: [String] = []
        /// The flag that keeps a record out of files that leave the partnership.
        package var restriction: String?
        /// The vocabulary's number from which on programs know it.
        package var since: UInt64 = 1

        package init(
            title: String, status: String? = nil, closed: [String] = [], listed: [String] = [],
            alias: String? = nil, naturalKey: String? = nil, harmless: [String] = [],
            demands: [Demand] = [], kept: [String] = [], restriction: String? = nil,
            since: UInt64 = 1
        ) {
            self.title = title
            self.status = status
            self.closed = closed
            self.listed = listed
            self.alias = alias
            self.naturalKey = naturalKey
            self.harmless = harmless
            self.demands = demands
            self.kept = kept
            self.restriction = restriction
            self.since = since
        }
    }

    /// A kind is itself and no other, however alike.
    package static func == (left: Kind, right: Kind) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

    package var title: String { shape.title }
    package var status: String? { shape.status }
    package var closed: [String] { shape.closed }
    package var listed: [String] { shape.listed }
    package var alias: String? { shape.alias }
    package var naturalKey: String? { shape.naturalKey }
    package var harmless: [String] { shape.harmless }
    package var demands: [Demand] { shape.demands }
    package var kept: [String] { shape.kept }
    package var restriction: String? { shape.restriction }
    package var since: UInt64 { shape.since }

    package func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    /// A field that a verb, a rule or a list of the kind names: a kind without it cannot be made.
    package func declared(_ name: String) -> Field { fields[place(of: name)] }

    /// Where a field stands that a verb, a rule or a list of the kind names.
    package func place(of name: String) -> Int {
        guard let place = index(of: name) else {
            preconditionFailure("the kind '\(self.name)' has no field '\(name)'")
        }
        return place
    }

    package func verb(_ name: String) -> Verb? { verbs.first { $0.name == name } }

    /// Whether a verb has a finished record count as open again.
    package func isOpening(_ verb: Verb) -> Bool {
        verb.creates == false
            && verb.fixed.contains { fixed in
                guard fixed.field == status, let value = fixed.value else { return false }
                return closed.contains(value) == false
            }
    }

    package func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
}
