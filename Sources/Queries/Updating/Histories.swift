// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging

/// The nodes of all logs that are held, log by log.
struct Histories {
    /// One file of a log.
    struct Key: Hashable {
        let log: LogID
        let file: String

        init(_ log: LogID, _ file: String) { (self.log, self.file) = (log, file) }

        init(_ row: LogRow) { (log, file) = (row.id, row.file) }

        init(_ source: LogSource) { (log, file) = (source.identity.id, source.name) }
    }

    private(set) var nodes: [(id: LogID, nodes: [HistoryTree.Node])] = []
    /// Files that no node goes on to the end of, by log and name, with how many bytes each has. Of
    /// a log with more histories than count none is named.
    private(set) var spareFiles: [LogID: [String: Int]] = [:]
    private var placeByLog: [LogID: Int] = [:]

    init(_ sources: [LogSource]) throws(Failure) {
        var files: [LogID: [LogSource]] = [:]
        var ids: [LogID] = []
        for source in sources {
            let id = source.identity.id
            if files[id] == nil { ids.append(id) }
            files[id, default: []].append(source)
        }
        for id in ids {
            guard let files = files[id], let first = files.first else { continue }
            placeByLog[id] = nodes.count
            guard files.count > 1 else {
                nodes.append((id, [.whole(first)]))
                continue
            }
            let tree = try HistoryTree(files)
            nodes.append((id, tree.nodes))
            let used = Set(tree.nodes.filter { $0.end == nil }.map(\.source.name))
            guard used.isEmpty == false else { continue }
            for file in files where used.contains(file.name) == false {
                spareFiles[id, default: [:]][file.name] = file.size
            }
        }
    }

    /// All nodes, numbered, with the file that each is read from: nothing of them was read.
    func numbered() throws(Failure) -> (nodes: [(source: LogSource, row: LogRow)], LogTable) {
        var table = LogTable()
        var begun: [(source: LogSource, row: LogRow)] = []
        for (id, nodes) in nodes {
            for node in nodes {
                let numbers = table.nodes(of: id)
                let branch = node.branch(numbers)
                let index = table.add(id, branch: branch)
                // Nodes of one log may be read from one file at a time.
                _ = try node.source.view()
                begun.append(
                    (node.source, LogRow(index: index, id: id, branch: branch, end: node.end)))
            }
        }
        return (begun, table)
    }

    /// Whether rows are those of a log's nodes, each read from the file that it is to be read from:
    /// where entries stand is not the same in two files.
    func agree(_ id: LogID, _ rows: [LogRow]) -> Bool {
        guard let place = placeByLog[id] else { return false }
        let nodes = nodes[place].nodes
        return rows.count == nodes.count
            && zip(rows, nodes).allSatisfy { row, node in
                row.end == node.end && row.from == node.from && row.file == node.source.name
                    && row.branch?.parent == node.parent.map { rows[$0].index }
                    && row.branch?.first ?? id.bytes == node.first
            }
    }
}

extension HistoryTree.Node {
    /// As a table of logs has it, by the numbers that the nodes before it have there; nil for the
    /// first.
    func branch(_ numbers: [LogIndex]) -> LogTable.Branch? {
        parent.map { LogTable.Branch(parent: numbers[$0], from: from, first: first) }
    }

    /// A log that has not forked.
    static func whole(_ source: LogSource) -> HistoryTree.Node {
        HistoryTree.Node(
            parent: nil, from: 1, first: source.identity.id.bytes, end: nil, source: source)
    }
}
