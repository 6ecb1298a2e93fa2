// SPDX-License-Identifier: MIT
import Basics
import Logs
package import Merging
import Projections
import Queries
import Syncing

extension Replica {
    /// The logs in the folder that this device may read: all, or before it has a key of the
    /// partnership its own. Those that the index knows are not read for it.
    ///
    /// Of an index that is read as at one moment, `isSteady` demands that its places still hold.
    static func sources(
        _ paths: ReplicaPaths, _ files: any FileSystem, _ store: IndexStore, _ device: DeviceFile,
        isSteady: Bool = false
    ) throws(Failure) -> [LogSource] {
        let rows = try store.logRows()
        var positions: [String: LogPosition] = [:]
        for row in rows where isSteady && row.end == nil { positions[row.file] = row.position }
        var sources: [LogSource] = []
        for (file, identity) in try logs(in: paths, files, rows)
        where HeldLog.mayName(file.name, identity.id) {
            let path = "\(paths.logs)/\(file.name)"
            // Another history of an own log is not written here.
            let isOwn = identity.key == device.key && file.name == HeldLog.name(of: identity.id)
            guard isOwn || device.epochs.isEmpty == false else { continue }
            sources.append(
                LogSource(
                    identity, name: file.name, size: file.size, isOwn: isOwn,
                    expecting: positions[file.name]
                ) { () throws(Failure) in try files.view(path) })
        }
        return sources
    }

    /// The files that begin as logs, each with whose log it is. One that has not changed since the
    /// index read it is not looked at.
    static func logs(
        in paths: ReplicaPaths, _ files: any FileSystem, _ rows: [LogRow]
    ) throws(Failure) -> [(file: FileName, identity: LogIdentity)] {
        let known = Dictionary(rows.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
        var logs: [(file: FileName, identity: LogIdentity)] = []
        // A key that was put back alone has no logs beside it yet.
        let names = try files.isFolder(paths.logs) ? try files.list(paths.logs) : []
        for file in names where file.isFolder == false && file.size <= Limits.log {
            let row = known[file.name]
            var found = row?.identity
            if found == nil || row?.sizeRead != file.size {
                // A log whose beginning rots is still known by its name.
                found = try identity(of: "\(paths.logs)/\(file.name)", files) ?? found
            }
            if let found { logs.append((file, found)) }
        }
        return logs
    }

    /// Lists the folder again after logs grew.
    func refreshSources() throws(Failure) {
        sources = try Replica.sources(paths, surroundings.files, store, device)
    }

    /// What the index knows of the history that is read to the end of a file.
    func row(of source: LogSource) -> LogRow? {
        book.logs.nodes(of: source.identity.id).map { book.row($0) }.first {
            $0.file == source.name && $0.end == nil
        }
    }

    /// The same of a log that is written here, or was: its other histories came from elsewhere.
    func row(ofOwn log: LogID) -> LogRow? {
        book.logs.nodes(of: log).map { book.row($0) }.first {
            $0.file == HeldLog.name(of: log) && $0.end == nil
        }
    }

    /// The history that is written here; nil if it is not held.
    package var ownIndex: LogIndex? { row(ofOwn: device.log)?.index }

    /// Whose log a file is; nil if it is none.
    private static func identity(
        of path: String, _ files: any FileSystem
    ) throws(Failure) -> LogIdentity? {
        let view = try files.view(path)
        defer { withExtendedLifetime(view) {} }
        do throws(LogError) { return try LogScanner.birth(view.bytes).log } catch { return nil }
    }

    /// Puts the beginnings of logs right that rotted: the index knows each birth, and its hash is
    /// the log's id. Of the own log alone, unless all are to be looked at. A file that begins as
    /// another log and goes on as that one only stands under a wrong name.
    /// Gives whether any was.
    @discardableResult
    func mendBirths(ofAll: Bool) throws(Failure) -> Bool {
        var hasMended = false
        for row in try store.logRows() where row.end == nil {
            guard let log = row.identity, ofAll || log.id == device.log else { continue }
            let (path, front) = ("\(paths.logs)/\(row.file)", LogWriter.opening(log))
            guard let size = try surroundings.files.size(path), size > 0,
                try surroundings.files.start(of: path, count: front.count) != front,
                try goesOnFromBirth(path) == false
            else { continue }
            let view = try surroundings.files.view(path)
            // Of a file that ends within its beginning nothing else can be wanted.
            let rest = size > front.count ? view.copy(front.count...) : []
            try surroundings.files.replace(path, front + rest)
            hasMended = true
            remarks.append(
                """
                The beginning of the log \(row.file) was damaged on the disk; it was put right \
                from what this book knew of it.
                """)
        }
        return hasMended
    }

    /// Cuts the rest of a write that was never acknowledged from the device's own logs, and keeps
    /// it aside. Damage before a whole batch is left as it is: then nothing is cut.
    func recoverOwnLogs() throws(Failure) {
        try mendBirths(ofAll: false)
        try clearMisnamed()
        var hasCut = false
        for source in sources where source.isOwn {
            let row = row(of: source)
            guard row?.position?.offset != source.size else { continue }
            let view = try source.view()
            guard let position = Replica.end(of: view, from: row?.position, source.identity),
                position.offset < source.size
            else { continue }
            if try rejoin(source.identity, view, after: position) {
                hasCut = true
                continue
            }
            // What was answered for was whole once: it is not a write that was cut short.
            // A log that another came after was whole when that was begun.
            let isAnswered =
                lastNamed(of: source.identity.id) > position.tip.seq
                || source.identity.id != device.log
            let verdict = TailCheck.verdict(view.bytes, after: position, in: source.identity)
            guard isAnswered == false, verdict == .torn(offset: position.offset) else {
                damage[source.identity.id] = position.offset
                continue
            }
            let name = try cut(source.identity.id, view, at: position.offset)
            hasCut = true
            // Where the index had read further, more is gone than this: that is said elsewhere.
            let remembered = rememberedWitness()
            let known = remembered?.log == source.identity.id ? remembered?.seq ?? 0 : 0
            guard position.offset >= row?.position?.offset ?? 0, known <= position.tip.seq
            else { continue }
            remarks.append(
                "The last write to this book was cut short before it was acknowledged. Its "
                    + "\(view.bytes.count - position.offset) bytes were put in "
                    + "set-aside/\(name); everything recorded before is there.")
        }
        if hasCut { try refreshSources() }
    }

    /// The last entry of an own log that its folder says was answered for: by the witness, or by
    /// the birth of the log that came after it.
    func lastNamed(of log: LogID) -> UInt64 {
        let witnessed = witness.flatMap { $0.log == log ? $0.seq : nil } ?? 0
        let followed = sources.compactMap { source in
            source.isOwn && source.identity.birth.previous?.log == log
                ? source.identity.birth.previous?.seq : nil
        }
        return max(witnessed, followed.max() ?? 0)
    }

    /// Takes bytes out that stand between whole frames and say nothing, such as a seal that rots.
    /// False if nothing behind them goes on from before them.
    private func rejoin(
        _ log: LogIdentity, _ view: FileView, after position: LogPosition
    ) throws(Failure) -> Bool {
        let offset = position.offset
        guard
            let rest = Rejoining.rest(view.bytes, from: offset, of: log, after: position.tip)
        else { return false }
        let name = try putAside(log.id, view, from: offset)
        try surroundings.files.replace(paths.log(log.id), view.copy(..<offset) + rest)
        remarks.append(
            """
            Bytes within this device's own log were damaged that hold nothing recorded: they were \
            put in set-aside/\(name), and nothing was lost with them.
            """)
        return true
    }

    /// Where the whole frames end; nil if the file does not begin as a log.
    static func end(
        of view: FileView, from position: LogPosition?, _ log: LogIdentity
    ) -> LogPosition? {
        do throws(LogError) {
            var scanner =
                if let position, position.offset <= view.bytes.count {
                    LogScanner(view.bytes, of: log, from: position)
                } else {
                    try LogScanner(view.bytes)
                }
            return whole(&scanner)
        } catch {
            return nil
        }
    }

    /// Reads to the first frame that is not good: what is wrong with it, the tail check tells.
    private static func whole(_ scanner: inout LogScanner) -> LogPosition {
        do throws(LogError) {
            while try scanner.next() != nil {}
            return scanner.position
        } catch {
            return scanner.position
        }
    }

    /// Puts the bytes from `offset` on aside, under the name it gives, and cuts them.
    func cut(
        _ log: LogID, _ view: FileView, at offset: Int
    ) throws(Failure) -> String {
        let name = try putAside(log, view, from: offset)
        try surroundings.files.truncate(paths.log(log), to: offset)
        return name
    }

    func putAside(
        _ log: LogID, _ view: FileView, from offset: Int
    ) throws(Failure) -> String {
        let tail = Array(view.bytes[offset...])
        let files = surroundings.files
        try files.makeFolder(paths.setAside)
        let name = "\(log.hex)-\(offset)-\(Digest.of(tail).bytes.first.hex.prefix(8)).tail"
        do throws(Failure) { try files.create("\(paths.setAside)/\(name)", tail) } catch {
            guard error.kind == .exists else { throw error }
        }
        return name
    }
}
