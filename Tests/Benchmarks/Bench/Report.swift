// SPDX-License-Identifier: MIT
import Foundation

/// What was measured on one book, as a table and as JSON.
struct Report {
    let title: String
    let figures: [Figure]
    /// Sizes in bytes by name, in the order they are printed, with a bound where there is one.
    var sizes: [Size] = []

    struct Size {
        let name: String
        let bytes: Int
        var bound: Int?
    }

    var table: String {
        var rows = [
            ["", "median ms", "p90 ms", "peak MiB", "ratio", "to", "bound ms", "", "pace ms"]
        ]
        for figure in figures {
            rows.append([
                figure.name, text(figure.median), text(figure.p90),
                figure.peakBytes > 0 ? "\(figure.peakBytes >> 20)" : "",
                figure.ratio.map { String(format: "%.1f", $0) } ?? "", figure.reference?.name ?? "",
                figure.bound.map { "\($0 / 1_000_000)" } ?? "",
                figure.bound == nil ? "" : figure.isOver ? "over" : "ok",
                figure.pace > 0 ? "\(figure.pace / 1_000_000)" : "",
            ])
        }
        for size in sizes {
            let verdict = size.bound.map { size.bytes > $0 ? "over" : "ok" } ?? ""
            rows.append([
                "\(size.name): \(size.bytes)", "", "", "", "", "",
                size.bound.map { "\($0) bytes" } ?? "", verdict, "",
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return (1...4).contains(column) ? space + cell : cell + space
            }.joined(separator: "  ")
        }
        return ([title] + lines).joined(separator: "\n")
    }

    var json: [String: Any] {
        [
            "title": title,
            "figures": figures.map { figure in
                var item: [String: Any] = [
                    "name": figure.name, "medianNanoseconds": figure.median,
                    "p90Nanoseconds": figure.p90, "runs": figure.times.count,
                    "peakBytes": figure.peakBytes,
                ]
                if figure.pace > 0 { item["paceNanoseconds"] = figure.pace }
                if let reference = figure.reference { item["reference"] = reference.name }
                if let ratio = figure.ratio { item["ratio"] = ratio }
                if let bound = figure.bound { item["boundNanoseconds"] = bound }
                return item
            },
            "sizes": sizes.map { ["name": $0.name, "bytes": $0.bytes] as [String: Any] },
        ]
    }

    private func text(_ nanoseconds: UInt64) -> String {
        String(format: "%.2f", Double(nanoseconds) / 1_000_000)
    }
}
