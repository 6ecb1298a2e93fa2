// SPDX-License-Identifier: MIT

/// Labels on the left, what they stand for on the right: the options of a verb, the fields of a
/// record.
package struct LabelledList: Sendable {
    /// A label and its text.
    package struct Item: Sendable {
        /// What stands on the left, on one line.
        package let label: StyledText
        /// What stands on the right, wrapped; it may be empty.
        package let text: StyledText

        /// A label, and beside it what it stands for.
        package init(_ label: StyledText, _ text: StyledText) {
            self.label = label
            self.text = text
        }
    }

    /// Columns between the labels and the texts.
    package static let gap = 2

    /// Columns of the terminal, to the edge.
    package let width: Int
    /// Columns left free before the labels.
    package let indent: Int
    /// A label wider than this stands on a line of its own, its text below it.
    package let widestLabel: Int
    /// Room left for labels at the least, so that several lists stand in line.
    package var leastLabelWidth = 0

    /// A layout; the labels take the room of the widest that is not too wide.
    package init(width: Int, indent: Int = 0, widestLabel: Int = 28) {
        self.width = width
        self.indent = indent
        self.widestLabel = widestLabel
    }

    /// The items below one another, their texts wrapped and aligned.
    package func lines(_ items: [Item]) -> [StyledText] {
        let widths = items.map(\.label.displayWidth).filter { $0 <= widestLabel }
        let column = max(widths.max() ?? 0, leastLabelWidth) + LabelledList.gap
        return items.flatMap { lines(of: $0, column: column) }
    }

    private func lines(of item: Item, column: Int) -> [StyledText] {
        let margin = StyledText.spaces(indent)
        let texts = Paragraphs(width: width - indent - column).wrap(item.text)
        let below = texts.map { $0.isEmpty ? $0 : margin + .spaces(column) + $0 }
        let spare = column - item.label.displayWidth
        if item.text.isEmpty { return [margin + item.label] }
        if spare < LabelledList.gap { return [margin + item.label] + below }
        return [margin + item.label + .spaces(spare) + texts[0]] + below.dropFirst()
    }
}
