// SPDX-License-Identifier: MIT
import Basics
import Logs
import Replicas
import Simulation
import Syncing
import Testing

/// `device.key` against `keys.txt`, which another program wrote from the pages.
@Suite struct DeviceFileTests {
    @Test(arguments: Vector.all("keys", kind: "device-key"))
    func file(vector: Vector) throws {
        let file = vector.bytes("file")
        let read = DeviceFile(file)
        guard vector.text("verdict") == "valid" else {
            #expect(read == nil)
            return
        }
        let device = try #require(read)
        #expect(device.encoded == file)
        #expect(device.signing.seed == vector.bytes("signing-seed"))
        #expect(device.box.seed == vector.bytes("box-secret"))
        #expect(device.partnership.bytes == vector.bytes32("partnership"))
        #expect(device.log.bytes == vector.bytes16("log"))
        let epochs = device.epochs.map { "\($0.time.raw)/\($0.key.secret.hex)" }
        #expect(epochs == vector.words("epochs"))
    }

    @Test func `a book whose key is sealed says so, and takes it for no damage`() throws {
        let circle = try Circle()
        let path = circle["k"].paths.key
        let plain = try #require(circle.files.bytesByPath[path])
        let sealed = try PassphraseSeal.seal(
            plain, Array("herons".utf8), salt: [UInt8](repeating: 1, count: 16),
            nonce: [UInt8](repeating: 2, count: 24), cost: .init(passes: 1, memory: 8_192))
        circle.close("k")
        circle.files.put(sealed, at: path)
        #expect {
            try circle.open("k")
        } throws: { error in
            (error as? Failure)?.sentence.contains("sealed by a passphrase") ?? false
        }
    }
}
