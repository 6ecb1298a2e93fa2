// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// Writes to an exchange what it lacks of the logs that are held, this device's and others'.
package struct Publisher: Sendable {
    private let exchange: Exchange
    private let keys: SliceKeys

    package init(_ exchange: Exchange, keys: SliceKeys) {
        self.exchange = exchange
        self.keys = keys
    }

    /// Publishes the logs in the order given, the own one first and sealed.
    ///
    /// `memory` says what the exchange holds, as the last look found; of it counts only what is
    /// there now. A failure ends the work; what was written before it stands, and publishing again
    /// goes on from there.
    package func publish(_ logs: [HeldLog], knowing memory: SegmentMemory) -> Published {
        var published = Published(memory: memory)
        do throws(Failure) {
            published.memory = memory.limited(to: try exchange.list(.segments))
            let there = Coverage(published.memory, of: logs, keys)
            for held in logs { try publish(held, there, &published) }
        } catch {
            published.failure = error
        }
        return published
    }

    private func publish(
        _ held: HeldLog, _ there: Coverage, _ published: inout Published
    ) throws(Failure) {
        for gap in there.gaps(in: held) {
            var cutter = Cutter(held, covering: gap, apart: keys.apart(in: held.log.id))
            while let cut = published.next(of: held.log.id, from: &cutter) {
                guard there.holds(cut, of: held) == false else { continue }
                let key = keys.key(for: cut, of: held.log.id)
                let segment = SegmentFile.encode(cut.slice, with: key)
                let name = try exchange.write(segment, in: .segments)
                published.files.append(
                    Published.File(name: name, log: held.log.id, range: cut.range))
                published.memory.note(name, size: segment.count, cut, of: held.log.id, under: key)
            }
        }
    }
}

/// What was written to an exchange.
package struct Published: Sendable {
    package struct File: Hashable, Sendable {
        package let name: String
        package let log: LogID
        package let range: SeqRange
    }

    /// A log of which something could not be published.
    package struct Trouble: Hashable, Sendable {
        package let log: LogID
        package let reason: Cutter.Trouble

        /// What happened, what is safe, what next.
        package var sentence: String {
            switch reason {
            case .unreadable:
                "Part of a log could not be read, so it was not published; what was published"
                    + " before is safe. Run 'beatbook verify'."
            case .sealsTooFarApart:
                "A log is signed too seldom to be cut into segments; carry its file by hand."
            }
        }
    }

    package fileprivate(set) var files: [File] = []
    package fileprivate(set) var troubles: [Trouble] = []
    /// What to remember of the exchange from now on.
    package fileprivate(set) var memory: SegmentMemory
    /// What ended the work early, if anything did.
    package fileprivate(set) var failure: Failure?

    fileprivate init(memory: SegmentMemory) { self.memory = memory }

    /// What happened, what is safe, what next.
    package var sentence: String {
        let entries = files.reduce(0) { $0 + $1.range.count }
        let what = entries == 1 ? "One entry was" : "\(entries) entries were"
        if let failure {
            return "\(failure.sentence) \(what) published before that; the rest goes with the next"
                + " sync."
        }
        return files.isEmpty ? "The exchange lacked nothing." : "\(what) published."
    }

    /// The next slice; nil, and a trouble noted, where none can be cut.
    fileprivate mutating func next(of log: LogID, from cutter: inout Cutter) -> Cutter.Cut? {
        do throws(Cutter.Trouble) { return try cutter.next() } catch {
            troubles.append(Trouble(log: log, reason: error))
            return nil
        }
    }
}

extension SegmentMemory {
    /// Takes note of a slice that was written under a key.
    mutating func note(
        _ name: String, size: Int, _ cut: Cutter.Cut, of log: LogID, under key: EpochKey
    ) {
        let note = Note(
            log: log, range: cut.range, end: cut.end, lacking: cut.lacking, key: key.id)
        entriesByName[name] = Entry(size: size, content: .slice(note))
    }
}
