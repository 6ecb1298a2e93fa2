// SPDX-License-Identifier: MIT
import Basics
import Logs
import Queries

/// What a writer finds at the end of its own logs, before it goes on there.
extension Replica {
    func mendOwnLogs() throws(Failure) {
        try takeUpBegunLog()
        try removeUnbegunLogs()
        try moveForeignLogs()
        try readDamagedEnd()
        try saveOwnTails()
        try clearTails()
    }

    /// Takes away what stands at the end of others' logs, is no whole frame, and has nothing behind
    /// it that was signed: nobody wrote it, and no good copy has anything in its place.
    private func clearTails() throws(Failure) {
        var isCleared = false
        for source in sources where source.isOwn == false {
            guard let row = row(of: source), let position = row.position,
                row.sizeRead == source.size, position.offset < source.size
            else { continue }
            let view = try source.view()
            guard let end = Replica.end(of: view, from: position, source.identity),
                end.offset < source.size,
                Salvage.isSigned(view.bytes, after: end, in: source.identity) == false
            else { continue }
            let name = try putAside(source.identity.id, view, from: position.offset)
            try surroundings.files.truncate("\(paths.logs)/\(source.name)", to: position.offset)
            _ = forgetDamage(of: row.id)
            isCleared = true
            remarks.append(
                """
                At the end of the log of \(book.callSign(of: row.index)) stood bytes that nobody \
                signed. They are in set-aside/\(name); a sync brings what others hold of that log.
                """)
        }
        guard isCleared else { return }
        try refreshSources()
        _ = try rebuildIndex()
    }

    /// Removes logs of this device that were being begun when the program was stopped, before
    /// anything stood in them: nobody else has them, and here they would take names from others.
    private func removeUnbegunLogs() throws(Failure) {
        var unbegun: [LogSource] = []
        for source in sources where source.isOwn && source.identity.id != device.log {
            let id = source.identity.id
            guard source.identity.birth.previous != nil, lastNamed(of: id) == 0,
                row(of: source)?.position?.tip.seq ?? 0 == 0,
                // One that rotted whole has a place among the names of those that follow it.
                sources.allSatisfy({ $0.identity.birth.previous?.log != id })
            else { continue }
            let end = Replica.end(of: try source.view(), from: nil, source.identity)
            if end?.offset == source.size { unbegun.append(source) }
        }
        guard unbegun.isEmpty == false else { return }
        for source in unbegun { try surroundings.files.remove(paths.log(source.identity.id)) }
        try refreshSources()
        _ = try rebuildIndex()
    }

    /// Moves logs of another partnership aside, which somebody put into the folder.
    private func moveForeignLogs() throws(Failure) {
        let foreign = sources.filter { $0.identity.partnership != partnership }
        guard foreign.isEmpty == false else { return }
        try surroundings.files.makeFolder(paths.setAside)
        for source in foreign {
            let place = try Replica.freePlace(for: source.name, paths, surroundings.files)
            try surroundings.files.move("\(paths.logs)/\(source.name)", to: place)
            remarks.append(
                """
                Among this book's logs stood one of another partnership, \(source.name); it was \
                moved to \(place).
                """)
        }
        try refreshSources()
        _ = try rebuildIndex()
    }

    /// Reads everything again where the own log's end is not what the index remembers: a disk may
    /// rot what was read, and nothing is written behind that.
    private func readDamagedEnd() throws(Failure) {
        for source in sources where source.isOwn {
            guard let row = row(of: source), let known = row.position, damage[row.id] == nil,
                source.size == known.offset, try book.holds(known, of: row.index) == false
            else { continue }
            signedBefore[row.id] = known.sealedTip.seq
            calledBefore[row.id] = try references(
                of: row.index, among: known.sealedTip.seq + 1..<known.tip.seq + 1)
        }
        if signedBefore.isEmpty == false { _ = try rebuildIndex() }
    }

    /// Throws where the key file and the own log, which names its keys, do not fit: what is written
    /// with other keys nobody would count.
    static func check(
        _ device: DeviceFile, _ sources: [LogSource], at path: String
    ) throws(Failure) {
        guard let own = sources.first(where: { $0.identity.id == device.log })?.identity else {
            return
        }
        guard own.key == device.key, own.birth.boxKey == device.box.publicKey,
            own.partnership == device.partnership
        else {
            throw Failure(
                .damaged,
                "\(path) is damaged: its keys are not those of this device's log. Nothing was "
                    + "changed.",
                advice: "Put it back from a copy; without one, join again as a new device. What "
                    + "was synced is safe with the others.")
        }
    }
}
