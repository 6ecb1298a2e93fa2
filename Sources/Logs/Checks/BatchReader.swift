// SPDX-License-Identifier: MIT
import Basics

/// Reads batch payloads; keeps its room between batches.
struct BatchReader {
    private(set) var views: [EntryView] = []
    private var pieces: [Piece] = []

    /// Header and body of one entry, before anything is said of them.
    private struct Piece {
        let header: UnsafeRawBufferPointer
        let body: UnsafeRawBufferPointer?
        let offset: Int
    }

    /// Reads the payload that starts at `offset` of the file as what comes after `tip`, and leaves
    /// its entries in `views`. Gives the new tip.
    mutating func read(
        _ payload: UnsafeRawBufferPointer, at offset: Int, after tip: LogTip, in log: LogID
    ) throws(LogError) -> LogTip {
        try split(payload, at: offset)
        views.removeAll(keepingCapacity: true)
        var last = tip
        for piece in pieces {
            let header = try Self.header(piece.header, in: log)
            // A seq that wraps to 0 is no seq: headers begin at 1.
            guard header.seq == last.seq &+ 1 else { throw .entry(.seqOutOfPlace) }
            guard header.time > last.time else { throw .entry(.timeNotGrowing) }
            guard piece.body == nil || header.bodyDigest != nil else { throw .entry(.bodyUnasked) }
            last = LogTip(
                seq: header.seq, time: header.time, chain: Batch.link(last.chain, piece.header))
            views.append(
                EntryView(
                    header: header, body: piece.body, offset: piece.offset, chain: last.chain))
        }
        guard Self.chain(payload) == last.chain else { throw .chainMismatch }
        return last
    }

    /// Reads a payload that goes on from a chain value alone, with whatever seq and time it begins;
    /// false if it does not, or begins at or before `seq`.
    mutating func reads(
        _ payload: UnsafeRawBufferPointer, at offset: Int, goingOnFrom chain: Bytes32,
        after seq: UInt64, in log: LogID
    ) -> Bool {
        do throws(LogError) {
            try split(payload, at: offset)
            guard let piece = pieces.first else { return false }
            let first = try Self.header(piece.header, in: log)
            guard first.seq > seq else { return false }
            let before = LogTip(seq: first.seq - 1, time: HybridTime(raw: 0), chain: chain)
            _ = try read(payload, at: offset, after: before, in: log)
            return true
        } catch {
            return false
        }
    }

    /// Finds the bodies that are not what their headers say.
    mutating func checkBodies() {
        // By place: a view is large, and a loop over them would copy each.
        for place in views.indices { views[place].checkBody() }
    }

    /// Throws if a body that is part of the log's meaning is not here.
    func checkMeaning() throws(LogError) {
        for place in views.indices where views[place].body == nil {
            guard views[place].header.needsBody == false else { throw .entry(.bodyNotHere) }
        }
    }

    /// Throws unless each body that is there hashes to what its header says.
    mutating func demandBodies() throws(LogError) {
        checkBodies()
        for place in views.indices where views[place].isBodyRotten {
            throw .entry(.bodyMismatch)
        }
    }

    private mutating func split(
        _ payload: UnsafeRawBufferPointer, at offset: Int
    ) throws(LogError) {
        guard payload.count > 32, payload.count <= Limits.batchPayload else {
            throw .batchTooLong
        }
        pieces.removeAll(keepingCapacity: true)
        var isBodyTooLong = false
        do throws(CBORError) {
            var reader = CBORReader(
                UnsafeRawBufferPointer(rebasing: payload[..<(payload.count - 32)]))
            let count = try reader.array()
            guard count >= 2, count.isMultiple(of: 2), count <= 2 * Limits.batchEntries else {
                throw CBORError.unexpectedType
            }
            for _ in 0..<(count / 2) {
                let start = offset + reader.position
                // Each has a limit of its own, which is below what a payload may hold.
                let header = try reader.bytes(limit: payload.count)
                let body = reader.takeNull() ? nil : try reader.bytes(limit: payload.count)
                isBodyTooLong = isBodyTooLong || body.map { $0.count > Limits.body } ?? false
                pieces.append(Piece(header: header, body: body, offset: start))
            }
            try reader.finish()
        } catch {
            throw .batchMalformed(error)
        }
        guard isBodyTooLong == false else { throw .entry(.bodyTooLong) }
    }

    private static func header(
        _ raw: UnsafeRawBufferPointer, in log: LogID
    ) throws(LogError) -> EntryHeader {
        do throws(EntryError) { return try EntryHeader(raw, in: log) } catch { throw .entry(error) }
    }

    private static func chain(_ payload: UnsafeRawBufferPointer) -> Bytes32? {
        payload.baseAddress.map { Bytes32($0 + (payload.count - 32)) }
    }
}
