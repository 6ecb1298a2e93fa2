// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Replicas
import Simulation

extension Storm {
    /// The founder k, the folders, and the first of the others.
    func begin() throws {
        let founder = station("k", .lead)
        try found(founder)
        for folder in folders {
            try attempt(founder, "creates \(folder)", isCalm: true) {
                try founder.opened().createExchange(at: folder)
                return "made"
            }
        }
        for _ in 0..<(1 + chance.number(below: 3)) { try arrive() }
        // Most storms begin when people have met; some before anyone was let in.
        guard chance.number(below: 4) > 0 else { return }
        for folder in folders { try enrol(in: folder, isCalm: true) }
        try openShared(by: founder)
        for station in stations {
            for folder in folders { try sync(station, folder, isCalm: true) }
        }
    }

    /// Two records that everyone has seen, so that people disagree on them.
    private func openShared(by founder: Station) throws {
        for _ in 0..<2 {
            try act(founder, "opens a record for all", isCalm: true) { replica, maker in
                guard let wish = try maker.opening(of: maker.busiest) else { return nil }
                return try replica.record(replica.decide(wish, today: Storm.today).events)
            }
        }
        for folder in folders { try sync(founder, folder, isCalm: true) }
    }

    private func station(_ name: Character, _ role: Role) -> Station {
        let station = Station(name, seed: plan.seed, role: role, shared: shared)
        stations.append(station)
        return station
    }

    /// An `init` that is stopped half way can be run again.
    private func found(_ station: Station) throws {
        for isCalm in [false, true] where station.isFounded == false {
            try attempt(station, "init", isCalm: isCalm) {
                station.replica = try Replica.found(
                    "Thanet", by: try station.person, at: Station.folder, station.surroundings)
                station.isFounded = true
                return "founded"
            }
        }
    }

    /// One more device asks to be let in, and may record before it is.
    func arrive() throws {
        guard stations.count - clones < 5 else { return }
        let roles: [Role] = [.field, .field, .field, .coordinator, .auditor]
        let name: Character = ["a", "b", "c", "d"][stations.count - clones - 1]
        let station = station(name, roles[chance.number(below: roles.count)])
        let folder = anyFolder()
        let words = Array(try partnership().array.prefix(Words.count))
        for isCalm in [false, true] where station.isFounded == false {
            try attempt(station, "join \(folder) as \(station.role)", isCalm: isCalm) {
                station.replica = try Replica.join(
                    folder, saying: words, at: Station.folder, station.surroundings)
                station.isFounded = true
                return "asked"
            }
        }
        if chance.number(below: 3) > 0 { try enrol(in: folder, isCalm: false) }
    }

    private func partnership() throws -> Bytes32 {
        try stations[0].opened().partnership.bytes
    }

    /// The founder lets in whoever asks in a folder.
    func enrol(in folder: String, isCalm: Bool) throws {
        let founder = stations[0]
        try attempt(founder, "enrols who asks in \(folder)", isCalm: isCalm) {
            let replica = try founder.opened()
            var names = ""
            for applicant in try replica.applicants(in: folder).applicants {
                guard
                    let asking = stations.first(where: {
                        $0.replica?.device.fingerprint == applicant.fingerprint
                    })
                else { continue }
                let done = try replica.enrol(
                    applicant, as: asking.role, try asking.person, in: folder)
                names += done.callSign
                if let failure = done.report.failure { throw failure }
            }
            return names.isEmpty ? "nobody" : names
        }
    }

    func anyFolder() -> String { folders[chance.number(below: folders.count)] }

    func anyStation() -> Station { stations[chance.number(below: stations.count)] }
}
