// SPDX-License-Identifier: MIT
import Basics
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

    private func writeEntries(_ state: RecordState, to writer: inout CBORWriter) {
        writer.array(state.folded.count)
        let folded = state.folded
        for entries in folded.count > 1
            ? folded.sorted(by: { logs.id(of: $0.log) < logs.id(of: $1.log) }) : folded
        {
            writer.array(4)
            writer.bytes16(logs.id(of: entries.log).bytes)
            writer.unsigned(entries.count)
            writer.unsigned(entries.seq)
            writer.bytes16(entries.mixed)
        }
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
            let keys = Array(sums.keys)
            for index in CanonicalRecord.order(keys) {
                writer.text(keys[index])
                writer.signed(sums[keys[index]] ?? 0)
            }
        case .parts(let parts): write(parts, of: field.index, state, to: &writer)
        }
    }

    private func write(_ register: FieldView.Register, to writer: inout CBORWriter) {
        guard register.isDisputed else { return writer.encoded(register.shown.bytes) }
        writer.array(2)
        writer.encoded(register.shown.bytes)
        writer.array(register.live.count)
        for write in register.live.sorted(by: { logs.precedes($0.place, $1.place) }) {
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
        var cells = state.cells(of: field).filter { $0.act == .parts }
        if cells.count > 1 { cells.sort { logs.precedes($0.place, $1.place) } }
        writer.array(cells.count)
        for cell in cells {
            writer.array(3)
            writer.bytes16(logs.id(of: cell.log).bytes)
            writer.unsigned(UInt64(cell.amount))
            writer.unsigned(cell.seq)
        }
    }
}
