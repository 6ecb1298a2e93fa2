// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
import Syncing

extension Replica {
    /// Founds a partnership: makes the device's keys, its log and the first epoch's key.
    ///
    /// The folder must not hold a book. Returns the book, open for writing.
    package static func found(
        _ name: String, by person: Person, at folder: String, _ surroundings: Surroundings
    ) throws(Failure) -> Replica {
        let (signing, box) = try begin(folder, surroundings)
        let birth = Birth(
            partnership: nil, keys: (signing.publicKey, box.publicKey), nonce: nonce(surroundings))
        let log = LogIdentity(birth)
        let epoch = EpochKey(Bytes32(surroundings.entropy.bytes(32)) ?? .zero)
        var body = person.body
        body["name"] = .text(name)
        let events = [
            updated,
            Event(EventName.founded, .none, body),
            Event(
                EventName.epoch, .none, ["id": .bytes(epoch.id.array), "without": .array([])]),
        ]
        let last = try write(events, beginning: log, with: signing, folder, surroundings)
        let device = DeviceFile(
            signing: signing, box: box, partnership: log.partnership,
            epochs: [Grant.Epoch(time: last.time, key: epoch)])
        return try finish(device, folder, surroundings, command: "init")
    }

    /// Joins the partnership that an exchange names: makes the device's keys and its log, and
    /// leaves a request in the exchange.
    package static func join(
        _ exchangeFolder: String, at folder: String, _ surroundings: Surroundings
    ) throws(Failure) -> Replica {
        let exchange = try Exchange(opening: exchangeFolder, files: surroundings.sharedFiles)
        let (signing, box) = try begin(folder, surroundings)
        let birth = Birth(
            partnership: exchange.partnership, keys: (signing.publicKey, box.publicKey),
            nonce: nonce(surroundings))
        _ = try write([updated], beginning: LogIdentity(birth), with: signing, folder, surroundings)
        _ = try Requests(exchange).write(
            for: signing, boxKey: box.publicKey, entropy: surroundings.entropy)
        let device = DeviceFile(
            signing: signing, box: box, partnership: exchange.partnership, epochs: [])
        return try finish(device, folder, surroundings, command: "join")
    }

    /// The first entry of every log: the number of the vocabulary that its author knows.
    static var updated: Event {
        Event(
            EventName.updated, .none, ["vocabulary": .unsigned(Vocabulary.current.number)])
    }

    static func nonce(_ surroundings: Surroundings) -> Bytes16 {
        Bytes16(surroundings.entropy.bytes(16)) ?? Bytes16(high: 0, low: 0)
    }

    private static func begin(
        _ folder: String, _ surroundings: Surroundings
    ) throws(Failure) -> (SigningKey, BoxKey) {
        let paths = ReplicaPaths(folder)
        let files = surroundings.files
        guard try files.size(paths.key) == nil else {
            throw Failure(
                .exists, "\(folder) holds a book already; nothing was changed.",
                advice: "Use it as it is, or name another folder with --book.")
        }
        try files.makeFolder(folder)
        guard try files.list(folder).allSatisfy({ $0.name.hasPrefix(".") }) else {
            throw Failure(
                .exists, "\(folder) holds other things, so no book was made there.",
                advice: "Name a new or an empty folder with --book.")
        }
        try files.makeFolder(paths.logs)
        return (
            SigningKey(seed: surroundings.entropy.bytes(32)),
            BoxKey(seed: surroundings.entropy.bytes(32))
        )
    }

    private static func write(
        _ events: [Event], beginning log: LogIdentity, with key: SigningKey, _ folder: String,
        _ surroundings: Surroundings
    ) throws(Failure) -> LogTip {
        let path = ReplicaPaths(folder).log(log.id)
        var writer = try LogWriter(beginning: log, at: path, files: surroundings.files)
        var encoder = EntryEncoder(log: log.id, tip: log.start, surroundings: surroundings)
        try writer.append(encoder.entries(events), sealingWith: key)
        return writer.position.tip
    }

    /// The key file comes last: without it the folder is no book, whatever else is in it.
    private static func finish(
        _ device: DeviceFile, _ folder: String, _ surroundings: Surroundings, command: String
    ) throws(Failure) -> Replica {
        try surroundings.files.create(ReplicaPaths(folder).key, device.encoded)
        return try Replica(opening: folder, surroundings, writing: command)
    }
}
