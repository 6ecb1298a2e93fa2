// SPDX-License-Identifier: MIT

/// A kind of thing that people record. Everything the program knows of it is here.
///
/// A class, since it is handed on with every record and holds much.
package final class Kind: Hashable, Sendable {
    /// `case`: in event names, in verbs, in JSON.
    package let name: String
    package let plural: String
    package let summary: String
    /// The field that names a record in lists.
    package let title: String
    /// The field whose value says how far it has come, if it has one.
    package let status: String?
    /// Values of `status` that mean nothing more is to be done.
    package let closed: [String]
    /// The columns of a list, after reference and title.
    package let listed: [String]
    /// The field whose value is a reference that people may use instead of the record's own.
    package let alias: String?
    /// The field whose equal values mean the same thing recorded twice.
    package let naturalKey: String?
    /// Parts and cautious fields that closing such a record without having seen them does no harm
    /// to; every other one is named by a rule about closing.
    package let harmless: [String]
    /// The vocabulary's number from which on programs know it.
    package let since: UInt64
    package let fields: [Field]
    package let verbs: [Verb]
    package let rules: [Rule]

    package init(
        _ name: String, _ plural: String, _ summary: String, shape: Shape, fields: [Field],
        verbs: [Verb], rules: [Rule] = []
    ) {
        self.name = name
        self.plural = plural
        self.summary = summary
        title = shape.title
        status = shape.status
        closed = shape.closed
        listed = shape.listed
        alias = shape.alias
        naturalKey = shape.naturalKey
        harmless = shape.harmless
        since = shape.since
        self.fields = fields
        self.verbs = verbs
        self.rules = rules
    }

    /// Which fields play which part.
    package struct Shape: Hashable, Sendable {
        var title: String
        var status: String?
        var closed: [String] = []
        var listed: [String] = []
        var alias: String?
        var naturalKey: String?
        var harmless: [String] = []
        var since: UInt64 = 1

        package init(
            title: String, status: String? = nil, closed: [String] = [], listed: [String] = [],
            alias: String? = nil, naturalKey: String? = nil, harmless: [String] = [],
            since: UInt64 = 1
        ) {
            self.title = title
            self.status = status
            self.closed = closed
            self.listed = listed
            self.alias = alias
            self.naturalKey = naturalKey
            self.harmless = harmless
            self.since = since
        }
    }

    /// A kind is itself and no other, however alike.
    package static func == (left: Kind, right: Kind) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

    package func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    package func verb(_ name: String) -> Verb? { verbs.first { $0.name == name } }

    package func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
}
