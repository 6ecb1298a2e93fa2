// SPDX-License-Identifier: MIT
import Basics
import Events

extension ValueReader {
    /// What a table prints, as `value` takes it: a date without its time, the week that begins on
    /// a day as that day, pounds without their pence where there are none.
    ///
    /// Throws where nothing can be made of it.
    func printed(_ text: String, for field: Field) throws(Rejection) -> String {
        // What is counted or read off under a name has its own form.
        if field.key != nil { return text }
        switch field.family {
        case .tally, .reading: return text
        case .latest, .cautious, .standing, .set, .entries: break
        }
        do throws(Rejection) {
            _ = try value(text, for: field)
        } catch let rejection {
            guard let plain = plain(text, field) else { throw rejection }
            _ = try value(plain, for: field)
            try checkDate(plain, field)
            return plain
        }
        try checkDate(text, field)
        if field.type == .code, text.contains(where: { "?()*".contains($0) }) {
            throw Rejection("\(field.label) takes a short code, and '\(text)' is none.")
        }
        return text
    }

    /// A table means the same whenever it is read: a day without its year has to be said whole.
    private func checkDate(_ text: String, _ field: Field) throws(Rejection) {
        guard case .date(let words) = field.type, words.contains(text.lowercasedASCII) == false
        else { return }
        let days = ["1990-07-01", "2031-02-03"].map { CalendarDate.written(text, today: $0) }
        guard days[0] != days[1] else { return }
        throw Rejection(
            "\(field.label) takes a date with its year, and '\(text)' has none.",
            advice: "Write it as 2015-03-14 or 14/3/2015.")
    }

    private func plain(_ text: String, _ field: Field) -> String? {
        switch field.type {
        case .date:
            let words = text.split(separator: " ").map(String.init)
            let starts = ["w/c", "wc", "w/b", "wb", "from", "by", "before"]
            if words.count > 1, starts.contains(words[0].lowercased()) {
                return words.dropFirst().joined(separator: " ")
            }
            if words.count > 1, let last = words.last, last.isTimeOfDay {
                return words.dropLast().joined(separator: " ")
            }
            let halves = text.split(separator: "T")
            return halves.count == 2 && String(halves[1]).isTimeOfDay ? String(halves[0]) : nil
        case .integer:
            let digits = text.hasPrefix("\u{A3}") ? String(text.dropFirst()).trimmed : text
            guard digits.hasSuffix(".00") || digits != text else { return nil }
            return digits.hasSuffix(".00") ? String(digits.dropLast(3)) : digits
        case .text, .longText, .code, .choice, .flag, .link: return nil
        }
    }
}

extension String {
    /// `09:15`, `9:15:00`, `09:15:00.000Z`.
    fileprivate var isTimeOfDay: Bool {
        let parts = split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts[0].utf8.count <= 2, parts[1].utf8.count == 2
        else { return false }
        return utf8.allSatisfy { (48...57).contains($0) || ":.Z".utf8.contains($0) }
    }
}
