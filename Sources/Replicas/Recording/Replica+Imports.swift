// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
import Queries

extension Replica {
    /// The id of the import of a file: the same wherever and whenever it is done, so that one which
    /// was stopped is gone on with, and none is done twice by mistake.
    package static func importID(of file: [UInt8], as name: String) -> Bytes16 {
        Digest.of(Array("\(name)\n".utf8) + file).bytes.first
    }

    /// An id that no other import has.
    package func newImportID() -> Bytes16 { Replica.nonce(surroundings) }

    /// The records that entries of an import are about, on whichever device they were written, in
    /// the order of each log.
    package func records(ofImport id: Bytes16) throws(Failure) -> [EntryID] {
        var records: [EntryID] = []
        let wanted = id.array
        for source in sources {
            let view = try source.view()
            // Few logs hold anything of it: the others are not taken apart.
            guard view.bytes.contains(bytes: wanted) else { continue }
            var scanner: LogScanner
            do throws(LogError) { scanner = try LogScanner(view.bytes) } catch { continue }
            while let step = scanner.nextIfGood() {
                guard step == .batch else { continue }
                for entry in scanner.entries where entry.isImported(as: id) {
                    switch entry.header.subject {
                    case .creates:
                        records.append(EntryID(log: source.identity.id, seq: entry.header.seq))
                    case .own(let seq): records.append(EntryID(log: source.identity.id, seq: seq))
                    case .other(let record, _): records.append(record)
                    case .none: continue
                    }
                }
            }
        }
        return records.unique()
    }
}

extension EntryView {
    fileprivate func isImported(as id: Bytes16) -> Bool {
        guard body != nil else { return false }
        do throws(CBORError) {
            let said = try CBORValue(Array(changes)).named ?? [:]
            return EntryNotes(said).imported == id
        } catch {
            return false
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether a run of bytes stands anywhere in it.
    fileprivate func contains(bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, count >= bytes.count else { return false }
        var rest = self[...]
        while let place = rest.firstIndex(of: first) {
            if self[place...].starts(with: bytes) { return true }
            rest = self[(place + 1)...]
        }
        return false
    }
}
