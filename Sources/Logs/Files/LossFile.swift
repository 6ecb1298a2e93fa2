// SPDX-License-Identifier: MIT
package import Basics

/// Entries that a book's folder had and does not hold any more: of this device's own logs those
/// that were answered for.
package struct Loss: Hashable, Sendable {
    /// How far a person was told.
    package enum Telling: UInt64, Comparable, Sendable {
        case nothing = 0
        /// That they are not here.
        case gone = 1
        /// That a sync did not bring them back.
        case lost = 2

        package static func < (left: Telling, right: Telling) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    package let log: LogID
    package let range: SeqRange
    /// The first half of the log's chain value at the last of them; nil where it is not known.
    package let chain: Bytes16?
    package let told: Telling
    /// Whether this device wrote the log, of which nothing may be left to say so.
    package let isOwn: Bool

    package init(log: LogID, range: SeqRange, chain: Bytes16?, told: Telling, isOwn: Bool) {
        self.log = log
        self.range = range
        self.chain = chain
        self.told = told
        self.isOwn = isOwn
    }

    /// The same, told otherwise.
    package func with(told: Telling) -> Loss {
        Loss(log: log, range: range, chain: chain, told: told, isOwn: isOwn)
    }

    /// What is left without other entries.
    package func without(_ other: [SeqRange]) -> [Loss] {
        SeqRange.subtracting(other, from: [range]).map {
            Loss(
                log: log, range: $0, chain: $0.last == range.last ? chain : nil, told: told,
                isOwn: isOwn)
        }
    }
}

/// The file in a book's folder that names what the folder lost, so that no end of a run and no new
/// log makes it forgotten before a person was told. `Docs/Formats/Witness.md` is normative:
///
///     file   = [[log id, from, to, h, told, own], ...] check(16)
///     check  = the first 16 bytes of H("beatbook/lost/1" ‖ all before)
package struct LossFile: Sendable {
    package let path: String
    private let files: any FileSystem

    package init(_ path: String, files: any FileSystem) {
        self.path = path
        self.files = files
    }

    /// What the file names; nothing if there is none, nil if it is damaged.
    package func read() throws(Failure) -> [Loss]? {
        guard let size = try files.size(path) else { return [] }
        guard size <= LossFile.limit else { return nil }
        return LossFile.losses(in: try files.read(path, limit: LossFile.limit))
    }

    package func write(_ losses: [Loss]) throws(Failure) {
        try files.replace(path, LossFile.bytes(losses))
    }

    private static let limit = 1 << 20

    package static func bytes(_ losses: [Loss]) -> [UInt8] {
        let items = losses.map { loss in
            CBORValue.array([
                .bytes(loss.log.bytes.array), .unsigned(loss.range.first),
                .unsigned(loss.range.last), loss.chain.map { .bytes($0.array) } ?? .null,
                .unsigned(loss.told.rawValue), .bool(loss.isOwn),
            ])
        }
        let said = CBORValue.array(items).encoded
        return said + Digest.of(.lost, said).bytes.first.array
    }

    package static func losses(in bytes: [UInt8]) -> [Loss]? {
        let said = Array(bytes.dropLast(16))
        guard bytes.count > 16,
            Digest.of(.lost, said).bytes.first == Bytes16(bytes.suffix(16)),
            case .array(let items)? = LossFile.value(said)
        else { return nil }
        var losses: [Loss] = []
        for item in items {
            guard case .array(let parts) = item, parts.count == 6, case .bytes(let log) = parts[0],
                let id = Bytes16(log), case .unsigned(let first) = parts[1],
                case .unsigned(let last) = parts[2], first >= 1, first <= last,
                let chain = LossFile.chain(parts[3]), case .unsigned(let told) = parts[4],
                let told = Loss.Telling(rawValue: told), case .bool(let isOwn) = parts[5]
            else { return nil }
            losses.append(
                Loss(
                    log: LogID(id), range: SeqRange(first: first, last: last), chain: chain,
                    told: told, isOwn: isOwn))
        }
        return losses
    }

    /// Nil for what is neither null nor half of a chain value.
    private static func chain(_ value: CBORValue) -> Bytes16?? {
        switch value {
        case .null: .some(nil)
        case .bytes(let bytes): Bytes16(bytes).map { .some($0) }
        default: nil
        }
    }

    private static func value(_ bytes: [UInt8]) -> CBORValue? {
        do throws(CBORError) { return try CBORValue(bytes) } catch { return nil }
    }
}
