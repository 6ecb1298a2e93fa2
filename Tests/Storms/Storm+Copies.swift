// SPDX-License-Identifier: MIT
import Basics
import Simulation

/// Folders that are copied, put back from a copy, or copied and used twice.
extension Storm {
    func copy(_ station: Station) throws {
        guard station.isFounded else { return }
        if chance.number(below: 3) == 0, stations.count < 6, station.isCut == false {
            try clone(station)
        } else {
            try putBack(station)
        }
    }

    /// A copy of the folder, and as often as not of what the machine remembers beside it.
    func keepCopy(of station: Station) {
        guard station.isFounded else { return }
        station.backup = copied(station)
        timeline.say(station, "keeps a copy of its folder")
    }

    private func copied(_ station: Station) -> [String: [UInt8]] {
        let isWhole = chance.number(below: 2) == 0
        return station.files.bytesByPath.filter {
            ($0.key.hasPrefix("\(Station.folder)/") && $0.key.hasSuffix("/lock") == false)
                || (isWhole && $0.key.hasPrefix("\(Station.memory)/"))
        }
    }

    /// What was recorded since the copy and given to nobody is gone with the disk.
    private func putBack(_ station: Station) throws {
        guard let backup = station.backup else { return keepCopy(of: station) }
        station.close()
        var lost = 0
        for entry in station.unshared {
            guard let chain = acknowledged[entry],
                try Station.holds(entry, chain, in: backup) == false
            else { continue }
            acknowledged[entry] = nil
            station.unshared.remove(entry)
            lost += 1
        }
        for path in station.files.paths(under: Station.folder) { station.files.takeAway(path) }
        for (path, bytes) in backup { station.files.put(bytes, at: path) }
        census.putBack += 1
        timeline.say(station, "is put back from its copy; \(lost) entries are gone")
    }

    private func clone(_ station: Station) throws {
        let names: [Character] = ["v", "w", "x", "y"]
        let name = names[clones]
        guard clones < names.count - 1 else { return }
        clones += 1
        let twin = Station(name, seed: plan.seed, role: station.role, shared: shared)
        for (path, bytes) in copied(station) { twin.files.put(bytes, at: path) }
        twin.isFounded = true
        twin.unshared = station.unshared
        twin.clock.set(station.clock.nowMilliseconds())
        stations.append(twin)
        census.clones += 1
        timeline.say(station, "is copied, and the copy is used as \(name)")
    }
}
