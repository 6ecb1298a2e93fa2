// SPDX-License-Identifier: MIT
import Reports

extension ValueKind {
    /// Why a value is none of this kind; nil where it is one.
    func problem(with value: String) -> UsageError.ValueProblem? {
        switch self {
        case .text, .suggestions, .file, .folder, .record:
            return nil
        case .integer:
            return Int(value) == nil ? .notWhole : nil
        case .date:
            do {
                _ = try Period(value)
                return nil
            } catch {
                return .notADate(error)
            }
        case .pair:
            return value.dropFirst().contains("=") && !value.hasPrefix("=")
                ? nil : .notAPair
        case .choices(let choices):
            let words = choices.map(\.word)
            if words.contains(value) { return nil }
            return .notAmong(words, nearest: Spelling.nearest(to: value, among: words))
        }
    }
}
