// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// What a device gets when it is enrolled: where the partnership began, and the keys to read it.
package struct Grant: Hashable, Sendable {
    package struct Epoch: Hashable, Sendable {
        /// The time of the entry that opened it.
        package let time: HybridTime
        package let key: EpochKey

        package init(time: HybridTime, key: EpochKey) {
            self.time = time
            self.key = key
        }
    }

    /// The signing key of the device it is for.
    package let device: DeviceKey
    /// The founder's first log, from its birth.
    package let founder: LogIdentity
    /// Oldest first.
    package let epochs: [Epoch]
    package let granter: DeviceKey

    package init(device: DeviceKey, founder: LogIdentity, epochs: [Epoch], granter: DeviceKey) {
        self.device = device
        self.founder = founder
        self.epochs = epochs
        self.granter = granter
    }
}

/// The file around a grant. `Docs/Formats/Exchange.md` is normative: `magic sender(32) sealed`,
/// what is sealed being `payload signature(64)`.
package enum GrantFile {
    package static let magic: [UInt8] = Array("BEATGRT".utf8) + [2]
    /// No grant is longer: room for some five thousand epochs.
    package static let limit = 262_144

    /// Seals a grant to a device's box key with a key used for this grant alone: it follows from
    /// the granter's secret and the grant, so that the same grant is the same file.
    ///
    /// Throws if nothing can be sealed to that box key, which then was not made by a device, or if
    /// there are more keys than a grant may hold. Stops the
    /// program unless the granter's key is the one the grant names.
    package static func encode(
        _ grant: Grant, to boxKey: Bytes32, signingWith key: SigningKey
    ) throws(Rejection) -> [UInt8] {
        let secret = Digest.of(.grantSender, key.seed, boxKey.array, payload(grant))
        return try encode(
            grant, to: boxKey, signingWith: key, from: BoxKey(seed: secret.bytes.array))
    }

    /// The same with the sender's key as it is given.
    package static func encode(
        _ grant: Grant, to boxKey: Bytes32, signingWith key: SigningKey, from sender: BoxKey
    ) throws(Rejection) -> [UInt8] {
        precondition(key.publicKey == grant.granter, "a granter signs for itself")
        let payload = payload(grant)
        let message = payload + key.sign(.grant, payload)
        guard let sealed = sender.seal(message, to: boxKey) else {
            throw Rejection(
                "The request holds a key that nothing can be sealed to; nobody was enrolled.",
                advice: "Ask for a new request from the device itself.")
        }
        guard magic.count + sealed.count <= limit else {
            throw Rejection(
                "The partnership has more keys than a grant can hold; nobody was enrolled.",
                advice: "End the access of whoever makes so many, then try again.")
        }
        return magic + sealed
    }

    /// Nil unless the bytes are a grant for this device, opened with its box key, signed by the
    /// granter it names, that brings the birth of this partnership's founder. Whether the granter
    /// may grant, only the roster says.
    package static func decode(
        _ bytes: [UInt8], for device: DeviceKey, openingWith box: BoxKey,
        partnership: PartnershipID
    ) -> Grant? {
        guard bytes.count <= limit, bytes.starts(with: magic),
            let message = box.open(Array(bytes[magic.count...])), message.count > 64
        else { return nil }
        let payload = Array(message.dropLast(64))
        guard let grant = payload.decoded(read), grant.device == device, grant.founder.isFounding,
            grant.founder.partnership == partnership,
            grant.granter.verifies(Array(message.suffix(64)), .grant, payload)
        else { return nil }
        return grant
    }

    private static func payload(_ grant: Grant) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(4)
        writer.bytes32(grant.device.bytes)
        writer.byteString(grant.founder.birth.encoded)
        writer.array(grant.epochs.count)
        for epoch in grant.epochs {
            writer.array(2)
            writer.unsigned(epoch.time.raw)
            writer.bytes32(epoch.key.secret)
        }
        writer.bytes32(grant.granter.bytes)
        return writer.bytes
    }

    private static func read(_ raw: UnsafeRawBufferPointer) throws(CBORError) -> Grant {
        var reader = CBORReader(raw)
        guard try reader.array() == 4 else { throw .unexpectedType }
        let device = DeviceKey(try reader.bytes32())
        let founder = try founder(reader.bytes())
        var epochs: [Grant.Epoch] = []
        for _ in 0..<(try reader.array()) {
            guard try reader.array() == 2 else { throw .unexpectedType }
            let time = HybridTime(raw: try reader.unsigned())
            guard epochs.last.map({ $0.time <= time }) ?? true else { throw .outOfRange }
            epochs.append(Grant.Epoch(time: time, key: EpochKey(try reader.bytes32())))
        }
        let granter = DeviceKey(try reader.bytes32())
        try reader.finish()
        return Grant(device: device, founder: founder, epochs: epochs, granter: granter)
    }

    private static func founder(_ birth: UnsafeRawBufferPointer) throws(CBORError) -> LogIdentity {
        do throws(LogError) { return try LogIdentity(payload: birth) } catch {
            throw .unexpectedType
        }
    }
}
