// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Which recovery words hold, and which entries that were signed with such words count.
///
/// The founding birth names the first. An entry of a log signed with words that hold counts if it
/// stands before an entry `recovery.renewed` of that log, which names the next: from there the old
/// ones admit nothing, wherever else they sign. Where words were renewed in several logs, none of
/// which had another in sight, nobody can tell which was meant: they end access and let nobody in.
struct RecoveryLine {
    /// The words that hold; nil where there are none.
    private(set) var keys: RecoveryKeys?
    /// The signing keys of all that ever held, each after the one it followed.
    private(set) var signers: [DeviceKey] = []
    /// The signing keys of those that hold no more.
    var former: [DeviceKey] { signers.filter { $0 != keys?.signing } }
    /// The last entries that count: the renewals of words that held.
    private var last: [EntryRef] = []
    private let logs: LogTable
    /// Where one set of words was renewed more than once, each in a log of its own; empty where
    /// none was.
    private(set) var apart: [EntryRef] = []

    private struct Renewal {
        let place: EntryRef
        let keys: RecoveryKeys
    }

    init(_ context: RosterContext, _ acts: [RosterAct]) {
        logs = context.logs
        let renewals = Self.renewals(acts)
        keys = context.founder?.birth.recovery
        while let held = keys {
            guard signers.contains(held.signing) == false else {
                keys = nil
                return
            }
            signers.append(held.signing)
            let first = Self.first(
                (context.logsByKey[held.signing] ?? []).compactMap { renewals[$0] }, context.seen)
            last += first.map(\.place)
            guard let only = first.first else { return }
            keys = first.count == 1 ? only.keys : nil
            if first.count > 1 { apart = first.map(\.place) }
        }
    }

    /// Those of several renewals of one set of words that have none of the others in sight.
    private static func first(_ renewals: [Renewal], _ seen: Causality) -> [Renewal] {
        renewals.filter { renewal in
            renewals.contains { other in
                other.place != renewal.place && seen.hasInSight(renewal.place, other.place)
            } == false
        }
    }

    /// The first renewal in each log.
    private static func renewals(_ acts: [RosterAct]) -> [LogIndex: Renewal] {
        var renewals: [LogIndex: Renewal] = [:]
        for act in acts {
            guard case .recoveryRenewed(let keys) = act.event else { continue }
            if let known = renewals[act.place.log], known.place.seq < act.place.seq { continue }
            renewals[act.place.log] = Renewal(place: act.place, keys: keys)
        }
        return renewals
    }

    /// Whether an entry signed with recovery words counts.
    func counts(_ place: EntryRef) -> Bool {
        mayCut(place)
            && apart.allSatisfy { RecoveryLine.limit(of: place.log, $0, logs) == nil }
    }

    /// Whether it may end access, which also those may who renewed one set of words apart.
    func mayCut(_ place: EntryRef) -> Bool { place.seq <= limit(of: place.log) }

    /// The last seq of a log's node that counts; 0 for none. What stands before a renewal counts,
    /// where the log has parted since too.
    func limit(of log: LogIndex) -> UInt64 {
        last.compactMap { RecoveryLine.limit(of: log, $0, logs) }.max() ?? 0
    }

    /// The last seq of a node that is at or before a renewal in its history; nil for none.
    private static func limit(
        of log: LogIndex, _ renewal: EntryRef, _ logs: LogTable
    ) -> UInt64? {
        var place = renewal
        while place.log != log {
            guard let branch = logs.branch(of: place.log) else { return nil }
            place = EntryRef(branch.parent, branch.from - 1)
        }
        return place.seq
    }
}
