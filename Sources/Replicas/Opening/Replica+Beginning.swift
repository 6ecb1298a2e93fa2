// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Queries
import Syncing

extension Replica {
    /// Takes the lock of a folder that is to be a book, and clears away what an `init` or a `join`
    /// left that was stopped before there was a key: nothing of it was ever acknowledged.
    static func begin(
        _ folder: String, _ surroundings: Surroundings
    ) throws(Failure) -> FoundingLock {
        let paths = ReplicaPaths(folder)
        let files = surroundings.files
        try files.makeFolder(folder)
        let names = try files.list(folder).filter { $0.name.hasPrefix(".") == false }
        let isFree = names.allSatisfy { beginnings.contains($0.name) }
        guard isFree, try isUnfinished(paths, files) else {
            throw Failure(
                .exists, "\(folder) holds other things, so no book was made there.",
                advice: "Name a new or an empty folder with --book.")
        }
        let lock = FoundingLock(try surroundings.lock(paths, for: "'beatbook'"))
        // Another that was begun beside this one may have come first.
        guard try files.size(paths.key) == nil else { throw holdsBook(folder) }
        _ = try tidy(paths, files)
        for file in try files.list(paths.logs) { try files.remove("\(paths.logs)/\(file.name)") }
        if try files.size(paths.witness) != nil { try files.remove(paths.witness) }
        return lock
    }

    /// What `init` and `join` make before the key.
    private static let beginnings: Set = ["lock", "logs", "witness"]

    static func holdsBook(_ folder: String) -> Failure {
        Failure(
            .exists, "\(folder) holds a book already; nothing was changed.",
            advice: "Use it as it is, or name another folder with --book.")
    }

    /// Whether the logs, if any, hold no more than `init` or `join` writes before there is a key.
    private static func isUnfinished(
        _ paths: ReplicaPaths, _ files: any FileSystem
    ) throws(Failure) -> Bool {
        guard try files.isFolder(paths.logs) else { return try files.size(paths.logs) == nil }
        for file in try files.list(paths.logs) {
            guard file.isFolder == false, file.size <= firstLength else { return false }
            let bytes = try files.read("\(paths.logs)/\(file.name)", limit: firstLength)
            guard isUnfinished(bytes) else { return false }
        }
        return true
    }

    /// No log is longer before there is a key.
    private static let firstLength = 65_536

    private static func isUnfinished(_ log: [UInt8]) -> Bool {
        log.withRaw { raw in
            do throws(LogError) {
                var scanner = try LogScanner(raw)
                // The birth and one batch, of which the end may be missing.
                while let step = try scanner.next() {
                    let isFirst = scanner.entries.allSatisfy { firstTypes.contains($0.header.type) }
                    guard step == .batch, isFirst else { return false }
                }
                return true
            } catch {
                // A disk that lost its power fills with zeros what it had promised.
                let rest = raw.dropFirst(log.count - min(log.count, 32))
                return error == .frameIncomplete || rest.allSatisfy { $0 == 0 }
            }
        }
    }

    private static let firstTypes: Set = [
        EventName.updated, EventName.founded, EventName.epoch, Person.addedType,
    ]

    /// The book that an earlier `init` of the same words made without saying so; nil if there is
    /// no book. Throws `.exists` for any other.
    static func begunFounding(
        _ name: String, by person: Person, at folder: String, _ surroundings: Surroundings
    ) throws(Failure) -> Replica? {
        guard try surroundings.files.size(ReplicaPaths(folder).key) != nil else { return nil }
        let replica = try Replica(opening: folder, surroundings, writing: "init")
        let holder = person.founder(in: replica.device.log)
        let expected = [RosterEvent.founded(partnership: name, by: holder).event, person.added]
            .compactMap(\.self)
        guard let index = replica.book.logs.index(of: replica.device.log),
            replica.book.row(index).position?.tip.seq == UInt64(expected.count + 2)
        else { throw holdsBook(folder) }
        for (seq, event) in zip(UInt64(2)..., expected) {
            let entry = try replica.book.entry(EntryRef(index, seq))
            guard let entry, entry.type == event.type, entry.changes == event.changes else {
                throw holdsBook(folder)
            }
        }
        return replica
    }

    /// The book that an earlier `join` made, whose request may not have left; nil if there is no
    /// book. Throws `.exists` for one that was let in, or is another partnership's.
    static func begunJoining(
        _ exchange: Exchange, at folder: String, _ surroundings: Surroundings
    ) throws(Failure) -> Replica? {
        guard try surroundings.files.size(ReplicaPaths(folder).key) != nil else { return nil }
        let replica = try Replica(opening: folder, surroundings, writing: "join")
        guard replica.partnership == exchange.partnership, replica.device.epochs.isEmpty else {
            throw holdsBook(folder)
        }
        try replica.ask(exchange)
        return replica
    }
}

extension DeviceFile {
    /// Leaves the device's request in an exchange, unless it is there; `nonce` is its first log's.
    func ask(_ exchange: Exchange, nonce: Bytes16) throws(Failure) {
        _ = try Requests(exchange).write(for: signing, boxKey: box.publicKey, nonce: nonce)
    }
}

extension Replica {
    /// Leaves this device's request in an exchange, unless it is there.
    func ask(_ exchange: Exchange) throws(Failure) {
        let own = sources.map(\.identity).filter { $0.key == device.key }
        let first = own.first { $0.birth.previous == nil }
        // A log that is gone cannot be named: then the enrolment names one that nobody has.
        try device.ask(exchange, nonce: first?.birth.nonce ?? Replica.nonce(surroundings))
    }
}
