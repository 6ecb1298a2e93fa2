// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
import Queries

extension Replica {
    /// The id of the import of a file: the same wherever and whenever it is done, so that one which
    /// was stopped is gone on with, and none is done twice by mistake. Its first half is of the
    /// file, its second of how that is read.
    package static func importID(
        of file: [UInt8], as name: String, reading: String
    ) -> Bytes16 {
        Bytes16(
            high: Digest.of(Array("\(name)\n".utf8) + file).bytes.first.high,
            low: Digest.of(Array(reading.utf8)).bytes.first.low)
    }

    /// An id that no other import has.
    package func newImportID() -> Bytes16 { Replica.nonce(surroundings) }

    /// The records that entries of an import are about, on whichever device they were written, in
    /// the order of each log; and whether some of the same file were read in another way.
    package func records(
        ofImport id: Bytes16
    ) throws(Failure) -> (records: [EntryID], isReadOtherwise: Bool) {
        var records: [EntryID] = []
        var isReadOtherwise = false
        let wanted = Array(id.array.prefix(8))
        for source in sources {
            let view = try source.view()
            // Few logs hold anything of it: the others are not taken apart.
            guard view.bytes.contains(wanted) else { continue }
            var scanner: LogScanner
            do throws(LogError) { scanner = try LogScanner(view.bytes) } catch { continue }
            while let step = scanner.nextIfGood() {
                guard step == .batch else { continue }
                for entry in scanner.entries {
                    guard let found = entry.importID, found.high == id.high else { continue }
                    guard found == id else {
                        isReadOtherwise = true
                        continue
                    }
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
        return (records.unique(), isReadOtherwise)
    }
}

extension EntryView {
    /// The import that it is of, if it is of one.
    fileprivate var importID: Bytes16? {
        guard body != nil else { return nil }
        do throws(CBORError) {
            let said = try CBORValue(Array(changes)).named ?? [:]
            return EntryNotes(said).imported
        } catch {
            return nil
        }
    }
}
