// SPDX-License-Identifier: MIT
package import Basics
import Logs
package import Syncing

/// What `device.key` holds: the device's secrets. Whoever has the file is the device.
///
/// `Docs/Formats/Keys.md` is normative.
///
/// The log id is that of the log which this copy of the device writes. It is noted here and not
/// worked out from the logs, since a clone of the device has the same keys and logs of its own.
package struct DeviceFile: Sendable {
    package let signing: SigningKey
    package let box: BoxKey
    package let partnership: PartnershipID
    /// Oldest first; empty while the device is not enrolled.
    package let epochs: [Grant.Epoch]
    /// The log that is written here.
    package let log: LogID
    /// Each key by its id, which is a hash of it.
    private let keysByID: [Bytes16: EpochKey]

    package init(
        keys: (signing: SigningKey, box: BoxKey), partnership: PartnershipID,
        epochs: [Grant.Epoch], log: LogID
    ) {
        signing = keys.signing
        box = keys.box
        self.log = log
        self.partnership = partnership
        self.epochs = epochs
        keysByID = Dictionary(
            epochs.map { ($0.key.id, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    package var key: DeviceKey { signing.publicKey }

    /// What people compare when the device is enrolled.
    package var fingerprint: Digest {
        key.fingerprint(with: box.publicKey)
    }

    /// The same device with more epochs, each once, in the order of their times.
    package func adding(_ more: [Grant.Epoch]) -> DeviceFile {
        let all = (epochs + more).unique().sorted { $0.time < $1.time }
        return DeviceFile(
            keys: (signing, box), partnership: partnership, epochs: all, log: log)
    }

    /// The same device, writing another log from now on.
    func writing(_ log: LogID) -> DeviceFile {
        DeviceFile(keys: (signing, box), partnership: partnership, epochs: epochs, log: log)
    }

    package func key(_ id: Bytes16) -> EpochKey? { keysByID[id] }

    /// The number of this form of the file, which every later form begins with too.
    private static let format: UInt64 = 2

    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(6)
        writer.unsigned(DeviceFile.format)
        writer.byteString(signing.seed)
        writer.byteString(box.seed)
        writer.bytes32(partnership.bytes)
        writer.array(epochs.count)
        for epoch in epochs {
            writer.array(2)
            writer.unsigned(epoch.time.raw)
            writer.bytes32(epoch.key.secret)
        }
        writer.bytes16(log.bytes)
        return writer.bytes
    }

    /// The number of another form that the file has; nil for this one, and for what is none.
    static func otherFormat(_ bytes: [UInt8]) -> UInt64? {
        do throws(CBORError) {
            let number = try bytes.withRaw { raw throws(CBORError) -> UInt64 in
                var reader = CBORReader(raw)
                _ = try reader.array()
                return try reader.unsigned()
            }
            return number == format ? nil : number
        } catch {
            return nil
        }
    }

    /// Reads the file's bytes; nil if they are not such a file.
    package init?(_ bytes: [UInt8]) {
        do throws(CBORError) { self = try bytes.withRaw(DeviceFile.read) } catch { return nil }
    }

    private static func read(_ raw: UnsafeRawBufferPointer) throws(CBORError) -> DeviceFile {
        var reader = CBORReader(raw)
        guard try reader.array() == 6, try reader.unsigned() == format else {
            throw CBORError.unexpectedType
        }
        let signing = SigningKey(seed: try reader.bytes32().array)
        let box = BoxKey(seed: try reader.bytes32().array)
        let partnership = PartnershipID(try reader.bytes32())
        var epochs: [Grant.Epoch] = []
        for _ in 0..<(try reader.array()) {
            guard try reader.array() == 2 else { throw CBORError.unexpectedType }
            let time = HybridTime(raw: try reader.unsigned())
            epochs.append(Grant.Epoch(time: time, key: EpochKey(try reader.bytes32())))
        }
        let log = LogID(try reader.bytes16())
        try reader.finish()
        return DeviceFile(
            keys: (signing, box), partnership: partnership, epochs: epochs, log: log)
    }
}
