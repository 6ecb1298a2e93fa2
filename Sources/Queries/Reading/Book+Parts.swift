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
        guard let row = try store.recordRow(record, logs: rows.count), let index = row.kind else {
            return []
        }
        let kind = vocabulary.kinds[index]
        let evaluation = evaluation(index)
        var verdicts: [Int: [PartName: Evaluator.PartAct.Verdict]] = [:]
        for (place, field) in kind.fields.enumerated() where field.family == .entries {
            for act in evaluation.partActs(row.state, of: place) {
                verdicts[place, default: [:]][act.part] = act.verdict
            }
        }
        try seen.causality.check()
        var parts: [PartView] = []
        for report in try entries(of: record) where report.isFolded {
            for (place, field) in kind.fields.enumerated() where field.family == .entries {
                guard let content = Book.added(report.changes?[field.name], to: field) else {
                    continue
                }
                let name = PartName(logs.entry(at: report.place))
                var occurred: String?
                if case .text(let text)? = report.changes?[EntryNote.occurred] { occurred = text }
                parts.append(
                    PartView(
                        field: field, entry: report.place, time: report.time, content: content,
                        occurred: occurred, standing: Book.standing(verdicts[place]?[name]))
                )
            }
        }
        return parts
    }

    private static func added(_ change: CBORValue?, to field: Field) -> CBORValue? {
        guard let change, case .parts(let acts)? = Change(change, of: field) else { return nil }
        for act in acts {
            if case .added(let content) = act { return content.encoded }
        }
        return nil
    }

    private static func standing(_ verdict: Evaluator.PartAct.Verdict?) -> PartView.Standing {
        switch verdict {
        case nil: .counts
        case .void: .void
        case .corrected(let content): .corrected(content.value)
        case .disputed: .disputed
        }
    }
}
