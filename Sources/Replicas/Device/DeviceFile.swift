// SPDX-License-Identifier: MIT
package import Basics
import Logs
package import Syncing

/// What `device.key` holds: the device's secrets. Whoever has the file is the device.
///
///     file   = [1, signing seed(32), box seed(32), partnership id(32), epochs]
///     epochs = [[time, epoch key(32)], ...]
package struct DeviceFile: Sendable {
    package let signing: SigningKey
    package let box: BoxKey
    package let partnership: PartnershipID
    /// Oldest first; empty while the device is not enrolled.
    package let epochs: [Grant.Epoch]

    package init(
        signing: SigningKey, box: BoxKey, partnership: PartnershipID, epochs: [Grant.Epoch]
    ) {
        self.signing = signing
        self.box = box
        self.partnership = partnership
        self.epochs = epochs
    }

    package var key: DeviceKey { signing.publicKey }

    /// What people compare when the device is enrolled.
    package var fingerprint: Digest {
        Digest.of(.device, key.bytes.array, box.publicKey.array)
    }

    /// The same device with more epochs, each once, in the order of their times.
    package func adding(_ more: [Grant.Epoch]) -> DeviceFile {
        var all = epochs
        for epoch in more where all.contains(epoch) == false { all.append(epoch) }
        all.sort { $0.time < $1.time }
        return DeviceFile(signing: signing, box: box, partnership: partnership, epochs: all)
    }

    package func key(_ id: Bytes16) -> EpochKey? { epochs.map(\.key).first { $0.id == id } }

    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(5)
        writer.unsigned(1)
        writer.byteString(signing.seed)
        writer.byteString(box.seed)
        writer.bytes32(partnership.bytes)
        writer.array(epochs.count)
        for epoch in epochs {
            writer.array(2)
            writer.unsigned(epoch.time.raw)
            writer.bytes32(epoch.key.secret)
        }
        return writer.bytes
    }

    /// Reads the file's bytes; nil if they are not such a file.
    init?(_ bytes: [UInt8]) {
        let read = try? bytes.withRaw { (raw) throws(CBORError) in
            var reader = CBORReader(raw)
            guard try reader.array() == 5, try reader.unsigned() == 1 else {
                throw CBORError.unexpectedType
            }
            let seeds = (try reader.bytes32(), try reader.bytes32())
            let partnership = PartnershipID(try reader.bytes32())
            var epochs: [Grant.Epoch] = []
            for _ in 0..<(try reader.array()) {
                guard try reader.array() == 2 else { throw CBORError.unexpectedType }
                let time = HybridTime(raw: try reader.unsigned())
                epochs.append(Grant.Epoch(time: time, key: EpochKey(try reader.bytes32())))
            }
            try reader.finish()
            return (seeds, partnership, epochs)
        }
        guard let (seeds, partnership, epochs) = read else { return nil }
        self.init(
            signing: SigningKey(seed: seeds.0.array), box: BoxKey(seed: seeds.1.array),
            partnership: partnership, epochs: epochs)
    }
}
