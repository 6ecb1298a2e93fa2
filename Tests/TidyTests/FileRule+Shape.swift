// SPDX-License-Identifier: MIT

extension FileRule {
    /// How long and wide things are, and how files begin.
    static let shape = [licence, fileLength, columns, bodyLength, trailingSpaces]

    /// Tables of data that may be longer than other files.
    static let tables: Set<String> = []

    private static let linesOfFile = 300
    private static let linesOfBody = 40
    private static let columnsOfLine = 100

    private static let licence = FileRule(name: "licence", isFor: { $0.isSwift || $0.isC }) {
        file in
        let isManifest = file.lines.first?.hasPrefix("// swift-tools-version:") == true
        let line = isManifest ? 2 : 1
        let isThere = file.lines.dropFirst(line - 1).first == "// SPDX-License-Identifier: MIT"
        return isThere ? [] : [file.breach(line, "Put the SPDX line of the MIT licence here.")]
    }

    private static let fileLength = FileRule(
        name: "length of files", isFor: { isWritten($0) && !tables.contains($0.path) }
    ) { file in
        guard file.lines.count > linesOfFile else { return [] }
        let sentence = "The file has \(file.lines.count) lines. Split it by idea: 300 is the most."
        return [file.breach(linesOfFile + 1, sentence)]
    }

    private static let columns = FileRule(name: "columns", isFor: isWritten) { file in
        file.breaches("The line is wider than 100 columns.") { $0.count > columnsOfLine }
    }

    private static let bodyLength = FileRule(name: "length of bodies", isFor: \.isSwift) { file in
        file.swift.bodies.filter { $0.lineCount > linesOfBody }.map { body in
            let sentence = "The body has \(body.lineCount) lines. Name its parts: 40 is the most."
            return file.breach(body.line, sentence)
        }
    }

    private static let trailingSpaces = FileRule(
        name: "spaces at the end", isFor: { $0.isPage || isWritten($0) }
    ) { file in
        file.breaches("The line ends in a space.") { $0.last?.isWhitespace == true }
    }

    private static func isWritten(_ file: TextFile) -> Bool {
        file.isSwift || file.isC || file.isScript
    }
}
