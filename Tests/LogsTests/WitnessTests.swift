// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

/// Witnesses against `witness.txt`, which another program wrote from the format page, and on disk.
@Suite struct WitnessTests {
    private let log = LogBuilder(TestDevice(1), in: nil, batches: 3)

    private func witness(_ generation: UInt64, seq: UInt64 = 3) -> Witness {
        Witness(
            generation: generation, log: log.log.id, seq: seq, chain: log.position.tip.chain)
    }

    @Test(arguments: Vector.all("witness", kind: "witness"))
    func files(vector: Vector) throws {
        let said = WitnessFile.witness(in: vector.bytes("file"))
        let shown = said.map { "\($0.generation) \($0.log.hex) \($0.seq) \($0.chain.hex)" }
        #expect(shown ?? "nothing" == vector.text("says"))
        guard let said else { return }
        #expect(vector.bytes("file").contains(said.encoded))
    }

    @Test(arguments: Vector.all("witness", kind: "marker"))
    func names(vector: Vector) throws {
        let key = DeviceKey(vector.bytes32("signing-key"))
        let path = String(decoding: vector.bytes("path"), as: UTF8.self)
        #expect(WitnessFile.markerName(of: key, at: path) == vector.text("file-name"))
    }

    @Test func `any changed bit in the newer slot leaves what the older one says`() throws {
        let files = MemoryFiles()
        let file = WitnessFile("witness", files: files)
        for generation in UInt64(1)...2 { try file.write(witness(generation), waits: true) }
        let bytes = try #require(files.bytesByPath["witness"])
        #expect(bytes.count == 2 * WitnessFile.slotLength)
        for place in 0..<88 {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << bit
                #expect(WitnessFile.witness(in: changed) == witness(1))
                changed[WitnessFile.slotLength] ^= 1
                #expect(WitnessFile.witness(in: changed) == nil)
            }
        }
    }

    @Test func `a write that is stopped at any of its bytes leaves the one before or the new one`()
        throws
    {
        for kept in 0...WitnessFile.slotLength {
            let files = MemoryFiles()
            let file = WitnessFile("witness", files: files)
            for generation in UInt64(1)...2 { try file.write(witness(generation), waits: true) }
            files.plan(.stopsShort(keeping: kept), atCall: 2)
            #expect(throws: Failure.self) { try file.write(witness(3, seq: 9), waits: true) }
            files.restart()
            let said = try file.read()
            #expect(said == (kept < 88 ? witness(2) : witness(3, seq: 9)))
        }
    }

    @Test func `a file that is missing says nothing, and trouble is no answer`() throws {
        let files = MemoryFiles()
        let file = WitnessFile("witness", files: files)
        #expect(try file.read() == nil)
        try file.write(witness(7), waits: false)
        #expect(try file.read() == witness(7))
        for call in 1...2 {
            files.plan(.fails(.other), atCall: call)
            #expect(throws: Failure.self) { try file.read() }
            files.forgetFaults()
        }
        // One of another size is written anew.
        files.put([1, 2, 3], at: "witness")
        try file.write(witness(8), waits: true)
        #expect(try file.read() == witness(8))
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
