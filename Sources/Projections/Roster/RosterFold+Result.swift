// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

extension RosterFold {
    func result() -> Roster {
        let names = LogNames(claims, births: births)
        var byLog: [LogIndex: LogName] = [:]
        for log in context.identities.keys { byLog[log] = names.names[node(log)] }
        return Roster(
            devices: devices(names), admissions: admissions(names), names: byLog, epochs: epochs,
            foundingEpoch: foundingEpoch, recovery: recovery.keys, formerWords: recovery.former,
            findings: findings(names), looksAhead: looksAhead)
    }

    /// Those whose enrolment counts, by their call signs.
    private func devices(_ names: LogNames) -> [Device] {
        entrances.compactMap { key, known in
            known.present.map { present in
                let places = ([present.number] + present.others).compactMap {
                    known.all[$0].place
                }
                return device(
                    key, known.all[present.number], by: known.authorRanks[present.number], names,
                    places)
            }
        }.sorted { left, right in
            left.callSign != right.callSign
                ? left.callSign.utf8.lexicographicallyPrecedes(right.callSign.utf8)
                : left.key < right.key
        }
    }

    private func device(
        _ key: DeviceKey, _ entrance: Entrance, by authorRank: Int?, _ names: LogNames,
        _ enrolments: [EntryRef]
    ) -> Device {
        Device(
            key: key, boxKey: boxKey(of: key, entrance), role: entrance.role,
            rank: entrance.role.rank, authorRank: authorRank ?? 0, staff: Device.Staff(entrance),
            callSign: callSign(key, entrance, names),
            isCut: cutKeys.contains(key), enrolments: enrolments)
    }

    /// The name of the device's first log.
    private func callSign(_ key: DeviceKey, _ entrance: Entrance, _ names: LogNames) -> String {
        let own = (context.logsByKey[key] ?? []).map { context.logs.id(of: $0) }
        // A log of another device, which an enrolment may name, says nothing of this one.
        let named = entrance.said.from.map(\.log).flatMap { log in
            context.logs.index(of: log).flatMap { context.key(of: $0) } ?? key == key ? log : nil
        }
        let first = named ?? own.first { names.depths[$0] == 0 } ?? own.first
        return first.flatMap { names.names[LogNames.Node(log: $0)]?.shown }
            ?? entrance.said.holder.callSign
    }

    private func admissions(_ names: LogNames) -> [LogIndex: Admission] {
        var admissions: [LogIndex: Admission] = [:]
        for (key, known) in entrances where known.present != nil {
            for log in admitted(key, names) {
                admissions[log] = Admission(spans: spans(of: log), limit: limits[log] ?? .max)
            }
        }
        // An auditor may write of no record, and nor may they.
        let span = Admission.Span(from: 1, role: .auditor, by: nil)
        for log in recoveryLogs {
            admissions[log] = Admission(spans: [span], limit: recovery.limit(of: log))
        }
        return admissions
    }

    /// Of a device's nodes no more than anyone could have begun.
    private func admitted(_ key: DeviceKey, _ names: LogNames) -> ArraySlice<LogIndex> {
        inOrder(key, names).prefix(RosterFold.logLimit)
    }

    /// Those that are not admitted for their number.
    func surplus(_ key: DeviceKey, _ names: LogNames) -> ArraySlice<LogIndex> {
        guard context.logsByKey[key]?.count ?? 0 > RosterFold.logLimit else { return [] }
        return inOrder(key, names).dropFirst(RosterFold.logLimit)
    }

    /// A device's nodes, those of each log after those of the one it followed, others last, by id.
    private func inOrder(_ key: DeviceKey, _ names: LogNames) -> [LogIndex] {
        let nodes = (context.logsByKey[key] ?? []).map { index in
            (index: index, depth: names.depths[context.logs.id(of: index)] ?? .max)
        }
        return nodes.sorted { left, right in
            left.depth != right.depth
                ? left.depth < right.depth
                : context.order.precedes(
                    context.start(of: left.index), context.start(of: right.index))
        }.map(\.index)
    }

    /// So many logs of one key are admitted.
    private static let logLimit = 1_024

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
}

extension Device.Staff {
    fileprivate init?(_ entrance: Entrance) {
        guard let link = entrance.said.holder.staff, let entry = entrance.entry else { return nil }
        self.init(link: link, entry: entry)
    }
}
