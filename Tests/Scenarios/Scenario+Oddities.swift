// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Simulation

extension Scenario {
    /// What an entry may have that no program of today writes.
    package enum Oddity: Sendable, CaseIterable {
        /// A header of seven items.
        case laterVersion
        /// A body that its header names, and that was taken away.
        case absentBody
        /// A body that is not what its header names.
        case rottenBody
        /// A header without a body digest, on an entry about a record.
        case noBody
        /// A body that its header names and that is no map.
        case brokenBody
        /// A base that names a log which nobody has.
        case unknownLog
        /// A base that names another history of a log than the one there is.
        case otherHistory
        /// A base with two items of exceptions about one log, in no order of their runs.
        case splitExceptions
        /// A base with an item of a form that nobody knows.
        case otherItem
    }

    /// The items that an oddity adds to a base.
    func odd(_ oddity: Oddity?, _ base: [Named], of author: Character) -> [BaseElement] {
        let named = base.first.map { (log: id($0.spot).log, last: $0.spot.seq) }
        switch oddity {
        case .unknownLog:
            let log = LogID(Bytes16(high: 7, low: 7))
            return [.seen(log: log, seq: 3, chain: Bytes16(high: 1, low: 1))]
        case .otherHistory:
            guard let named else { return [] }
            let chain = Bytes16(high: 5, low: 5)
            return [.seen(log: named.log, seq: named.last + 1, chain: chain)]
        case .splitExceptions:
            guard let named, base.first?.except.isEmpty == true else { return [] }
            // One run sorts before two, whatever the runs are.
            return [
                .except(log: named.log, runs: [5...6]),
                .except(log: named.log, runs: [1...2, 9...10]),
            ]
        case .otherItem: return [.other([0x81, 0x07])]
        case .laterVersion, .absentBody, .rottenBody, .noBody, .brokenBody, nil: return []
        }
    }

    /// An entry's bytes, as an oddity has them.
    func shaped(_ header: EntryHeader, _ body: [UInt8]?, by oddity: Oddity?) -> EntryBytes {
        switch oddity {
        case .laterVersion:
            var bytes = header.encoded
            // An array of seven, the last of them 1.
            bytes[0] = 0x87
            bytes.append(1)
            return EntryBytes(header: bytes, body: body)
        case .absentBody: return EntryBytes(header: header.encoded, body: nil)
        case .noBody: return EntryBytes(header: header.naming(nil).encoded, body: nil)
        case .brokenBody:
            let broken = [UInt8](repeating: 1, count: Limits.salt) + [0x01]
            return EntryBytes(header: header.naming(broken).encoded, body: broken)
        case .rottenBody, .unknownLog, .otherHistory, .splitExceptions, .otherItem, nil:
            return EntryBytes(header: header.encoded, body: body)
        }
    }
}

extension EntryHeader {
    /// The same header over another body.
    fileprivate func naming(_ body: [UInt8]?) -> EntryHeader {
        EntryHeader(
            place: (seq, time), type: type, subject: subject, base: base,
            bodyDigest: body.map { EntryBody.digest($0) })
    }
}
