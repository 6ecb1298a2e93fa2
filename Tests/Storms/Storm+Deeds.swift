// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Syncing

extension Storm {
    /// One thing that someone does.
    func deed() throws {
        let station = anyStation()
        station.clock.advance(by: UInt64(30_000 + chance.number(below: 600_000)))
        if chance.number(below: 12) == 0 { keepCopy(of: station) }
        switch chance.number(below: 100) {
        case 0..<48: try record(station)
        case 48..<55: try settle(station)
        case 55..<76: try sync(station, anyFolder())
        case 76..<82: try merge(station)
        case 82..<85: try arrive()
        case 85..<88: try enrol(in: anyFolder(), isCalm: false)
        case 88..<92: setClock(station)
        case 92..<93: spoil(anyFolder())
        case 93..<95: try strip(anyFolder())
        case 95..<96: try cut(station)
        case 96..<97: reopen(station)
        default: try copy(station)
        }
    }

    /// The day on which all of it happens.
    static let today = "2014-05-13"

    private func record(_ station: Station) throws {
        try act(station, "records") { replica, maker in
            guard let wish = try maker.wish() else { return nil }
            timeline.add(" \(wish.kind.name) \(wish.verb.name)")
            let decision = try replica.decide(wish, today: Storm.today)
            let recorded = try replica.record(decision.events)
            census.recorded += 1
            return recorded
        }
    }

    func settle(_ station: Station, isCalm: Bool = false) throws {
        try act(station, "settles", isCalm: isCalm) { replica, maker in
            guard let settlement = try maker.settlement() else { return nil }
            timeline.add(" \(settlement.field.name)")
            let decision = try replica.decide(settlement, today: Storm.today)
            let recorded = try replica.record(decision.events)
            census.settled += 1
            return recorded
        }
    }

    /// Somebody records something on a device, and what was answered for is kept in mind; nil is
    /// for having nothing to do.
    func act(
        _ station: Station, _ deed: String, isCalm: Bool = false,
        _ work: (Replica, inout WishMaker) throws -> Recorded?
    ) throws {
        try attempt(station, deed, isCalm: isCalm) {
            let replica = try station.opened()
            var maker = WishMaker(replica.book, station.role, chance)
            guard let recorded = try work(replica, &maker) else { return "nothing" }
            return try acknowledge(recorded, station)
        }
    }

    /// Notes what was answered for, and what its log's chain value is there.
    private func acknowledge(_ recorded: Recorded, _ station: Station) throws -> String {
        var names: [String] = []
        for entry in recorded.entries {
            names.append(timeline.name(entry, of: station))
            acknowledged[entry] = try station.chain(entry)
            station.unshared.insert(entry)
        }
        return names.joined(separator: " ")
    }

    func sync(_ station: Station, _ folder: String, isCalm: Bool = false) throws {
        try attempt(station, "syncs \(folder)", isCalm: isCalm) {
            let report = try station.opened().sync(with: folder)
            if report.failure == nil, report.isEnrolled, report.remarks.isEmpty {
                station.shared.formUnion(station.unshared)
                station.unshared = []
            }
            let remarks = (report.remarks + [report.failure?.sentence].compactMap { $0 })
            return "\(report.newEntries) in, \(report.publishedEntries) out"
                + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: " ")))")
        }
    }

    /// Someone brings the logs of another device on a stick.
    private func merge(_ station: Station) throws {
        let other = anyStation()
        guard other !== station else { return }
        for path in other.files.paths(under: "\(Station.folder)/logs") {
            guard let bytes = other.files.bytesByPath[path] else { continue }
            station.files.put(bytes, at: "brought/\(path.split(separator: "/").last ?? "")")
        }
        defer {
            for path in station.files.paths(under: "brought") { station.files.takeAway(path) }
        }
        try attempt(station, "merges the logs of \(other.name)") {
            let report = try station.opened().merge(from: "brought")
            return "\(report.newEntries) in"
        }
    }

    private func reopen(_ station: Station) {
        timeline.say(station, "closes its book")
        station.close()
    }

    private func setClock(_ station: Station) {
        let hours = [-9_000, -30, -2, 1, 30, 9_000][chance.number(below: 6)]
        let now = Int64(station.clock.nowMilliseconds())
        station.clock.set(UInt64(max(1, now + Int64(hours) * 3_600_000)))
        timeline.say(station, "has its clock put by \(hours) hours")
    }

    /// A file of a shared folder goes, is cut, or rots.
    private func spoil(_ folder: String) {
        let paths = shared.paths(under: "\(folder)/segments")
        guard paths.isEmpty == false else { return }
        let path = paths[chance.number(below: paths.count)]
        guard var bytes = shared.bytesByPath[path], bytes.isEmpty == false else { return }
        let place = chance.number(below: bytes.count)
        switch chance.number(below: 3) {
        case 0: shared.takeAway(path)
        case 1: shared.put(Array(bytes.prefix(place)), at: path)
        default:
            bytes[place] ^= 0x40
            shared.put(bytes, at: path)
        }
        timeline.say(nil, "\(path) is spoilt at \(place)")
    }

    /// A member takes what entries say out of a file, and leaves their headers and seals; or leaves
    /// such a file beside the honest one.
    private func strip(_ folder: String) throws {
        let keys = stations.compactMap(\.replica).flatMap { $0.device.epochs.map(\.key) }
        let paths = shared.paths(under: "\(folder)/segments")
        guard let key = keys.last, paths.isEmpty == false else { return }
        let path = paths[chance.number(below: paths.count)]
        guard
            case .slice(let bytes, _)? = shared.bytesByPath[path].map({
                SegmentFile.decode($0, keys: KeyRing(keys))
            })
        else { return }
        let slice = try Slice(bytes)
        let head = Slice.head(slice.log, first: slice.first, before: slice.before).count
        let poor = BodySpoiler.frames(bytes, from: head, of: slice.log) { header in
            header.subject != .none && chance.number(below: 3) > 0
        }
        guard poor != bytes else { return }
        let made = SegmentFile.encode(poor, with: key)
        if chance.number(below: 2) == 0 { shared.takeAway(path) }
        shared.put(made, at: "\(folder)/segments/\(Exchange.name(of: made, in: .segments))")
        census.stripped += 1
        timeline.say(nil, "\(path) loses what its entries say")
    }

    /// The founder ends a device's access where it stands in the founder's book.
    private func cut(_ station: Station) throws {
        let founder = stations[0]
        guard station.isCut == false, let key = station.replica?.device.key,
            try founder.opened().device.key != key
        else { return }
        try attempt(founder, "cuts \(station.name)") {
            let replica = try founder.opened()
            guard replica.book.roster.device(key) != nil else { return "not enrolled" }
            let places = replica.book.rows.compactMap { row -> CBORValue? in
                guard row.identity?.key == key, let tip = row.position?.tip else { return nil }
                return PinnedEntry(log: row.id, seq: tip.seq, chain: tip.chain.first).value
            }
            let event = Event(
                EventName.cut, .none,
                [
                    "key": .bytes(key.bytes.array), "at": .array(places),
                    "reason": .text("lost"),
                ])
            let recorded = try replica.record([event])
            // Whoever uses a copy of its folder has its key.
            for other in stations where try other.isFounded && other.opened().device.key == key {
                other.isCut = true
            }
            return try acknowledge(recorded, founder)
        }
    }
}
