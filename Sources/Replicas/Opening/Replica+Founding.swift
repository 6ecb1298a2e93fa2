// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
import Syncing

extension Replica {
    /// Founds a partnership: makes the device's keys, its log and the first epoch's key.
    ///
    /// The folder must not hold a book. Returns the book, open for writing.
    ///
    /// `tell` is given the recovery words once, before anything is made: they are kept nowhere
    /// else. What it throws ends the founding. Nil founds without such words; where an earlier
    /// `init` made the book, its words were told then.
    package static func found(
        _ name: String, by person: Person, at folder: String, _ surroundings: Surroundings,
        recovery tell: ((RecoverySecret) throws -> Void)? = { _ in }
    ) throws -> Replica {
        try Person.checkIsSaid(name, "The partnership's name")
        if let begun = try begunFounding(name, by: person, at: folder, surroundings) {
            return begun
        }
        let lock = try begin(folder, surroundings)
        let recovery = try told(tell, surroundings)
        let (signing, box) = keys(surroundings)
        let birth = Birth(
            partnership: nil, keys: (signing.publicKey, box.publicKey), nonce: nonce(surroundings),
            recovery: recovery)
        let log = LogIdentity(birth)
        let epoch = newEpochKey(surroundings)
        let sealed = [box.publicKey, recovery?.box].compactMap { box in
            box.flatMap { SealedKey(epoch, to: $0, by: signing) }
        }
        let founding = RosterEvent.founded(partnership: name, by: person.founder(in: log.id))
        let events = [
            updated(surroundings), founding.event, person.added,
            RosterEvent.epochOpened(EpochOpening(epoch.id, keys: sealed)).event,
        ].compactMap(\.self)
        let last = try write(events, beginning: log, with: signing, folder, surroundings)
        let device = DeviceFile(
            keys: (signing, box), partnership: log.partnership,
            epochs: [Grant.Epoch(time: last.time, key: epoch)], log: log.id)
        return try finish(device, folder, surroundings, lock, command: "init") { _ in }
    }

    /// Joins the partnership that an exchange names: makes the device's keys and its log, and
    /// leaves a request in the exchange.
    ///
    /// `words` are the bytes of the partnership's eight words, which its people told: throws
    /// `.notPermitted`, and makes nothing, if the exchange is another's.
    package static func join(
        _ exchangeFolder: String, saying words: [UInt8], at folder: String,
        _ surroundings: Surroundings
    ) throws(Failure) -> Replica {
        let exchange = try Exchange(opening: exchangeFolder, files: surroundings.sharedFiles)
        try exchange.check(words)
        if let begun = try begunJoining(exchange, at: folder, surroundings) { return begun }
        let lock = try begin(folder, surroundings)
        let (device, birth) = try newDevice(in: exchange.partnership, folder, surroundings)
        // The request leaves when the key is there that its grant will be sealed to.
        return try finish(device, folder, surroundings, lock, command: "join") {
            (device) throws(Failure) in try device.ask(exchange, nonce: birth.nonce)
        }
    }

    /// A device of a partnership that is there, which has no key of it yet, and its log.
    static func newDevice(
        in partnership: PartnershipID, _ folder: String, _ surroundings: Surroundings
    ) throws(Failure) -> (device: DeviceFile, birth: Birth) {
        let (signing, box) = keys(surroundings)
        let birth = Birth(
            partnership: partnership, keys: (signing.publicKey, box.publicKey),
            nonce: nonce(surroundings))
        let log = LogIdentity(birth)
        _ = try write([updated(surroundings)], beginning: log, with: signing, folder, surroundings)
        let device = DeviceFile(
            keys: (signing, box), partnership: partnership, epochs: [], log: log.id)
        return (device, birth)
    }

    /// The first entry of every log, and the first one after every change of program: the number of
    /// the vocabulary that its author's program knows.
    static func updated(_ surroundings: Surroundings) -> Event {
        Event(
            EventName.updated, .none,
            ["vocabulary": .unsigned(surroundings.vocabulary.number)])
    }

    static func nonce(_ surroundings: Surroundings) -> Bytes16 {
        guard let nonce = Bytes16(surroundings.entropy.bytes(16)) else {
            preconditionFailure("entropy gives as many bytes as were asked for")
        }
        return nonce
    }

    /// Makes new recovery words and tells them; nil where there are to be none.
    private static func told(
        _ tell: ((RecoverySecret) throws -> Void)?, _ surroundings: Surroundings
    ) throws -> RecoveryKeys? {
        guard let tell else { return nil }
        let secret = RecoverySecret(surroundings.entropy)
        try tell(secret)
        return secret.keys
    }

    static func newEpochKey(_ surroundings: Surroundings) -> EpochKey {
        guard let secret = Bytes32(surroundings.entropy.bytes(32)) else {
            preconditionFailure("entropy gives as many bytes as were asked for")
        }
        return EpochKey(secret)
    }

    static func keys(_ surroundings: Surroundings) -> (SigningKey, BoxKey) {
        (
            SigningKey(seed: surroundings.entropy.bytes(32)),
            BoxKey(seed: surroundings.entropy.bytes(32))
        )
    }

    static func write(
        _ events: [Event], beginning log: LogIdentity, with key: SigningKey, _ folder: String,
        _ surroundings: Surroundings
    ) throws(Failure) -> LogTip {
        let path = ReplicaPaths(folder).log(log.id)
        var writer = try LogWriter(beginning: log, at: path, files: surroundings.files)
        var encoder = EntryEncoder(log: log.id, tip: log.start, surroundings: surroundings)
        try writer.append(encoder.entries(events), sealingWith: key)
        let tip = writer.position.tip
        try WitnessFile(ReplicaPaths(folder).witness, files: surroundings.files).write(
            Witness(generation: 1, log: log.id, seq: tip.seq, chain: tip.chain), waits: true)
        return tip
    }

    /// The key file comes last: without it the folder is no book, whatever else is in it. The lock
    /// that the folder was begun under ends with it.
    static func finish(
        _ device: DeviceFile, _ folder: String, _ surroundings: Surroundings,
        _ lock: consuming FoundingLock, command: String,
        then ask: (DeviceFile) throws(Failure) -> Void
    ) throws(Failure) -> Replica {
        try Replica.rememberBeginning(device, ReplicaPaths(folder), surroundings)
        try surroundings.files.create(ReplicaPaths(folder).key, device.encoded)
        lock.end()
        try ask(device)
        return try Replica(opening: folder, surroundings, writing: command)
    }
}
