// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections

extension Decider {
    /// What is added, by what is counted; the same thing may be named several times.
    func amounts(_ texts: [String], _ field: Field) throws(Rejection) -> [String: Int64] {
        var amounts: [String: Int64] = [:]
        for text in texts {
            let (key, value) = try reader.keyed(text, for: field)
            amounts[key] = try sum(Int128(amounts[key] ?? 0), value.amount, of: key)
        }
        return amounts
    }

    /// A total that no number of 64 bits holds is refused, as far as the totals are known here.
    func checkTotals(
        _ change: Change, _ field: Field, _ record: RecordView?
    ) throws(Rejection) {
        guard case .counted(let amounts) = change,
            case .tally(let totals)? = record?.field(field.name)?.content
        else { return }
        for (key, amount) in amounts {
            let total = totals.first { $0.key.utf8.elementsEqual(key.utf8) }
            _ = try sum(total?.value ?? 0, amount, of: key)
        }
    }

    /// A correction is of what was counted: under another name it would be a count of its own.
    func checkCorrected(_ change: Change, _ field: Field, _ wish: Command) throws(Rejection) {
        guard wish.verb.needsReason, let record = wish.record,
            case .counted(let amounts) = change
        else { return }
        var known: [String] = []
        if case .tally(let sums)? = record.field(field.name)?.content { known = sums.map(\.key) }
        for name in amounts.keys.sorted() where known.contains(name) == false {
            let names = known.sorted().prefix(8).map { "'\($0)'" }.listed
            throw Rejection(
                "Nothing was counted as '\(name)' on this \(wish.kind.name), so that there is "
                    + "nothing to correct.",
                advice: known.isEmpty
                    ? "Nothing was written." : "Counted were \(names). Nothing was written.")
        }
    }

    private func sum(
        _ left: Int128, _ right: Int64, of key: String
    ) throws(Rejection) -> Int64 {
        guard let sum = Int64(exactly: left + Int128(right)) else {
            throw Rejection(
                "The total of '\(key)' would be larger than can be counted.",
                advice: "Check the number; nothing was written.")
        }
        return sum
    }
}

extension CBORValue {
    /// An integer's amount; 0 for anything else.
    var amount: Int64 {
        switch self {
        case .unsigned(let value): Int64(clamping: value)
        case .negative(let value): value
        case .bytes, .text, .array, .map, .bool, .null: 0
        }
    }
}
