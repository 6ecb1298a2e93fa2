// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

extension RosterFold {
    /// What every device was ever called by those who let others in, whether or not that counts
    /// now, and the logs that were signed with recovery words, each of which is a first one.
    var claims: [LogNames.Claim] {
        let words = recoveryLogs.map { node($0) }
        let recovery = LogNames.Claim(
            signs: [LogName.recovery], nodes: words, roots: Set(words.map(\.log)))
        return deviceClaims + [recovery]
    }

    private var deviceClaims: [LogNames.Claim] {
        entrances.sorted { $0.key < $1.key }.compactMap { key, known in
            let made = known.all.indices.filter { isByWhoLetsIn(known.all[$0]) }
            guard made.isEmpty == false else { return nil }
            let first = known.present?.number
            let numbers = made.filter { $0 == first } + made.filter { $0 != first }
            var signs: [String] = []
            for number in numbers {
                let sign = known.all[number].said.holder.callSign
                guard let normal = LogName.normal(sign),
                    signs.contains(where: { $0.lowercased() == normal }) == false
                else { continue }
                signs.append(sign)
            }
            let own = (context.logsByKey[key] ?? []).map { node($0) }
            let named =
                first.map { root(from: $0, known) }
                ?? numbers.lazy.compactMap { known.all[$0].said.from?.log }.first
            // Of a log whose birth is not here nobody knows another key.
            let roots = Set(
                [named].compactMap(\.self).filter { log in
                    context.logs.index(of: log).flatMap { context.key(of: $0) } ?? key == key
                })
            let nodes = Set(own).union(roots.map { LogNames.Node(log: $0) })
            return LogNames.Claim(signs: signs, nodes: Array(nodes), roots: roots)
        }
    }

    /// The first log of a device, as the enrolment has it that holds, or one that this replaces:
    /// what others say of it, who may say nothing, moves no name.
    private func root(from number: Int, _ known: KeyEntrances) -> LogID? {
        var next = [number]
        var passed: Set<Int> = []
        while next.isEmpty == false {
            let number = next.removeFirst()
            guard passed.insert(number).inserted else { continue }
            if let log = known.all[number].said.from?.log { return log }
            next += known.replaces(number)
        }
        return nil
    }

    var recoveryLogs: [LogIndex] { recovery.signers.flatMap { context.logsByKey[$0] ?? [] } }

    func node(_ index: LogIndex) -> LogNames.Node {
        LogNames.Node(log: context.logs.id(of: index), first: context.logs.first(of: index))
    }

    var births: [LogID: Birth] {
        var births: [LogID: Birth] = [:]
        for identity in context.identities.values { births[identity.id] = identity.birth }
        return births
    }

    /// Devices whose present call signs are one: which enrolments gave it to each.
    var sharedSigns: [RosterFinding] {
        var given: [String: [(key: DeviceKey, place: EntryRef?)]] = [:]
        for (key, known) in entrances {
            guard let entrance = known.present.map({ known.all[$0.number] }),
                let sign = LogName.normal(entrance.said.holder.callSign)
            else { continue }
            given[sign, default: []].append((key, entrance.place))
        }
        return given.values.filter { $0.count > 1 }.compactMap { devices in
            guard let key = devices.map(\.key).min() else { return nil }
            let places = devices.compactMap(\.place)
            return RosterFinding(
                .callSignShared, key, places.sorted { context.order.precedes($0, $1) })
        }.sorted { $0.key < $1.key }
    }

    private func isByWhoLetsIn(_ entrance: Entrance) -> Bool {
        guard let place = entrance.place, let key = context.key(of: place.log) else { return true }
        return recovery.signers.contains(key)
            || entrances[key]?.rank.map { $0 <= 2 } ?? false
    }
}
