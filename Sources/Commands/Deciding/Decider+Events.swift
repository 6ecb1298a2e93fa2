// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections

extension Decider {
    /// The event of the wish, and the one that it passes on to a linked record.
    func events(_ wish: Command, _ changes: [String: CBORValue]) -> [Event] {
        var body = changes
        if let reason = wish.notes.reason?.trimmed, reason.isEmpty == false {
            body[EntryNote.reason] = .text(reason)
        }
        if let occurred = wish.notes.occurred { body[EntryNote.occurred] = .text(occurred) }
        let type = "\(wish.kind.name).\(wish.verb.event)"
        let subject = wish.record.map { EventSubject.record($0.id) } ?? .creates
        let event = Event(type, subject, body)
        guard let passing = wish.verb.passingOn, let change = changes[passing.field],
            let linked = linkedRecord(changes[passing.link]),
            case .link(let kind?)? = wish.kind.field(passing.link)?.type
        else { return [event] }
        let second = Event(
            "\(kind).\(passing.event)", .record(linked), [passing.field: change],
            links: [EntryNote.cause: 0])
        return [event, second]
    }

    private func linkedRecord(_ link: CBORValue?) -> EntryID? {
        link.flatMap { Link($0) }?.entry(in: author.log)
    }

    /// Whether a change would leave the record as it is and settle nothing.
    ///
    /// Of a field with a protective side no said value is: who says that the risk is high still
    /// outweighs someone who eases it out of their sight.
    func isIdle(_ change: CBORValue, _ field: Field, _ record: RecordView?) -> Bool {
        guard let view = record?.field(field.name), view.isDisputed == false,
            record?.findings.contains(where: { $0.field == field.name }) != true
        else { return false }
        switch view.content {
        case .registers:
            if case .cautious = field.family { return false }
            return field.key == nil && view.shown.value == normal(change, field)
        case .set(let elements, _):
            guard case .set(let added, let removed)? = Change(change, of: field) else {
                return false
            }
            let present = elements.map(\.value)
            return added.allSatisfy { present.contains(normal($0, field)) }
                && removed.allSatisfy { present.contains(normal($0, field)) == false }
        case .tally, .parts: return false
        }
    }

    /// What is taken out has to be there: a slip of the pen would take out nothing, and say so to
    /// nobody.
    func checkRemoved(_ values: [CBORValue], _ field: Field, _ wish: Command) throws(Rejection) {
        var present: [CBORValue] = []
        if case .set(let elements, _)? = wish.record?.field(field.name)?.content {
            present = elements.map(\.value)
        }
        for value in values where present.contains(normal(value, field)) == false {
            let name = if case .text(let text) = value { "'\(text)'" } else { "That record" }
            let there = present.compactMap { if case .text(let text) = $0 { text } else { nil } }
            throw Rejection(
                "\(name) is not among the \(field.label.lowercasedASCII) of this "
                    + "\(wish.kind.name).",
                advice: there.isEmpty
                    ? "Nothing was written."
                    : "There are: \(there.prefix(8).joined(separator: "; ")). Nothing was written.")
        }
    }

    /// What a status brings with it, whichever verb writes it: a record that is open again has no
    /// outcome, and one that is closed has its day.
    func addFollowing(
        _ changes: inout [String: CBORValue], _ kind: Kind, _ record: RecordView
    ) throws(Rejection) {
        guard let status = kind.status, case .text(let value)? = changes[status] else { return }
        let isClosed = kind.closed.contains(value)
        let verb = kind.verbs.first { verb in
            verb.creates == false
                && verb.fixed.contains { $0.field == status && $0.value == value }
        }
        guard
            let verb = verb ?? kind.verbs.first(where: { isClosed == false && kind.isOpening($0) })
        else { return }
        for fixed in verb.fixed where fixed.field != status && changes[fixed.field] == nil {
            let field = kind.declared(fixed.field)
            let isThere = record.field(fixed.field)?.shown.isNull == false
            if let said = fixed.value {
                if isThere == false { changes[field.name] = try reader.value(said, for: field) }
            } else if isThere {
                changes[field.name] = .null
            }
        }
    }

    /// A link with its log in full, as views have it.
    func normal(_ value: CBORValue, _ field: Field) -> CBORValue {
        guard case .link = field.type, let link = Link(value), link.log == nil else {
            return value
        }
        return Link(link.entry(in: author.log)).value
    }

    /// What to say to someone whose write eases a field that only others may ease.
    func easing(_ change: CBORValue, _ field: Field, _ record: RecordView?) -> String? {
        guard case .cautious(let caution) = field.family, field.key == nil,
            caution.mayEase.allows(author.role) == false,
            let shown = record?.field(field.name)?.shown, shown.isNull == false
        else { return nil }
        let isMore = Caution.isMoreCautious(shown, EncodedValue(change), field, caution)
        guard isMore else { return nil }
        return "\(field.label) still reads as before: a coordinator decides whether it is eased, "
            + "and sees what you wrote."
    }
}
