// SPDX-License-Identifier: MIT
package import Basics

/// One item of a base: how far another log had been taken in, or what of it waits.
package enum BaseElement: Hashable, Sendable {
    /// `[log id, seq, h]`: up to this seq, in the history whose chain value at `seq` begins so.
    case seen(log: LogID, seq: UInt64, chain: Bytes16)
    /// `[log id, [[from, to], ...]]`: these runs are left out of what the same base newly says of
    /// that log. They rise, and do not touch.
    case except(log: LogID, runs: [ClosedRange<UInt64>])
    /// An item of another form, whole: it is for a later version and says nothing here.
    case other([UInt8])

    /// The log that the item is about, if it says so in a form that is known.
    package var log: LogID? {
        switch self {
        case .seen(let log, _, _), .except(let log, _): log
        case .other: nil
        }
    }

    func write(to writer: inout CBORWriter) {
        switch self {
        case .seen(let log, let seq, let chain):
            PinnedEntry(log: log, seq: seq, chain: chain).write(to: &writer)
        case .except(let log, let runs):
            writer.array(2)
            writer.bytes16(log.bytes)
            writer.array(runs.count)
            for run in runs {
                writer.array(2)
                writer.unsigned(run.lowerBound)
                writer.unsigned(run.upperBound)
            }
        case .other(let bytes): writer.encoded(bytes)
        }
    }

    /// How many bytes it takes in a base.
    var size: Int { encoded.count }

    private var encoded: [UInt8] {
        var writer = CBORWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// The runs that a base leaves out of what it newly says of each log, rising and apart: several
    /// items of one log leave out all that each does.
    package static func exceptions(_ base: [BaseElement]) -> [LogID: [ClosedRange<UInt64>]] {
        var runs: [LogID: [SeqRange]] = [:]
        for case .except(let log, let left) in base {
            runs[log, default: []] += left.map {
                SeqRange(first: $0.lowerBound, last: $0.upperBound)
            }
        }
        return runs.mapValues { SeqRange.joined($0).map { $0.first...$0.last } }
    }

    /// The same items in the order in which a base has them.
    static func sorted(_ base: [BaseElement]) -> [BaseElement] {
        guard base.count > 1 else { return base }
        return base.map { (bytes: $0.encoded, element: $0) }
            .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.element)
    }
}

extension BaseElement {
    /// Reads the base of a header that stands in `own`.
    static func read(
        _ reader: inout CBORReader, in own: LogID
    ) throws(CBORError) -> Result<[BaseElement], EntryError> {
        let count = try reader.array()
        guard count > 0 else { return .success([]) }
        var elements: [BaseElement] = []
        var last: UnsafeRawBufferPointer?
        var isInOrder = true
        for _ in 0..<count {
            let start = reader.position
            elements.append(try one(&reader, in: own))
            let bytes = reader.slice(from: start)
            if let last, last.precedes(bytes) == false { isInOrder = false }
            last = bytes
        }
        guard count <= Limits.baseElements else { return .failure(.baseTooLong) }
        return isInOrder ? .success(elements) : .failure(.baseOutOfOrder)
    }

    private static func one(
        _ reader: inout CBORReader, in own: LogID
    ) throws(CBORError) -> BaseElement {
        var known = reader
        if let element = seen(&known, in: own) ?? except(reader, &known, in: own) {
            reader = known
            return element
        }
        let start = reader.position
        // The header and its base are open around it.
        try reader.skip(depth: 2)
        return .other(Array(reader.slice(from: start)))
    }

    private static func seen(_ reader: inout CBORReader, in own: LogID) -> BaseElement? {
        do throws(CBORError) {
            let entry = try PinnedEntry(&reader)
            guard entry.log != own, entry.seq >= 1 else { return nil }
            return .seen(log: entry.log, seq: entry.seq, chain: entry.chain)
        } catch {
            return nil
        }
    }

    private static func except(
        _ start: CBORReader, _ reader: inout CBORReader, in own: LogID
    ) -> BaseElement? {
        reader = start
        do throws(CBORError) {
            guard try reader.array() == 2 else { return nil }
            let log = LogID(try reader.bytes16())
            guard log != own, let runs = try runs(&reader) else { return nil }
            return .except(log: log, runs: runs)
        } catch {
            return nil
        }
    }

    /// One run at least, each from 1 up; between two of them lies at least one entry.
    private static func runs(
        _ reader: inout CBORReader
    ) throws(CBORError) -> [ClosedRange<UInt64>]? {
        let count = try reader.array()
        guard count > 0 else { return nil }
        var runs: [ClosedRange<UInt64>] = []
        var free: UInt64 = 1
        for _ in 0..<count {
            guard try reader.array() == 2 else { return nil }
            let (from, to) = (try reader.unsigned(), try reader.unsigned())
            guard from >= free, from <= to else { return nil }
            runs.append(from...to)
            guard to < .max - 1 || runs.count == count else { return nil }
            free = to &+ 2
        }
        return runs
    }
}
