// SPDX-License-Identifier: MIT
package import Reports

extension Console {
    /// Prints one line, or several where the program's own words hold line feeds.
    package func print(_ line: StyledText = "") {
        append(rendered(line, for: .output) + [UInt8(ascii: "\n")])
    }

    /// Prints text wrapped at the width; a line that fits stays as it is.
    package func print(prose: StyledText) {
        if prose.displayWidth <= width, prose.plain.contains("\n") == false { return print(prose) }
        print(lines: Paragraphs(width: width).wrap(prose))
    }

    /// Prints lines laid out before.
    package func print(lines: [StyledText]) {
        for line in lines { print(line) }
    }

    /// Prints a table as text, cut to the width on a terminal.
    package func print(table: Table) {
        print(lines: table.lines(width: tableWidth))
    }

    /// Prints a document: on lines of its own for a person at a terminal, on one line for a
    /// program.
    package func print(json: JSON) {
        let layout: JSON.Layout = output.isTerminal(.output) ? .pretty : .compact
        append(json.encoded(layout) + [UInt8(ascii: "\n")])
    }

    /// Begins an object with a member that has to be out before anything is done; `print(rest:)`
    /// ends it.
    package func print(first member: JSON.Member) {
        append(JSON.object([member]).encoded(.compact).dropLast())
    }

    /// Ends an object that was begun with other members.
    package func print(rest members: [JSON.Member]) {
        append([UInt8(ascii: ",")] + JSON.object(members).encoded(.compact).dropFirst())
        append([UInt8(ascii: "\n")])
    }

    /// Writes a document as it is to a file or pipe; on a terminal its controls become visible.
    package func write(document: [UInt8]) {
        guard output.isTerminal(.output) else { return append(document) }
        append(Array(String(decoding: document, as: UTF8.self).harmlessLines.utf8))
    }

    /// The bytes of a text, coloured where the channel is a terminal and colours are allowed.
    func rendered(_ text: StyledText, for channel: Channel) -> [UInt8] {
        let isColoured = settings.allowsColour && output.isTerminal(channel)
        return text.runs.reduce(into: []) { bytes, run in
            let code = isColoured ? run.style.graphicRendition : nil
            if let code { bytes += "\u{1B}[\(code)m".utf8 }
            bytes += run.text.harmlessLines.utf8
            if code != nil { bytes += "\u{1B}[0m".utf8 }
        }
    }
}

extension Style {
    /// The number of the terminal's "select graphic rendition" (ECMA-48), or nil for plain text.
    fileprivate var graphicRendition: Int? {
        switch self {
        case .plain: nil
        case .strong: 1
        case .faint: 2
        case .good: 32
        case .warning: 33
        case .bad: 31
        case .reference: 36
        }
    }
}
