// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections
import Queries

extension Replica {
    /// The witness in the book's folder.
    var witnessFile: WitnessFile { WitnessFile(paths.witness, files: surroundings.files) }

    /// What the machine remembers of this book in this folder; nil where it remembers nothing of
    /// any book.
    func machineMarker() throws(Failure) -> WitnessFile? {
        try Replica.machineMarker(of: device, paths, surroundings)
    }

    static func machineMarker(
        of device: DeviceFile, _ paths: ReplicaPaths, _ surroundings: Surroundings
    ) throws(Failure) -> WitnessFile? {
        guard let folder = surroundings.memory else { return nil }
        let place = try surroundings.files.place(of: paths.folder)
        let name = WitnessFile.markerName(of: device.key, at: place)
        return WitnessFile("\(folder)/\(name)", files: surroundings.files)
    }

    /// Has the machine remember a book that begins, before there is a key by which it could be
    /// opened. A machine that cannot says so then.
    static func rememberBeginning(
        _ device: DeviceFile, _ paths: ReplicaPaths, _ surroundings: Surroundings
    ) throws(Failure) {
        let witness = try WitnessFile(paths.witness, files: surroundings.files).read()
        guard let witness, let folder = surroundings.memory else { return }
        do throws(Failure) {
            try surroundings.files.makeFolder(folder)
            try machineMarker(of: device, paths, surroundings)?.write(witness, waits: false)
        } catch {
            return
        }
    }

    /// A new log that was being begun when the program was stopped: its first batch is there and
    /// has its witness, and only the key file does not name it yet.
    func takeUpBegunLog() throws(Failure) {
        guard lock != nil, let witness, witness.log != device.log,
            let row = book.rows.first(where: { $0.id == witness.log }),
            let log = row.identity, log.key == device.key,
            log.birth.previous?.log == device.log || heldOwnLog == nil,
            row.position?.tip.seq ?? 0 >= witness.seq
        else { return }
        device = device.writing(log.id)
        try surroundings.files.replace(paths.key, device.encoded)
    }

    /// Looks at the log that is written here beside the witness and the marker.
    func judgeOwnLog() throws(Failure) -> OwnLogState {
        guard let own = heldOwnLog else { return .missing }
        guard let witness else { return .unwitnessed }
        let tip = book.rows.first { $0.id == own.id }?.position?.tip ?? own.start
        if witness.log == own.id {
            guard tip.seq >= witness.seq else {
                return .cutShort(held: tip.seq, answered: witness.seq)
            }
            guard damage[own.id] == nil else { return .damaged }
            guard try chain(at: witness.seq, of: own, tip) == witness.chain.first else {
                return .putBack
            }
        }
        let remembered: Witness?
        do throws(Failure) { remembered = try machineMarker()?.read() } catch {
            remarks.append(Replica.forgetful(error))
            return witness.log == own.id ? .whole : .putBack
        }
        guard let remembered else { return try unremembered(witness, own.id) }
        return try judgeOwnLog(own, tip, witness, remembered)
    }

    /// Where the machine remembers nothing of a folder; one that cannot remember tells nothing.
    private func unremembered(_ witness: Witness, _ own: LogID) throws(Failure) -> OwnLogState {
        guard witness.log == own else { return .putBack }
        do throws(Failure) { return try mayRemember() ? .copied : .whole } catch {
            remarks.append(Replica.forgetful(error))
            return .whole
        }
    }

    private func judgeOwnLog(
        _ own: LogIdentity, _ tip: LogTip, _ witness: Witness, _ remembered: Witness
    ) throws(Failure) -> OwnLogState {
        let isBehind = remembered.generation > witness.generation
        let isOther = remembered.generation == witness.generation && remembered != witness
        guard isBehind || isOther else { return witness.log == own.id ? .whole : .putBack }
        guard remembered.log == own.id else { return .putBack }
        guard tip.seq >= remembered.seq else {
            return .putBackFrom(held: tip.seq, answered: remembered.seq)
        }
        // The log is as the machine remembers it: of the folder the witness alone is older.
        return try chain(at: remembered.seq, of: own, tip) == remembered.chain.first
            ? .whole : .putBack
    }

    /// Whether the machine would have remembered this folder: whoever reads writes nothing to find
    /// that out.
    private func mayRemember() throws(Failure) -> Bool {
        guard let folder = surroundings.memory else { return false }
        let files = surroundings.files
        guard lock != nil else { return try files.isFolder(folder) && files.mayWrite(in: folder) }
        try surroundings.files.makeFolder(folder)
        let trial = "\(folder)/trial"
        try surroundings.files.replace(trial, [])
        try surroundings.files.remove(trial)
        return true
    }

    static func forgetful(_ failure: Failure) -> String {
        """
        This machine could not remember how far this book was recorded: \(failure.sentence) What \
        was recorded is safe; a copy of the book that is put back is found by the next sync. Let \
        this user write in that folder, or set XDG_STATE_HOME to another.
        """
    }

    private func chain(
        at seq: UInt64, of log: LogIdentity, _ tip: LogTip
    ) throws(Failure) -> Bytes16? {
        if seq == tip.seq { return tip.chain.first }
        if seq == 0 { return log.origin.first }
        guard let index = row(ofOwn: log.id)?.index else { return nil }
        return try book.chain(EntryRef(index, seq))
    }

    /// Whole batches past the witness were written and not answered for: they are kept, and it
    /// follows.
    func followOwnLog() throws(Failure) {
        guard lock != nil, ownLogState == .whole, let own = heldOwnLog, let witness,
            let tip = row(ofOwn: own.id)?.position?.tip,
            witness.log != own.id || tip.seq > witness.seq
        else { return }
        try bearWitness(own, tip)
        remember()
    }

    /// Writes down how far a log is answered for; returns when that would survive a power cut.
    func bearWitness(_ log: LogIdentity, _ tip: LogTip) throws(Failure) {
        let counted = max(witness?.generation ?? 0, rememberedGeneration())
        let next = Witness(
            generation: counted + 1, log: log.id, seq: tip.seq, chain: tip.chain)
        try witnessFile.write(next, waits: true)
        witness = next
    }

    /// How far this machine counted, which may be further than an older witness says; a machine
    /// that cannot remember says 0.
    private func rememberedGeneration() -> UInt64 {
        do throws(Failure) { return try machineMarker()?.read()?.generation ?? 0 } catch {
            return 0
        }
    }

    /// Takes back a witness that could not be brought to the disk and may be read there all the
    /// same: what was borne witness to before is said again after it.
    func withdrawWitness() throws(Failure) {
        guard let read = try witnessFile.read(), read != witness else { return }
        guard let before = witness else { return try surroundings.files.remove(paths.witness) }
        let next = Witness(
            generation: read.generation + 1, log: before.log, seq: before.seq, chain: before.chain)
        try witnessFile.write(next, waits: true)
        witness = next
    }

    /// Has the machine remember the witness. Nothing waits for it, and trouble with it is told and
    /// stops nothing: the folder is then found to have been put back at the next sync, as without.
    func remember() {
        guard let witness else { return }
        do throws(Failure) {
            guard let folder = surroundings.memory, let marker = try machineMarker() else { return }
            try surroundings.files.makeFolder(folder)
            try marker.write(witness, waits: false)
        } catch {
            remarks.append(Replica.forgetful(error))
        }
    }
}
