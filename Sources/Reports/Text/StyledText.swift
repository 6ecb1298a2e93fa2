// SPDX-License-Identifier: MIT

/// Text in pieces, each with its meaning, safe to print.
///
/// Written as a literal, what is interpolated is taken for data and made harmless:
/// `"Opened \(reference, .reference) at \(place)."`. Line ends in the literal stay.
package struct StyledText: Equatable, Sendable {
    /// A piece of text with one meaning.
    package struct Run: Equatable, Sendable {
        /// Harmless already.
        package var text: String
        /// What the piece means.
        package var style: Style
    }

    /// None of them empty.
    package private(set) var runs: [Run]

    /// Data as one line: whatever it holds, it cannot end the line or move the cursor.
    package init(_ data: String, _ style: Style = .plain) {
        self.init(runs: [Run(text: data.harmlessLine, style: style)])
    }

    /// Data or prose whose line feeds are meant.
    package init(lines data: String, _ style: Style = .plain) {
        self.init(runs: [Run(text: data.harmlessLines, style: style)])
    }

    init(runs: [Run]) {
        self.runs = runs.filter { !$0.text.isEmpty }
    }

    /// The text without its meanings.
    package var plain: String { runs.reduce(into: "") { $0 += $1.text } }

    /// Columns it fills when printed on one line.
    package var displayWidth: Int { runs.reduce(0) { $0 + $1.text.displayWidth } }

    /// Whether there is nothing to print.
    package var isEmpty: Bool { runs.isEmpty }

    /// Sets another text behind this one, with nothing between.
    package mutating func append(_ other: StyledText) {
        runs += other.runs
    }

    /// One text behind the other, with nothing between.
    package static func + (left: StyledText, right: StyledText) -> StyledText {
        StyledText(runs: left.runs + right.runs)
    }

    static func spaces(_ count: Int) -> StyledText {
        StyledText(runs: [Run(text: String(repeating: " ", count: max(count, 0)), style: .plain)])
    }
}

extension StyledText: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) {
        self.init(runs: [Run(text: value, style: .plain)])
    }

    package init(stringInterpolation: StringInterpolation) {
        self.init(runs: stringInterpolation.runs)
    }

    /// Literals are the program's own words; everything interpolated is data.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var runs: [Run] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            runs.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            runs.append(Run(text: literal, style: .plain))
        }

        package mutating func appendInterpolation(_ data: String, _ style: Style = .plain) {
            runs.append(Run(text: data.harmlessLine, style: style))
        }

        package mutating func appendInterpolation(
            _ number: some BinaryInteger, _ style: Style = .plain
        ) {
            runs.append(Run(text: String(number), style: style))
        }

        package mutating func appendInterpolation(_ text: StyledText) {
            runs += text.runs
        }
    }
}
