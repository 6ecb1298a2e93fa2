// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Replicas
import Simulation

/// One device of a storm: a disk of its own, a clock of its own, a person.
final class Station {
    static let folder = "book"
    static let memory = "machine"

    let name: Character
    let files = MemoryFiles()
    let clock: TestClock
    let entropy: SeededEntropy
    let role: Role
    var replica: Replica?
    /// What the folder was when someone copied it, and what was acknowledged then.
    var backup: [String: [UInt8]]?
    /// Entries that a sync without trouble has put into a folder since they were recorded.
    var shared: Set<EntryID> = []
    /// Entries that no folder has been given yet.
    var unshared: Set<EntryID> = []
    var isFounded = false
    var isCut = false

    init(_ name: Character, seed: UInt64, role: Role, shared: MemoryFiles) {
        self.name = name
        self.role = role
        sharedFiles = shared
        clock = TestClock(1_400_000_000_000)
        entropy = SeededEntropy(seed &* 1_000 &+ UInt64(name.asciiValue ?? 0))
    }

    private let sharedFiles: MemoryFiles

    var surroundings: Surroundings {
        Surroundings(
            files: files, sharedFiles: sharedFiles, clock: clock, entropy: entropy,
            index: .memory, memory: Station.memory)
    }

    var person: Person {
        get throws {
            let sign = String(name).uppercased()
            return try Person(holder: "Holder of \(sign)", agency: "tdc", callSign: sign)
        }
    }

    /// Opens the book if it is closed, as the next command would.
    func opened() throws -> Replica {
        if let replica { return replica }
        let opened = try Replica(opening: Station.folder, surroundings, writing: "storm")
        replica = opened
        return opened
    }

    func close() { replica = nil }
}
