// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
package import Merging

/// Gives the logs of a partnership their names, so that no word ever means now one and now another.
///
/// A word is a log's as soon as a lead or a coordinator, cut since or not, ever gave its device
/// that call sign. A word that is more than one log's is shown for none of them.
package struct LogNames {
    private(set) var names: [Node: LogName] = [:]
    /// How far each log is from the one that its device's enrolment names; nil for one that does
    /// not come from there.
    private(set) var depths: [LogID: Int] = [:]

    /// A log up to where its histories part, or a stretch of one of them.
    struct Node: Hashable {
        let log: LogID
        /// What it is known by: the log's id, or the start of the stretch's first chain value.
        let first: Bytes16

        init(log: LogID, first: Bytes16? = nil) {
            self.log = log
            self.first = first ?? log.bytes
        }

        var isBranch: Bool { first != log.bytes }
        var digits: String { LogName.digits(of: first) }
    }

    /// One device's: the call signs that it was given, the present one first.
    struct Claim {
        let signs: [String]
        let nodes: [Node]
        /// The logs that its enrolments name.
        let roots: Set<LogID>
    }

    init(_ claims: [Claim], births: [LogID: Birth]) {
        for claim in claims { findDepths(claim, births) }
        var uses: [String: Int] = [:]
        var idsBySign: [String: [String]] = [:]
        for claim in claims {
            for node in claim.nodes {
                for word in words(claim, node) { uses[word, default: 0] += 1 }
                for sign in normal(claim) { idsBySign[sign, default: []].append(node.digits) }
            }
        }
        let suffixes = idsBySign.mapValues { LogNames.suffixes($0) }
        for claim in claims {
            for node in claim.nodes { names[node] = name(node, claim, uses, suffixes) }
        }
    }

    /// A log, or a stretch of one, whose device is not known to be let in.
    package struct Unheard {
        let index: LogIndex
        let log: LogIdentity
        let node: Node

        package init(_ index: LogIndex, _ log: LogIdentity, branch: Bytes16?) {
            self.index = index
            self.log = log
            node = Node(log: log.id, first: branch)
        }
    }

    /// What a device reads its own logs as before it is let in, or while the founder's log is not
    /// here: `new`, `newb` and so on.
    package static func unheard(_ logs: [Unheard]) -> [LogIndex: LogName] {
        guard logs.isEmpty == false else { return [:] }
        let claim = Claim(signs: [LogName.waiting], nodes: logs.map(\.node), roots: [])
        let births = Dictionary(
            logs.map { ($0.log.id, $0.log.birth) }, uniquingKeysWith: { first, _ in first })
        let names = LogNames([claim], births: births).names
        return Dictionary(
            logs.compactMap { log in names[log.node].map { (log.index, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    private func name(
        _ node: Node, _ claim: Claim, _ uses: [String: Int],
        _ suffixes: [String: [String: Substring]]
    ) -> LogName {
        let (words, signs) = (words(claim, node), normal(claim))
        let shown: String
        if let sign = claim.signs.first, let word = words.first, uses[word] == 1 {
            shown = sign + LogNames.letter(depths[node.log] ?? 0)
        } else {
            let sign = claim.signs.first ?? LogNames.nameless
            let digits = node.digits
            shown = "\(sign)\(LogName.mark)\(suffixes[sign.lowercased()]?[digits] ?? digits[...])"
        }
        return LogName(
            shown: shown, words: words, signs: signs,
            sharedWords: words.filter { uses[$0] != 1 })
    }

    /// What a device is called whose call sign is none.
    private static let nameless = "X"

    private func normal(_ claim: Claim) -> [String] {
        claim.signs.isEmpty ? [LogNames.nameless.lowercased()] : claim.signs.map { $0.lowercased() }
    }

    /// The words without a suffix that are a log's, that of the present call sign first. A branch
    /// has none: which of them came first is nobody's to say.
    private func words(_ claim: Claim, _ node: Node) -> [String] {
        guard node.isBranch == false, let depth = depths[node.log], depth < LogNames.letters else {
            return []
        }
        return claim.signs.map { $0.lowercased() + LogNames.letter(depth) }
    }

    private static let letters = 26

    /// Nothing for the first log of a device, b for the one that follows it, and so on.
    private static func letter(_ depth: Int) -> String {
        depth == 0 ? "" : String(UnicodeScalar(UInt8(ascii: "a") + UInt8(depth)))
    }

    /// Of each id the shortest beginning that no other one has.
    private static func suffixes(_ ids: [String]) -> [String: Substring] {
        let sorted = ids.sorted()
        var suffixes: [String: Substring] = [:]
        for (place, id) in sorted.enumerated() {
            var shared = 0
            for near in [place - 1, place + 1] where sorted.indices.contains(near) {
                shared = max(shared, zip(id.utf8, sorted[near].utf8).prefix { $0 == $1 }.count)
            }
            suffixes[id] = id.prefix(max(LogName.shortestSuffix, shared + 1))
        }
        return suffixes
    }

    /// Where no enrolment names a log, those that follow no other are the first.
    private mutating func findDepths(_ claim: Claim, _ births: [LogID: Birth]) {
        var met: Set<LogID> = []
        for log in claim.nodes.map(\.log) {
            var chain: [LogID] = []
            var next: LogID? = log
            while let id = next, depths[id] == nil, met.insert(id).inserted {
                chain.append(id)
                let previous = births[id]?.previous?.log
                let isRoot =
                    claim.roots.isEmpty
                    ? births[id] != nil && previous == nil : claim.roots.contains(id)
                if isRoot { depths[id] = 0 }
                next = isRoot ? nil : previous
            }
            guard var depth = chain.last.flatMap({ depths[$0] }) ?? next.flatMap({ depths[$0] })
            else { continue }
            for id in chain.reversed() where depths[id] == nil {
                depth += 1
                depths[id] = depth
            }
        }
    }
}
