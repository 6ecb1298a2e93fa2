// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections
import Queries
import Syncing

extension Replica {
    /// Two ways with an exchange: takes in what is new there, and leaves what is lacking.
    ///
    /// Every step can be repeated. `isThorough` reads again what was read before, there and in this
    /// book; `progress` is told how many entries were taken in so far.
    package func sync(
        with folder: String, isThorough: Bool = false, progress: (Int) -> Void = { _ in }
    ) throws -> SyncReport {
        let exchange = try Exchange(
            opening: folder, of: partnership, files: surroundings.sharedFiles)
        var report = SyncReport()
        let roster = book.roster
        if device.epochs.isEmpty { _ = try acceptGrants(exchange, &report) }
        guard device.epochs.isEmpty == false else {
            report.isEnrolled = false
            leave(in: exchange, &report) { () throws(Failure) in
                try ask(exchange)
            }
            try finish(&report)
            return report
        }
        try pass(exchange, isThorough: false, &report, progress)
        if isThorough {
            // What this device alone has is with others before any log of it is looked at.
            try noticeRot()
            try pass(exchange, isThorough: true, &report, progress)
        }
        try answer(&report)
        let lost = try tell(.lost)
        if lost.isEmpty == false { remarks.removeAll { goneRemarks.contains($0) } }
        report.remarks += lost
        try answerMissing(isAllTold: true)
        exchange.clearTemporaries(at: surroundings.clock.nowMilliseconds())
        report.isEnrolled = book.roster.device(device.key) != nil
        report.remarks += rosterNews(since: roster)
        try finish(&report)
        return report
    }

    private func pass(
        _ exchange: Exchange, isThorough: Bool, _ report: inout SyncReport,
        _ progress: (Int) -> Void
    ) throws {
        try noteCutLog()
        try takeKeys()
        var unopened = try collect(exchange, isThorough: isThorough, &report, progress)
        if try acceptGrants(exchange, &report) {
            unopened = try collect(exchange, isThorough: isThorough, &report, progress)
        }
        try acknowledge()
        try leaveCutLog()
        try keepEpochs(unopened, &report)
        leave(in: exchange, &report) { () throws(Failure) in try leaveGrants(exchange) }
        try publish(to: exchange, try segmentMemory(), &report)
    }

    /// Names what the own log lacks of what was answered for before anything is taken in: another
    /// copy of the device may have used the same places.
    private func noteCutLog() throws(Failure) {
        switch ownLogState {
        case .cutShort, .putBack, .putBackFrom, .missing, .unwitnessed:
            try noteLosses(of: heldOwnLog, endingAt: nil)
        case .whole, .damaged, .copied: return
        }
    }

    /// Begins a new log where the own one lacks what was answered for and nobody had it: no sync
    /// waits for that any more.
    private func leaveCutLog() throws(Failure) {
        switch ownLogState {
        case .cutShort, .putBack, .putBackFrom: _ = try beginNewLog(after: heldOwnLog)
        case .whole, .missing, .damaged, .copied, .unwitnessed: return
        }
    }

    /// Takes in all that is new; gives the entries that seal a key to this device which does not
    /// open.
    @discardableResult
    func collect(
        _ exchange: Exchange, isThorough: Bool, _ report: inout SyncReport,
        _ progress: (Int) -> Void
    ) throws(Failure) -> [Collected.Unopened] {
        var memory = try segmentMemory()
        var unopened: [Collected.Unopened] = []
        var isPartial = true
        while isPartial {
            let collected = try Collector(
                keys: keyRing
            ).collect(
                from: exchange, holding: try heldLogs(), knowing: memory, isThorough: isThorough)
            guard try giveWay(to: collected, &report) == false else {
                memory = try segmentMemory()
                continue
            }
            let keys = device.epochs.count
            let gone = try rename(spoilt: collected, in: exchange, &report)
            try takeIn(collected, besides: gone, &report)
            memory = collected.memory
            try save(memory)
            // What came in may have brought a key that other files there wait for.
            let isMore = collected.isPartial || device.epochs.count > keys
            isPartial = isMore && collected.growths.isEmpty == false
            unopened += collected.unopened
            progress(report.newEntries)
        }
        return unopened.unique()
    }

    /// Does what leaves something in an exchange; what goes wrong there stops nothing else.
    private func leave(
        in exchange: Exchange, _ report: inout SyncReport, _ work: () throws(Failure) -> Void
    ) {
        do throws(Failure) { try work() } catch {
            report.failure = SyncReport.notLeft(error, in: exchange.folder)
        }
    }

    /// One way: takes in what someone brought, from segment files, logs or another device's folder.
    package func merge(from path: String) throws -> SyncReport {
        let brought = try BroughtLogs(
            opening: path, of: partnership, files: surroundings.files)
        var report = SyncReport()
        guard device.epochs.isEmpty == false else {
            report.isEnrolled = false
            report.remarks.append(
                """
                Nothing was taken in: a device that is not let in yet reads nothing of the others.
                """)
            try finish(&report)
            return report
        }
        let roster = book.roster
        try noticeRot()
        try noteCutLog()
        var isPartial = true
        var unsigned: Set<LogID> = []
        while isPartial {
            let collected = Collector(
                keys: keyRing
            ).collect(
                from: brought, holding: try heldLogs())
            unsigned.formUnion(collected.unsigned)
            guard try giveWay(to: collected, &report) == false else { continue }
            try takeIn(collected, &report)
            isPartial = collected.isPartial && collected.growths.isEmpty == false
        }
        try acknowledge()
        try answer(&report)
        try tellGone()
        try answerMissing(isAllTold: false)
        report.remarks += unsigned.sorted().filter { $0 != device.log }.map(remark(onUnsigned:))
        report.isEnrolled = book.roster.device(device.key) != nil
        report.remarks += rosterNews(since: roster)
        try finish(&report)
        return report
    }

    private func remark(onUnsigned log: LogID) -> String {
        let name = book.logs.index(of: log).map { book.callSign(of: $0) }
        return "\(name ?? "A device") has recorded more than it has signed; that comes with its "
            + "next sync."
    }

    /// What is mended may come to the size that it had: it is read again all the same.
    private func forgetSizes(_ collected: Collected) throws(Failure) {
        for growth in collected.growths { try store.forgetSize(of: growth.log.id) }
    }

    /// `gone` are files of which nothing is to be said any more.
    private func takeIn(
        _ collected: Collected, besides gone: Set<String> = [], _ report: inout SyncReport
    ) throws(Failure) {
        try forgetSizes(collected)
        // Where nothing of a log was held, whatever stands in its place is none of it.
        let unheld = collected.growths.filter(\.isNew).map(\.log.id)
        try collected.apply(
            to: paths.logs, aside: paths.setAside, damaged: Set(damage.keys).union(unheld),
            of: device.key, files: surroundings.files)
        for growth in collected.growths {
            guard forgetDamage(of: growth.log.id) else { continue }
            report.remarks.append(
                "A damaged log was mended from a good copy; its damaged bytes are in set-aside.")
        }
        for growth in collected.growths {
            report.change(growth.log.id) { $0.new += growth.range.count }
        }
        for file in collected.files where gone.contains(file.name) == false { report.note(file) }
        guard collected.growths.isEmpty == false else { return }
        try refreshSources()
        let bodies = collected.growths.reduce(0) { $0 + $1.bodies.count }
        if bodies > 0 {
            // What was known of where entries stand in these logs holds no longer.
            _ = try rebuildIndex(keepsSegments: true)
            let whose = bodies == 1 ? "one entry says" : "\(bodies) entries say"
            report.remarks.append("What \(whose) was lacking here, and came back from a good copy.")
        } else {
            try update()
        }
        try takeKeys()
        try goOn(after: collected.growths, &report)
    }

    /// Says which logs part, and begins a new one where others hold more of the own one than this
    /// device does, or another history of it: it was restored or cloned.
    private func goOn(after growths: [LogGrowth], _ report: inout SyncReport) throws(Failure) {
        if growths.contains(where: { $0.isNew && $0.name != HeldLog.name(of: $0.log.id) }) {
            report.remarks.append(
                """
                More than one signed history of a device is about, and another one came in now: \
                its device was cloned, or put back and used on. 'beatbook verify' tells more.
                """)
        }
        guard let current = heldOwnLog,
            let own = growths.first(where: {
                $0.log.id == current.id && $0.range.isEmpty == false
            })
        else { return }
        _ = try beginNewLog(after: current)
        report.remarks.append(
            own.name == HeldLog.name(of: current.id)
                ? Replica.cameBack
                : """
                Another copy of this device has recorded under its name. This copy goes on in a \
                new log; tell your coordinator, and stop using one of the two.
                """)
    }

    private func publish(
        to exchange: Exchange, _ memory: SegmentMemory, _ report: inout SyncReport
    ) throws(Failure) {
        guard let keys = try sliceKeys(&report) else { return }
        try sealOwnLogs()
        // What somebody put into the folder of the logs from elsewhere is not this partnership's.
        let held = try heldLogs().filter { $0.log.partnership == partnership }
        let published = Publisher(exchange, keys: keys).publish(
            held.filter(\.isOwn) + held.filter { $0.isOwn == false }, knowing: memory)
        for file in published.files {
            report.change(file.log) { $0.published += file.range.count }
        }
        for trouble in published.troubles { report.remarks.append(trouble.sentence) }
        var memory = published.memory
        if let failure = published.failure {
            report.failure = SyncReport.notLeft(failure, in: exchange.folder)
        } else if let own = held.first(where: { $0.name == HeldLog.name(of: device.log) }) {
            let roller = Roller(
                exchange, keys, keys: keyRing)
            leave(in: exchange, &report) { () throws(Failure) in
                memory = try roller.roll(own, knowing: memory).memory
            }
        }
        try save(memory)
    }

    /// Signs what is unsealed of the device's own logs.
    func sealOwnLogs() throws(Failure) {
        var isSealed = false
        for row in book.rows where row.end == nil {
            guard let log = row.identity, log.key == device.key, let position = row.position,
                position.sealedOffset < position.offset, damage[log.id] == nil
            else { continue }
            // What the index could not follow is signed with the rest.
            let end = log.id == device.log ? try self.position(of: log) : position
            var writer = LogWriter(
                log, at: "\(paths.logs)/\(row.file)", after: end, files: surroundings.files)
            try writer.seal(with: device.signing)
            isSealed = true
        }
        guard isSealed else { return }
        try refreshSources()
        try update()
    }

    private func finish(_ report: inout SyncReport) throws(Failure) {
        try tellRenamed()
        for index in report.devices.indices {
            let id = report.devices[index].log
            report.devices[index] = report.devices[index].named(book.callSign(of: id))
            if let log = book.logs.index(of: id), book.row(log).admission == nil {
                report.devices[index].waiting.add(
                    "its device is not enrolled, so that its entries wait")
            }
        }
        report.devices.sort { $0.callSign.utf8.lexicographicallyPrecedes($1.callSign.utf8) }
        report.remarks += remarks
        remarks = []
    }
}
