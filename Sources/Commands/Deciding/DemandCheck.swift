// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections

/// What a status asks for, and what a record is not left without.
struct DemandCheck {
    private let wish: Command
    private var kind: Kind { wish.kind }

    init(_ wish: Command) { self.wish = wish }

    func check(_ changes: [String: CBORValue]) throws(Rejection) {
        try checkReopening()
        if wish.origin != .earlierRecord, let status = kind.status,
            case .text(let value)? = changes[status]
        {
            for demand in kind.demands where demand.values.contains(value) {
                guard saysNothing(demand.field, changes) else { continue }
                throw Rejection(demand.sentence, advice: advice(demand, value))
            }
        }
        for name in kind.kept { try checkKept(kind.declared(name), changes[name]) }
    }

    /// What was never closed is not opened again, unless people disagree on that.
    private func checkReopening() throws(Rejection) {
        guard let record = wish.record, let status = kind.status, wish.verb.needsReason,
            kind.isOpening(wish.verb), record.isOpen, record.conflicts(on: status).isEmpty
        else { return }
        throw Rejection(
            "This \(kind.name) is not closed: it reads '\(record.status)'.",
            advice: "Nothing was written.")
    }

    /// Whether neither the record nor what is to be written says something under a field.
    private func saysNothing(_ name: String, _ changes: [String: CBORValue]) -> Bool {
        if let change = changes[name] { return change == .null }
        guard let view = wish.record?.field(name) else { return true }
        switch view.content {
        case .registers: return view.shown.isNull
        case .set(let elements, _): return elements.isEmpty
        case .tally(let sums): return sums.isEmpty
        case .parts(let parts): return parts.counted == 0
        }
    }

    private func advice(_ demand: Demand, _ value: String) -> String {
        if wish.verb.inputs.contains(where: { $0.field == demand.field && $0.act == .write }) {
            return "Give it with --\(demand.field); nothing was written."
        }
        let verb = kind.verbs.first { verb in
            verb.fixed.contains { $0.field == kind.status && $0.value == value }
                && verb.inputs.contains { $0.field == demand.field }
        }
        let name = verb.map { "'beatbook \(kind.name) \($0.name)' takes both; " } ?? ""
        return "\(name)nothing was written."
    }

    private func checkKept(_ field: Field, _ change: CBORValue?) throws(Rejection) {
        guard let change, case .set(let adding, let removing)? = Change(change, of: field),
            adding.isEmpty, removing.isEmpty == false,
            case .set(let elements, _)? = wish.record?.field(field.name)?.content,
            elements.isEmpty == false
        else { return }
        let taken = Set(removing.map { EncodedValue($0) })
        guard elements.allSatisfy(taken.contains) else { return }
        throw Rejection(
            "That would leave the \(kind.name) without \(field.label.lowercasedASCII).",
            advice: "Add another first; nothing was written.")
    }
}
