// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Reads one field's change from a body. `Docs/Formats/Changes.md` is normative.
package struct ChangeDecoder {
    let index: Int
    let shape: FieldShape
    let author: Fold.Writer
    let time: HybridTime
    let links: LinkNames

    private static let null = ShortBytes([0xf6])

    func read(_ reader: inout CBORReader, into found: inout Fold.EntryEffects) throws(CBORError) {
        switch shape.change {
        case .register:
            found.acts.append(write(key: ShortBytes(), try value(&reader, into: &found)))
        case .standing: found.acts.append(write(key: standingKey, try value(&reader, into: &found)))
        case .keyed:
            var keys = KeyOrder()
            for _ in 0..<(try reader.map()) {
                let key = ShortBytes(try keys.next(&reader))
                found.acts.append(write(key: key, try value(&reader, into: &found)))
            }
        case .set: try readSet(&reader, into: &found)
        case .tally:
            var keys = KeyOrder()
            for _ in 0..<(try reader.map()) {
                let key = ShortBytes(try keys.next(&reader))
                found.acts.append(
                    make(.count, key: key, value: ShortBytes(), amount: try reader.signed()))
            }
        case .parts: try readParts(&reader, into: &found)
        }
    }

    /// A standing field keeps every write, so that what was agreed before can still be found.
    private var standingKey: ShortBytes { ShortBytes(bigEndian: author.place.seq) }

    /// A write by someone who may not ease a cautious field stands for itself: see `LastAct`.
    private func write(key: ShortBytes, _ value: ShortBytes) -> LastAct {
        let standsAlone = shape.keepsEveryWrite || shape.mayEase.allows(author.role) == false
        return make(
            .write, key: key, value: value,
            amount: standsAlone ? Int64(clamping: author.place.seq) : 0)
    }

    private func make(
        _ act: LastAct.Act, key: ShortBytes, value: ShortBytes, amount: Int64 = 0
    ) -> LastAct {
        LastAct(
            field: UInt8(index), act: act, key: key, log: author.place.log, seq: author.place.seq,
            time: time, amount: amount, value: value,
            descents: act.settles ? author.descents : 0)
    }

    private func readSet(
        _ reader: inout CBORReader, into found: inout Fold.EntryEffects
    ) throws(CBORError) {
        let signs = try reader.map()
        guard signs > 0 else { throw .unexpectedType }
        var keys = KeyOrder()
        for _ in 0..<signs {
            let sign = try keys.next(&reader)
            let act: LastAct.Act
            switch sign.count == 1 ? sign[0] : 0 {
            case UInt8(ascii: "+"): act = .add
            case UInt8(ascii: "-"): act = .remove
            default: throw .unexpectedType
            }
            let amount = act == .add ? Int64(clamping: time.raw) : 0
            let count = try reader.array()
            guard count > 0 else { throw .unexpectedType }
            for _ in 0..<count {
                let value = try value(&reader, into: &found)
                guard value != ChangeDecoder.null else { throw .unexpectedType }
                found.acts.append(make(act, key: value, value: ShortBytes(), amount: amount))
            }
        }
    }

    private func readParts(
        _ reader: inout CBORReader, into found: inout Fold.EntryEffects
    ) throws(CBORError) {
        var added = 0
        var form = ChangeForm.part
        for _ in 0..<(try reader.array()) {
            let items = try reader.array()
            let act = try reader.unsigned()
            switch (act, items) {
            case (0, 2):
                form = try reader.peekMajor() == 3 ? .part : .partOfValues
                _ = try content(&reader, clears: false, into: &found)
                added += 1
            case (1, 2):
                let part = try link(&reader, into: &found)
                found.acts.append(make(.partAct, key: part, value: ShortBytes([1])))
            case (2, 3):
                let part = try link(&reader, into: &found)
                let content = try content(&reader, clears: true, into: &found)
                found.acts.append(
                    make(.partAct, key: part, value: ShortBytes([2] + (try named(content)))))
            default: throw .unexpectedType
            }
        }
        guard added <= 1 else { throw .unexpectedType }
        guard added == 1 else { return }
        let seqs = PartSeqs(author.place.seq).packed
        let key = LastAct.key(
            ofPartsSince: form == .part ? shape.partSince : shape.partOfValuesSince)
        found.acts.append(make(.parts, key: key, value: seqs, amount: 1))
    }

    /// A part's content, a text or a map of texts and other values; its texts join the words. A
    /// correction may clear values.
    private func content(
        _ reader: inout CBORReader, clears: Bool, into found: inout Fold.EntryEffects
    ) throws(CBORError) -> UnsafeRawBufferPointer {
        let start = reader.position
        if try reader.peekMajor() == 3 {
            found.words += try reader.text()
            found.words.append(UInt8(ascii: " "))
        } else {
            var keys = KeyOrder()
            for _ in 0..<(try reader.map()) {
                _ = try keys.next(&reader)
                if clears, reader.takeNull() { continue }
                guard try reader.peekMajor() == 3 else {
                    try plainValue(&reader, into: &found)
                    continue
                }
                found.words += try reader.text()
                found.words.append(UInt8(ascii: " "))
            }
        }
        return reader.slice(from: start)
    }

    /// A part's content with its links as state names entries, so that equal ones are equal bytes.
    private func named(_ content: UnsafeRawBufferPointer) throws(CBORError) -> [UInt8] {
        guard content[0] >> 5 == 5, case .map(var values) = try CBORValue(raw: content),
            values.values.contains(where: { Link($0) != nil })
        else { return Array(content) }
        // What these links mean was noted when they were read.
        var effects = Fold.EntryEffects()
        for (key, value) in values {
            guard let link = Link(value) else { continue }
            let entry = effects.name(link, by: links.meaning(of: link, author))
            values[key] = Link(entry, chain: entry.branch).value
        }
        return CBORValue.map(values).encoded
    }

    /// Passes over a value of any type but text.
    private func plainValue(
        _ reader: inout CBORReader, into found: inout Fold.EntryEffects
    ) throws(CBORError) {
        switch try reader.peekMajor() {
        case 0: _ = try reader.unsigned()
        case 1: _ = try reader.signed()
        case 2: _ = try reader.bytes()
        case 4: try linkOrFile(&reader, into: &found)
        case 7 where reader.takeNull() == false: try reader.skip()
        default: throw .unexpectedType
        }
    }

    private func linkOrFile(
        _ reader: inout CBORReader, into found: inout Fold.EntryEffects
    ) throws(CBORError) {
        let start = reader.position
        try reader.skip(depth: 4)
        let value = try CBORValue(raw: reader.slice(from: start))
        guard value.isFieldValue else { throw .unexpectedType }
        guard let link = Link(value) else { return }
        _ = found.name(link, by: links.meaning(of: link, author))
    }

    /// One value's bytes as the field's type wants them; links name their log in full.
    private func value(
        _ reader: inout CBORReader, into found: inout Fold.EntryEffects
    ) throws(CBORError) -> ShortBytes {
        if reader.takeNull() { return ChangeDecoder.null }
        let start = reader.position
        switch shape.value {
        case .text: _ = try reader.text()
        case .integer: _ = try reader.signed()
        case .flag:
            guard try reader.peekMajor() == 7 else { throw .unexpectedType }
            try reader.skip()
        case .link: return try link(&reader, into: &found)
        }
        return ShortBytes(reader.slice(from: start))
    }

    /// A link as state names entries, so that two authors' links to one record are equal bytes.
    private func link(
        _ reader: inout CBORReader, into found: inout Fold.EntryEffects
    ) throws(CBORError) -> ShortBytes {
        let link = try Link(&reader)
        let entry = found.name(link, by: links.meaning(of: link, author))
        var writer = CBORWriter()
        Link(entry, chain: entry.branch).write(to: &writer)
        return ShortBytes(writer.bytes)
    }
}
