// SPDX-License-Identifier: MIT
package import Basics

/// A report is frozen: what it says, and from which entries it was made.
///
/// `Docs/Formats/Files.md` is normative. This program carries such entries and draws nothing from
/// them yet.
package struct PublishedReport: Hashable, Sendable {
    /// `board-2026-03`.
    package let name: String
    package let title: String
    /// How far each log was read; nothing else is in it.
    package let heads: [PinnedEntry]
    /// What was asked for, by name.
    package let parameters: [String: CBORValue]
    /// The version of the program that made it.
    package let program: String
    /// The fingerprint of the vocabulary by which it was made.
    package let vocabulary: Bytes32
    /// The tables, as JSON.
    package let data: FileValue
    /// The earlier report of which this is the next edition, or the redacted form.
    package let replaces: PinnedEntry?

    package init(
        _ name: String, title: String, heads: [PinnedEntry], parameters: [String: CBORValue],
        made program: String, by vocabulary: Bytes32, data: FileValue,
        replaces: PinnedEntry? = nil
    ) {
        self.name = name
        self.title = title
        self.heads = heads
        self.parameters = parameters
        self.program = program
        self.vocabulary = vocabulary
        self.data = data
        self.replaces = replaces
    }

    /// Nil for an entry of another type, and for one that says nothing that can be used.
    package init?(type: String, _ changes: CBORValue) {
        guard type == EventName.reportPublished, let body = RosterBody(changes),
            let name = body.text("name"), let title = body.text("title"),
            let heads = body.pinned("heads"), let parameters = body["parameters"]?.named,
            parameters.values.allSatisfy(\.isFieldValue), let program = body.text("program"),
            let vocabulary = body.bytes32("vocabulary"),
            let data = body["data"].flatMap(FileValue.init)
        else { return nil }
        var replaces: PinnedEntry?
        if body["replaces"] != nil {
            replaces = body.onePinned("replaces")
            guard replaces != nil else { return nil }
        }
        self.init(
            name, title: title, heads: heads, parameters: parameters, made: program,
            by: vocabulary, data: data, replaces: replaces)
    }

    /// The event whose entry says this.
    package var event: Event {
        var body = RosterBody()
        body["name"] = .text(name)
        body["title"] = .text(title)
        body["heads"] = .array(heads.map(\.value))
        body["parameters"] = .map(named: parameters)
        body["program"] = .text(program)
        body["vocabulary"] = .bytes(vocabulary.array)
        body["data"] = data.value
        body["replaces"] = replaces?.value
        return Event(EventName.reportPublished, .none, body.values)
    }
}
