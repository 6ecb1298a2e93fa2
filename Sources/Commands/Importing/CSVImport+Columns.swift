// SPDX-License-Identifier: MIT
import Basics
import Events

/// Which column goes to which field.
extension CSVImport {
    func place(_ header: [String], _ outcome: inout Outcome) throws(Rejection) -> [Field?] {
        try checkNames(header)
        var columns: [Field?] = header.map { _ in nil }
        for (place, name) in header.enumerated() {
            guard let field = said(of: name) else { continue }
            columns[place] = field.isEmpty ? nil : try declared(field)
        }
        // What is called just as a field is goes there, before what may mean it.
        for isMeant in [CSVImport.isNamed, CSVImport.isLabelled] {
            for (place, name) in header.enumerated()
            where columns[place] == nil && said(of: name) == nil {
                let field = kind.fields.first { isMeant($0, CSVImport.normal(name)) }
                if let field, columns.contains(field) == false { columns[place] = field }
            }
        }
        for field in kind.fields {
            for alias in field.columns where columns.contains(field) == false {
                let place = header.indices.first { place in
                    columns[place] == nil && said(of: header[place]) == nil
                        && CSVImport.normal(header[place]) == alias
                }
                if let place { columns[place] = field }
            }
        }
        for (name, field) in zip(header, columns) where name.isEmpty == false {
            if let field {
                outcome.placed.append("\(name) -> \(field.name)")
            } else {
                outcome.unplaced.append(name)
            }
        }
        return columns
    }

    /// The field that the person said a column goes to; empty for none, nil where nothing was said.
    private func said(of column: String) -> String? {
        wish.fields.first { CSVImport.normal($0.key) == CSVImport.normal(column) }?.value
    }

    private func checkNames(_ header: [String]) throws(Rejection) {
        let known = Set(header.map(CSVImport.normal))
        let said = Array(wish.fields.keys) + wish.words.map(\.column) + Array(wish.filled)
        for column in said.sorted() where known.contains(CSVImport.normal(column)) == false {
            throw Rejection(
                "The file has no column '\(column)'.",
                advice: "Its columns are: \(header.filter { $0.isEmpty == false }.listed).")
        }
    }

    /// A header as it is compared: whatever its capitals, spaces and hyphens.
    static func normal(_ header: String) -> String {
        let words = header.withPlainSpaces.lowercasedASCII.split { letter in
            letter.isWhitespace || "-_.:*".contains(letter)
        }
        return words.joined(separator: "-")
    }

    private static func isNamed(_ field: Field, _ header: String) -> Bool { field.name == header }

    private static func isLabelled(_ field: Field, _ header: String) -> Bool {
        normal(field.label) == header
    }
}
