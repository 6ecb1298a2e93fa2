// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging

/// The chain values of all entries of one file that count, from the first on.
struct LogChains {
    private var values: [Bytes16] = []
    /// The entries whose bodies it lacks, rising; those that rotted where bodies were checked.
    private(set) var absent: [UInt64] = []

    /// None of a file that does not begin as a log.
    init(_ source: LogSource, checksBodies: Bool = false) throws(Failure) {
        let bytes = try source.view().bytes
        var sealed = 0
        var scanner: LogScanner
        do throws(LogError) {
            scanner = try LogScanner(bytes, checksBodies: checksBodies)
        } catch {
            return
        }
        while let step = scanner.nextIfGood() {
            guard step == .batch else {
                sealed = values.count
                continue
            }
            for entry in scanner.entries {
                values.append(entry.chain.first)
                if entry.isBodyAbsent { absent.append(entry.header.seq) }
            }
        }
        if source.countsUnsealed == false { values.removeLast(values.count - sealed) }
    }

    func value(at seq: UInt64) -> Bytes16? {
        seq >= 1 && seq <= UInt64(values.count) ? values[Int(seq - 1)] : nil
    }
}

/// The chain values of whole logs, read from their files when they are first asked for: for those
/// who may not look into the index.
final class ChainReading {
    private let sources: [LogSource?]
    private var chainsByLog: [LogIndex: LogChains?] = [:]
    private(set) var failure: Failure?

    init(_ sources: [LogSource?]) { self.sources = sources }

    func chain(_ entry: EntryRef) -> Bytes16? { chains(entry.log)?.value(at: entry.seq) }

    private func chains(_ log: LogIndex) -> LogChains? {
        if let known = chainsByLog[log] { return known }
        var chains: LogChains?
        do throws(Failure) {
            chains = try sources[Int(log.raw)].map { (source) throws(Failure) in
                try LogChains(source)
            }
        } catch {
            failure = failure ?? error
        }
        chainsByLog[log] = .some(chains)
        return chains
    }
}
