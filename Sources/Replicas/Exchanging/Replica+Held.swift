// SPDX-License-Identifier: MIT
import Basics
import Logs
import Queries
import Syncing

extension Replica {
    /// All logs that can be relayed. Where one is as the index has it, it is not read for this.
    func heldLogs() throws(Failure) -> [HeldLog] {
        let histories = Dictionary(grouping: sources, by: \.identity.id)
        var held: [HeldLog] = []
        for source in sources {
            let isAlone = histories[source.identity.id]?.count == 1
            if let log = isAlone ? try indexed(source) : try scanned(source) { held.append(log) }
        }
        return held
    }

    private func indexed(_ source: LogSource) throws(Failure) -> HeldLog? {
        guard let row = row(of: source), let position = row.position else { return nil }
        return HeldLog(
            source.identity, name: source.name, at: position, in: try source.view(),
            isOwn: source.isOwn, absent: row.absent.all,
            checkpoints: try store.positions(of: row.index))
    }

    /// One history of several: what the index has of it, it may have from another file, or not at
    /// all, where there are more than count.
    private func scanned(_ source: LogSource) throws(Failure) -> HeldLog? {
        let view = try source.view()
        do throws(FileFault) {
            return try HeldLog(scanning: view, name: source.name, isOwn: source.isOwn)
        } catch {
            return nil
        }
    }
}
