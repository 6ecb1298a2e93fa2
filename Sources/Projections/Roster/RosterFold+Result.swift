// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

extension RosterFold {
    func result() -> Roster {
        Roster(
            devices: devices, admissions: admissions, epochs: epochs, recovery: recovery.keys,
            formerWords: recovery.former, findings: findings, looksAhead: looksAhead)
    }

    private var devices: [Device] {
        inOrder.map { key, entrance, callSign in
            Device(
                key: key, boxKey: entrance.said.boxKey, role: entrance.role,
                rank: entrance.role.rank, holder: entrance.said.holder.name,
                agency: entrance.said.holder.agency, callSign: callSign,
                isCut: cutKeys.contains(key))
        }
    }

    private var admissions: [LogIndex: Admission] {
        var admissions: [LogIndex: Admission] = [:]
        for (key, _, callSign) in inOrder {
            for (index, suffix) in suffixes(of: ownLogs(key)) {
                admissions[index] = Admission(
                    spans: spans(of: index), limit: limits[index] ?? .max,
                    callSign: callSign + suffix)
            }
        }
        // An auditor may write of no record, and nor may they.
        let span = Admission.Span(from: 1, role: .auditor, by: nil)
        let logs = recovery.signers.flatMap { context.logsByKey[$0] ?? [] }
        for (index, suffix) in suffixes(of: logs) {
            admissions[index] = Admission(
                spans: [span], limit: recovery.lastSeqs[index] ?? 0,
                callSign: "recovery" + suffix)
        }
        return admissions
    }

    /// What tells a device's nodes apart: a letter for each log, and for a branch the start of what
    /// it is known by, so that no other one that comes later takes its name.
    private func suffixes(of nodes: [LogIndex]) -> [LogIndex: String] {
        var letters: [LogID: String] = [:]
        for node in nodes where letters[context.logs.id(of: node)] == nil {
            letters[context.logs.id(of: node)] = RosterFold.letter(letters.count)
        }
        let names = Dictionary(
            nodes.filter { context.logs.branch(of: $0) != nil }
                .map { ($0, Base32.text(context.logs.first(of: $0).array)) },
            uniquingKeysWith: { first, _ in first })
        var suffixes: [LogIndex: String] = [:]
        for node in nodes {
            let letter = letters[context.logs.id(of: node)] ?? ""
            guard let name = names[node] else {
                suffixes[node] = letter
                continue
            }
            let length = (2...name.count).first { length in
                names.values.count { $0.hasPrefix(name.prefix(length)) } == 1
            }
            suffixes[node] = "\(letter)~\(name.prefix(length ?? name.count))"
        }
        return suffixes
    }

    /// What the entries of a log were enrolled as: the highest rank that an enrolment gives.
    private func spans(of log: LogIndex) -> [Admission.Span] {
        guard let known = context.key(of: log).flatMap({ entrances[$0] }) else { return [] }
        let holdings = holdings[log] ?? []
        var spans: [Admission.Span] = []
        for from in Set(holdings.flatMap { $0?.steps.map(\.from) ?? [] }).sorted() {
            let number = holdings.enumerated().lazy.compactMap { index, holding in
                holding?.number(at: from).flatMap {
                    known.all[$0].role.rank == index + 1 ? $0 : nil
                }
            }.first
            let entrance = number.map { known.all[$0] }
            let span = Admission.Span(from: from, role: entrance?.role, by: entrance?.place)
            if spans.last.map({ $0.role == span.role && $0.by == span.by }) ?? (span.role == nil) {
                continue
            }
            spans.append(span)
        }
        return spans
    }

    /// A device's logs, each after the one it followed, others by id.
    private func ownLogs(_ key: DeviceKey) -> [LogIndex] {
        let own = (context.logsByKey[key] ?? []).compactMap { index in
            context.identities[index].map { (index: index, log: $0) }
        }
        var depths: [LogIndex: Int] = [:]
        for (index, log) in own { depths[index] = context.ancestors(of: log.id).count }
        return own.sorted { left, right in
            let (first, second) = (depths[left.index] ?? 0, depths[right.index] ?? 0)
            return first != second
                ? first < second
                : context.order.precedes(
                    context.start(of: left.index), context.start(of: right.index))
        }.map(\.index)
    }

    /// Enrolments in the order they were made, with call signs that nobody else has.
    private var inOrder: [(key: DeviceKey, entrance: Entrance, callSign: String)] {
        let holding = entrances.compactMap { key, known in
            known.present.map { (key: key, entrance: known.all[$0.number]) }
        }
        let sorted = holding.sorted { left, right in
            left.entrance.time != right.entrance.time
                ? left.entrance.time < right.entrance.time : left.key < right.key
        }
        var uses: [String: Int] = [:]
        return sorted.map { key, entrance in
            let given = entrance.said.holder.callSign
            let sign = given.isEmpty ? "X" : given
            let use = uses[sign, default: 0]
            uses[sign] = use + 1
            return (key, entrance, sign + RosterFold.letter(use))
        }
    }

    /// Nothing for the first, then b, c and so on; numbers after z.
    private static func letter(_ place: Int) -> String {
        guard place > 0 else { return "" }
        guard place < 26 else { return "z\(place)" }
        return String(UnicodeScalar(UInt8(ascii: "a") + UInt8(place)))
    }
}
