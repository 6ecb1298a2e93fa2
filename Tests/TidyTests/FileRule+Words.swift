// SPDX-License-Identifier: MIT

extension FileRule {
    /// Words that stand nowhere.
    static let words = [leftOver, machinePaths]

    /// In Swift only outside strings, so that a rule can name what it forbids.
    private static let leftOver = FileRule(
        name: "left over", isFor: { $0.isSwift || $0.isC || $0.isScript }
    ) { file in
        let lines = file.isSwift ? file.swift.comments : file.lines
        return lines.enumerated().compactMap { place, line in
            let words = line.split { !$0.isLetter }.map(String.init)
            guard let word = words.first(where: leftOverWords.contains) else { return nil }
            return file.breach(place + 1, "\(word) is for the author's desk, not for the tree.")
        }
    }

    private static let machinePaths = FileRule(name: "paths of a machine", isFor: { _ in true }) {
        file in
        file.breaches("The path is of one machine. Name it from the package's root.") { line in
            machineFolders.contains { line.contains("/\($0)/") }
        }
    }

    private static let leftOverWords: Set = ["MARK", "TODO", "FIXME", "XXX"]
    private static let machineFolders = ["work", "farm", "root", "tmp", "home", "Users"]
}
