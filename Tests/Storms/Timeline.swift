// SPDX-License-Identifier: MIT
import Basics
import Logs
import Replicas

/// What happened in a storm, a line a deed, in the notation of the pages: `b3` is the third entry
/// of device b's log, `b'3` that of its second log.
struct Timeline {
    private var lines: [String] = []
    private var namesByLog: [LogID: String] = [:]
    private var countsByDevice: [Character: Int] = [:]

    var text: String { lines.joined(separator: "\n") }

    mutating func say(_ station: Station?, _ deed: String) {
        let who = station.map { String($0.name) } ?? "-"
        let number = String(lines.count + 1)
        lines.append(
            String(repeating: " ", count: max(0, 4 - number.count)) + "\(number)  \(who)  \(deed)")
    }

    mutating func add(_ words: String) {
        guard let last = lines.popLast() else { return }
        lines.append(last + words)
    }

    /// The entry as people write it.
    mutating func name(_ entry: EntryID, of station: Station) -> String {
        if let known = namesByLog[entry.log] { return "\(known)\(entry.seq)" }
        let count = countsByDevice[station.name] ?? 0
        countsByDevice[station.name] = count + 1
        let name = String(station.name) + String(repeating: "'", count: count)
        namesByLog[entry.log] = name
        return "\(name)\(entry.seq)"
    }

    func name(_ entry: EntryID) -> String {
        "\(namesByLog[entry.log] ?? "?\(entry.log.hex.prefix(6))-")\(entry.seq)"
    }
}
