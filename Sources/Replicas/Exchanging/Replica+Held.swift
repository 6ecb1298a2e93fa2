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

    /// Reads every log again and makes the index anew where one is not as the index read it: what
    /// rots on a disk keeps its size, so that nothing else tells.
    func noticeRot() throws(Failure) {
        if try mendBirths(ofAll: true) {
            // What follows was not read behind it, and the file has the size that it had.
            try refreshSources()
            remarks.removeAll { remark in
                damage.contains { Replica.damaged($0.key, at: $0.value) == remark }
            }
            damage = [:]
            _ = try rebuildIndex(keepsSegments: true)
        }
        try refreshSources()
        for source in sources {
            guard let known = try indexed(source), known.position.tip.seq > 0 else { continue }
            let found = try scanned(source)
            guard found?.position != known.position || found?.absent != known.absent else {
                continue
            }
            _ = try rebuildIndex(keepsSegments: true)
            // What follows damage that held nothing is joined to what stands before it.
            try recoverOwnLogs()
            try refreshSources()
            return try update()
        }
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
