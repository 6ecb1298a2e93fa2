// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Replicas
import Simulation

extension Storm {
    /// The weather clears: clocks are put right, everyone is let in, all sync until a whole round
    /// has changed no file, the founder settles something that waits, and all sync again.
    func heal() throws {
        timeline.say(nil, "the weather clears")
        let latest = stations.map { $0.clock.nowMilliseconds() }.max() ?? 0
        for station in stations {
            station.clock.set(latest)
            station.close()
        }
        for station in stations {
            try attempt(station, "opens its book", isCalm: true) {
                "\(try station.opened().remarks)"
            }
        }
        for folder in folders { try enrol(in: folder, isCalm: true) }
        try syncUntilQuiet()
        // Only now has anyone seen all sides of what people disagree on.
        try settle(stations[0], isCalm: true)
        try syncUntilQuiet()
    }

    private func syncUntilQuiet() throws {
        for _ in 0..<Storm.rounds {
            let before = disks
            for station in stations {
                for folder in folders {
                    station.clock.advance(by: 60_000)
                    try sync(station, folder, isCalm: true)
                }
            }
            if disks == before { return }
        }
        throw Broken("After \(Storm.rounds) rounds of syncing something still moves.")
    }

    /// Each device needs a round to give and one to take for each that stands between.
    private static let rounds = 16

    private var disks: [[String: [UInt8]]] {
        [shared.bytesByPath] + stations.map { $0.files.bytesByPath }
    }

    /// Compares all books with each other, with a fold from nothing, and with what was answered.
    func compare() throws {
        let first = try stations[0].opened().book
        let (digest, seal) = (try first.stateDigest(), first.readingSeal())
        let isolated = try stations.filter { try $0.isShutOut(by: first.roster) }
        let apart = try isolated.reduce(into: Set<LogID>()) { $0.formUnion(try $1.ownLogs()) }
        for station in stations where isolated.contains(where: { $0 === station }) == false {
            let book = try station.opened().book
            guard try book.stateDigest() == digest else {
                throw Broken("The state of \(station.name) differs from that of k.")
            }
            guard book.readingSeal() == seal else {
                throw Broken("The reading seal of \(station.name) differs from that of k.")
            }
            try checkAcknowledged([station]) { apart.contains($0.log) == false }
            try checkFresh(station, digest)
        }
        try checkAcknowledged(isolated) { apart.contains($0.log) }
        try checkLeftovers()
    }

    /// Whether one of some devices holds each entry of some that were answered for.
    private func checkAcknowledged(
        _ some: [Station], of isOne: (EntryID) -> Bool
    ) throws {
        guard some.isEmpty == false else { return }
        for (entry, chain) in acknowledged.sorted(by: { $0.key < $1.key }) where isOne(entry) {
            guard try some.contains(where: { try $0.holds(entry, chain) }) else {
                let name = timeline.name(entry)
                throw Broken("\(name) was answered for, and \(some[0].name) does not hold it.")
            }
        }
    }

    /// What the index came to bit by bit is what a fold of the logs from nothing comes to.
    private func checkFresh(_ station: Station, _ digest: Digest) throws {
        station.close()
        let replica = try station.opened()
        guard try replica.book.stateDigest() == digest else {
            throw Broken("The index of \(station.name) differs from a fold of its logs.")
        }
        let verification = try replica.verify()
        guard verification.isClean else {
            throw Broken("\(station.name) does not verify: \(verification)")
        }
    }

    private func checkLeftovers() throws {
        for station in stations {
            for path in station.files.paths(under: Station.folder) {
                let name = path.split(separator: "/").last.map { String($0) } ?? ""
                guard TemporaryName.isOne(name) == false else {
                    throw Broken("\(station.name) still has \(path).")
                }
            }
        }
    }
}
