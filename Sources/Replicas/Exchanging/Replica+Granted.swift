// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Syncing

extension Replica {
    /// Takes the keys that grants in the exchange bring, if the roster bears their granters out.
    /// Gives whether there are more keys than before.
    ///
    /// A device that has keys asks its own book. One that has none looks once into what the keys of
    /// all its grants open: however many grants there are, the exchange is read once for them.
    func acceptGrants(_ exchange: Exchange, _ report: inout SyncReport) throws(Failure) -> Bool {
        let found = try Grants(exchange).open(for: device.key, with: device.box)
        let known = Set(device.epochs)
        let news = found.items.filter { known.isSuperset(of: $0.epochs) == false }
        let isOut = device.epochs.isEmpty
        let roster =
            isOut && news.isEmpty == false
            ? try Replica.trial(of: news, exchange, for: device.box, surroundings)
            : book.roster
        let good = news.filter { isBorneOut($0, by: roster) }
        // Who holds what a damaged file had knows it by its name, and leaves it again once that is
        // missed.
        if isOut, news.isEmpty == false, good.isEmpty { try exchange.renameMisnamed() }
        report.remarks += Replica.remarks(unused: news.count - good.count, found.unreadable)
        guard good.isEmpty == false else { return false }
        device = device.adding(good.flatMap(\.epochs))
        try surroundings.files.replace(paths.key, device.encoded)
        // What was kept from a device that is not let in may be read from now on.
        try refreshSources()
        report.isNewlyEnrolled = report.isNewlyEnrolled || isOut
        return true
    }

    /// Whether a roster has the granter as one who lets devices in, and this device as enrolled.
    private func isBorneOut(_ grant: Grant, by roster: Roster) -> Bool {
        guard let granter = roster.device(grant.granter), roster.device(device.key) != nil else {
            return false
        }
        return granter.letsIn.isEmpty == false
    }

    /// The roster that follows from all that the grants' keys open. Nothing is written for it.
    static func trial(
        of grants: [Grant], _ exchange: Exchange, for box: BoxKey, _ surroundings: Surroundings
    ) throws(Failure) -> Roster {
        let keys = keyRing(grants.flatMap(\.epochs).map(\.key), for: box)
        // Part of a book would be taken for the whole: nothing is left for a second look.
        let collected = try Collector(keys: keys, byteLimit: .max).collect(
            from: exchange, holding: [], knowing: SegmentMemory())
        let trial = try IndexStore.inMemory(
            stamp: IndexStore.Stamp(
                partnership: exchange.partnership, vocabulary: surroundings.vocabulary))
        let found = collected.growths.map { growth in
            LogSource(
                growth.log, name: growth.name, size: growth.bytes.count, isOwn: false
            ) {
                FileView(copying: growth.bytes)
            }
        }
        let updater = Updater(trial, partnership: exchange.partnership, isSearchKept: false)
        _ = try updater.update(found)
        return try trial.roster(try trial.logRows())
    }

    private static func remarks(unused: Int, _ unreadable: Int) -> [String] {
        var remarks: [String] = []
        if unused > 0 {
            let (what, whose) =
                unused == 1 ? ("A grant", "its giver is") : ("\(unused) grants", "their givers are")
            remarks.append(
                """
                \(what) in the folder could not be used: \(whose) no coordinator in the logs here, \
                or those logs are not all here yet. Sync again once the others have.
                """)
        }
        if unreadable > 0 {
            remarks.append(
                """
                \(unreadable == 1 ? "A grant" : "\(unreadable) grants") in the folder could not be \
                read; the next sync tries again.
                """)
        }
        return remarks
    }
}
