// SPDX-License-Identifier: MIT
package import Basics
import Events
import Merging

/// The one way to write a record's state as bytes: what the state digest is taken over.
///
///     record   = [log id, seq, kind, fields, findings, entries]
///     fields   = a map from field name to content, in the order of encoded keys
///     findings = an array of names
///     entries  = [[log id, count, last seq, mixed], ...]                ; what was folded, by log
///     content  = value | [shown, [[log id, seq, value], ...]]    ; a plain field; disputed
///              | {key: content}                                  ; a keyed field
///              | [[value, ...], contested]                       ; a set
///              | {name: sum}                                     ; a tally
///              | [counted, void, disputed, [[log id, count, last seq], ...]]   ; parts
///
/// `mixed` is the exclusive or of the first sixteen bytes of the body digests of the entries
/// folded.
package struct CanonicalRecord {
    package let plan: KindPlan
    let logs: LogTable

    func bytes(_ view: RecordView, _ state: RecordState) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(6)
        writer.bytes16(view.id.log.bytes)
        writer.unsigned(view.id.seq)
        writer.text(plan.kind.name)
        writer.map(view.fields.count)
        for field in plan.canonical {
            guard let content = view.fields.first(where: { $0.index == field.index }) else {
                continue
            }
            writer.encoded(field.key)
            write(content, isKeyed: field.isKeyed, state, to: &writer)
        }
        writer.array(view.findings.count)
        for finding in view.findings { writer.text(finding.name) }
        writeEntries(state, to: &writer)
        return writer.bytes
    }

    /// What was folded, log by log: histories of one log are one.
    private func writeEntries(_ state: RecordState, to writer: inout CBORWriter) {
        let folded = joined(state.folded)
        writer.array(folded.count)
        for entries in folded {
            writer.array(4)
            writer.bytes16(logs.id(of: entries.log).bytes)
            writer.unsigned(entries.count)
            writer.unsigned(entries.seq)
            writer.bytes16(entries.mixed)
        }
    }

    private func joined(_ folded: [FoldedEntries]) -> [FoldedEntries] {
        guard folded.count > 1 else { return folded }
        var joined: [FoldedEntries] = []
        for entries in folded.sorted(by: { logs.id(of: $0.log) < logs.id(of: $1.log) }) {
            if let last = joined.last, logs.id(of: last.log) == logs.id(of: entries.log) {
                joined[joined.count - 1].add(entries)
            } else {
                joined.append(entries)
            }
        }
        return joined
    }

    /// The order of text keys in deterministic CBOR: shorter first, then by bytes.
    static func order(_ names: [String]) -> [Int] {
        names.indices.sorted { left, right in
            let (first, second) = (names[left].utf8, names[right].utf8)
            return first.count != second.count
                ? first.count < second.count : first.lexicographicallyPrecedes(second)
        }
    }

    private func write(
        _ field: FieldView, isKeyed: Bool, _ state: RecordState, to writer: inout CBORWriter
    ) {
        switch field.content {
        case .registers(let registers):
            if isKeyed == false, let plain = registers.first {
                return write(plain, to: &writer)
            }
            writer.map(registers.count)
            let keys = registers.map(\.key)
            for index in CanonicalRecord.order(keys) {
                writer.text(keys[index])
                write(registers[index], to: &writer)
            }
        case .set(let elements, let isContested):
            writer.array(2)
            writer.array(elements.count)
            for element in elements { writer.encoded(element.bytes) }
            writer.bool(isContested)
        case .tally(let sums):
            writer.map(sums.count)
            for index in CanonicalRecord.order(sums.map(\.key)) {
                writer.text(sums[index].key)
                writer.signed(Int64(clamping: sums[index].value))
            }
        case .parts(let parts): write(parts, of: field.index, state, to: &writer)
        }
    }

    private func write(_ register: FieldView.Register, to writer: inout CBORWriter) {
        guard register.isDisputed else { return writer.encoded(register.shown.bytes) }
        writer.array(2)
        writer.encoded(register.shown.bytes)
        writer.array(register.live.count)
        for write in register.live.sorted(by: comesFirst) {
            writer.array(3)
            writer.bytes16(logs.id(of: write.place.log).bytes)
            writer.unsigned(write.place.seq)
            writer.encoded(write.value.bytes)
        }
    }

    private func write(
        _ parts: FieldView.Parts, of field: Int, _ state: RecordState, to writer: inout CBORWriter
    ) {
        writer.array(4)
        writer.unsigned(UInt64(parts.counted))
        writer.unsigned(UInt64(parts.void))
        writer.unsigned(UInt64(parts.disputed))
        let added = joined(
            state.acts(of: field).filter { $0.act == .parts }.map { act in
                FoldedEntries(
                    log: act.log, count: UInt64(clamping: act.amount), seq: act.seq,
                    time: act.time, mixed: Bytes16(high: 0, low: 0))
            })
        writer.array(added.count)
        for entries in added {
            writer.array(3)
            writer.bytes16(logs.id(of: entries.log).bytes)
            writer.unsigned(entries.count)
            writer.unsigned(entries.seq)
        }
    }

    /// By canonical order; two histories of one log may write at one place: then by value.
    private func comesFirst(_ left: LiveWrite, _ right: LiveWrite) -> Bool {
        let order = CanonicalOrder(logs)
        if order.precedes(left.place, right.place) { return true }
        if order.precedes(right.place, left.place) { return false }
        return left.value.bytes.precedes(right.value.bytes)
    }
}

extension CanonicalRecord {
    /// The contents of fields by name, as they stand in a record's bytes; nil for bytes that this
    /// did not write.
    package static func contents(_ record: [UInt8]) -> [String: CBORValue]? {
        let read = record.decoded { raw throws(CBORError) in try CBORValue(raw: raw) }
        guard case .array(let items)? = read, items.count == 6, case .map(let pairs) = items[3]
        else { return nil }
        var contents: [String: CBORValue] = [:]
        for (key, value) in pairs {
            guard case .text(let name) = key else { return nil }
            contents[name] = value
        }
        return contents
    }
}
