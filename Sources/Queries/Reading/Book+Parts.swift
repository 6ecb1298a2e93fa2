// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging
import Projections

/// One part of a record that is only ever added: a visit, a note, a letter.
package struct PartView: Hashable, Sendable {
    package enum Standing: Hashable, Sendable {
        case counts
        case void
        case corrected(CBORValue)
        /// Voided and corrected by people who had not seen each other.
        case disputed
    }

    package let field: Field
    package let entry: EntryRef
    package let time: HybridTime
    package let content: CBORValue
    /// When it happened, where that is not when it was written down.
    package let occurred: String?
    package let standing: Standing
}

extension Book {
    /// The parts of a record in timeline order.
    package func parts(of record: EntryRef) throws(Failure) -> [PartView] {
        guard let row = try store.recordRow(record), let index = row.kind else { return [] }
        let kind = vocabulary.kinds[index]
        let evaluation = evaluation(index)
        var parts: [PartView] = []
        for report in try entries(of: record) where report.aside == nil {
            for (place, field) in kind.fields.enumerated() where field.family == .entries {
                guard let content = Book.added(report.changes?[field.name]) else { continue }
                let acts = evaluation.partActs(row.state, of: place)
                let link = EncodedValue(
                    Change.link(logs.entry(at: report.place), in: Book.nobody)
                ).bytes
                var occurred: String?
                if case .text(let text)? = report.changes?[EntryNote.occurred] { occurred = text }
                parts.append(
                    PartView(
                        field: field, entry: report.place, time: report.time, content: content,
                        occurred: occurred, standing: Book.standing(acts.first { $0.part == link }))
                )
            }
        }
        return parts
    }

    // No log has this id, so that links come out with their log in full.
    private static let nobody = LogID(Bytes16(high: 0, low: 0))

    private static func added(_ change: CBORValue?) -> CBORValue? {
        guard case .array(let acts)? = change else { return nil }
        for act in acts {
            if case .array(let items) = act, items.count == 2, items[0] == .unsigned(0) {
                return items[1]
            }
        }
        return nil
    }

    private static func standing(_ act: Evaluator.PartAct?) -> PartView.Standing {
        switch act?.verdict {
        case nil: .counts
        case .void: .void
        case .corrected(let content): .corrected(content.value)
        case .disputed: .disputed
        }
    }
}
