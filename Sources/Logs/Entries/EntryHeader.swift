// SPDX-License-Identifier: MIT
package import Basics

/// An entry's header. `Docs/Formats/Entry.md` is normative; a header is valid if and only if
///
/// 1. it is deterministic CBOR of at most `Limits.header` bytes, an array of six or more items;
/// 2. `seq` is at least 1, `time` unsigned;
/// 3. `type` is `[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*` in at most `Limits.type` bytes;
/// 4. `record` is null, 0, an earlier seq of the own log, or a place in another log;
/// 5. `base` has at most `Limits.baseElements` items, sorted by their bytes, each once;
/// 6. `bodyDigest` is 32 bytes or null.
package struct EntryHeader: Hashable, Sendable {
    package let seq: UInt64
    package let time: HybridTime
    package let label: EntryType
    package let subject: EntrySubject
    package let base: [BaseElement]
    package let bodyDigest: Bytes32?
    /// Whether items follow the first six: a later version wrote it, so that it is not folded.
    package let isFromLaterVersion: Bool

    package init(
        place: (seq: UInt64, time: HybridTime), type: String, subject: EntrySubject,
        base: [BaseElement] = [], bodyDigest: Bytes32?
    ) {
        seq = place.seq
        time = place.time
        label = EntryType(type)
        self.subject = subject
        self.base = BaseElement.sorted(base)
        self.bodyDigest = bodyDigest
        isFromLaterVersion = false
    }

    /// Reads a header that stands in the log named; throws the first rule it breaks.
    package init(_ raw: UnsafeRawBufferPointer, in log: LogID) throws(EntryError) {
        guard raw.count <= Limits.header else { throw .headerTooLong }
        let read: Result<[BaseElement], EntryError>
        do throws(CBORError) {
            var reader = CBORReader(raw)
            let count = try reader.array()
            guard count >= 6 else { throw CBORError.unexpectedType }
            seq = try reader.unsigned()
            time = HybridTime(raw: try reader.unsigned())
            label = try EntryHeader.label(&reader)
            subject = try EntryHeader.subject(&reader)
            read = try BaseElement.read(&reader, in: log)
            bodyDigest = reader.takeNull() ? nil : try reader.bytes32()
            isFromLaterVersion = count > 6
            for _ in 6..<count { try reader.skip(depth: 1) }
            try reader.finish()
        } catch {
            throw .headerMalformed(error)
        }
        base = try read.get()
        try checkPlaces(in: log)
    }

    /// The header's bytes.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(6)
        writer.unsigned(seq)
        writer.unsigned(time.raw)
        writer.text(type)
        write(subject, to: &writer)
        writer.array(base.count)
        for element in base { element.write(to: &writer) }
        if let bodyDigest { writer.bytes32(bodyDigest) } else { writer.null() }
        return writer.bytes
    }

    /// The type as text.
    package var type: String { label.text }

    /// Whether the log means nothing without the entry's body: whom it lets in, which key it
    /// brings. Such bodies hold nothing about people, and are never erased.
    var needsBody: Bool {
        subject == .none && bodyDigest != nil && label != .sealed
    }

    /// The part of the type before its dot: on a creating entry, the record's kind.
    package var kind: Substring { type.prefix { $0 != "." } }

    private func write(_ subject: EntrySubject, to writer: inout CBORWriter) {
        switch subject {
        case .creates: writer.null()
        case .none: writer.unsigned(0)
        case .own(let seq): writer.unsigned(seq)
        case .other(let id, let branch): Link(id, chain: branch).write(to: &writer)
        }
    }

    private func checkPlaces(in log: LogID) throws(EntryError) {
        guard seq >= 1 else { throw .seqOutOfPlace }
        switch subject {
        case .creates, .none: break
        case .own(let record):
            guard record < seq else { throw .recordNotEarlier }
        case .other(let id, _):
            guard id.log != log else { throw .recordNotElsewhere }
        }
    }
}

extension EntryHeader {
    private static func label(_ reader: inout CBORReader) throws(CBORError) -> EntryType {
        let text = try reader.text()
        guard isType(text) else { throw .unexpectedType }
        return EntryType(text)
    }

    /// Whether the bytes are `[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*` and not too long.
    package static func isType(_ text: some RandomAccessCollection<UInt8>) -> Bool {
        guard text.count <= Limits.type else { return false }
        var isAtStart = true
        var dots = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): isAtStart = false
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                if isAtStart { return false }
            case UInt8(ascii: "."):
                if isAtStart { return false }
                dots += 1
                isAtStart = true
            default: return false
            }
        }
        return dots == 1 && isAtStart == false
    }

    private static func subject(_ reader: inout CBORReader) throws(CBORError) -> EntrySubject {
        if reader.takeNull() { return .creates }
        if try reader.peekMajor() == 0 {
            let seq = try reader.unsigned()
            return seq == 0 ? .none : .own(seq: seq)
        }
        let link = try Link(&reader)
        // A record of the own log is named by its seq alone.
        guard let log = link.log else { throw .unexpectedType }
        return .other(EntryID(log: log, seq: link.seq), branch: link.chain)
    }
}
