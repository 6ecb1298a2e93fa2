// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// Takes bodies out of frames, or lets them rot, as somebody could who holds a copy of a log: no
/// header, chain value or seal is touched.
package enum BodySpoiler {
    package enum Deed: Sendable {
        case strip
        /// The last byte becomes another.
        case rot
    }

    /// A log file with the bodies spoilt of the entries that are chosen.
    package static func log(
        _ file: [UInt8], _ deed: Deed = .strip, where isChosen: (EntryHeader) -> Bool
    ) -> [UInt8] {
        let log = file.withRaw { raw in
            do throws(LogError) { return try LogScanner.birth(raw).log.id } catch {
                preconditionFailure("only logs are spoilt: \(error)")
            }
        }
        return frames(file, from: Frame.logMagic.count, of: log, deed, where: isChosen)
    }

    /// The same for bytes whose frames begin at an offset, such as those of a slice.
    package static func frames(
        _ bytes: [UInt8], from offset: Int, of log: LogID, _ deed: Deed = .strip,
        where isChosen: (EntryHeader) -> Bool
    ) -> [UInt8] {
        var out = Array(bytes[..<offset])
        var place = offset
        while place + Frame.headLength <= bytes.count {
            let length = (1...4).reversed().reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
            let start = place + Frame.headLength
            let payload = Array(bytes[start..<(start + length)])
            let isBatch = bytes[place] == FrameKind.batch.rawValue
            let new = isBatch ? batch(payload, of: log, deed, where: isChosen) : payload
            out += Frame.bytes(isBatch ? .batch : bytes[place] == 1 ? .birth : .seal, new)
            place = start + length
        }
        return out + bytes[place...]
    }

    private static func batch(
        _ payload: [UInt8], of log: LogID, _ deed: Deed, where isChosen: (EntryHeader) -> Bool
    ) -> [UInt8] {
        payload.withRaw { raw in
            do {
                var reader = CBORReader(UnsafeRawBufferPointer(rebasing: raw.dropLast(32)))
                var entries: [EntryBytes] = []
                for _ in 0..<(try reader.array() / 2) {
                    let header = try reader.bytes(limit: Limits.header)
                    var body = reader.takeNull() ? nil : Array(try reader.bytes(limit: Limits.body))
                    if let whole = body, isChosen(try EntryHeader(header, in: log)) {
                        body = spoilt(whole, deed)
                    }
                    entries.append(EntryBytes(header: Array(header), body: body))
                }
                guard let chain = Bytes32(payload.suffix(32)) else { return payload }
                return Batch.payload(entries, chain: chain)
            } catch {
                preconditionFailure("only good batches are spoilt: \(error)")
            }
        }
    }

    private static func spoilt(_ body: [UInt8], _ deed: Deed) -> [UInt8]? {
        switch deed {
        case .strip: nil
        case .rot: body.dropLast() + [body[body.count - 1] ^ 1]
        }
    }
}

extension LogBuilder {
    /// One batch of entries that create a record each.
    package mutating func create(_ count: Int = 1, bodySize: Int = 8, mark: UInt8 = 0) {
        append(
            (1...UInt64(count)).map { place in
                LogBuilder.entry(
                    seq: position.tip.seq + place, after: position.tip.time, bodySize: bodySize,
                    mark: mark, subject: .creates)
            })
    }
}
