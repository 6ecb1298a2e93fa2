// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Reports

/// `beatbook KIND import FILE`: one record a row, columns by their headers.
enum ImportVerb {
    static let name = "import"

    static let options: [OptionDeclaration] = [
        .value("map", "Which field a column goes to; nothing after the '=' leaves it out.", .pair)
            .showing("COLUMN=FIELD").repeating(),
        .value("set", "What every row says that says nothing under a field itself.", .pair)
            .showing("FIELD=VALUE").repeating(),
        .value("values", "What a cell of a column means; nothing after the '=' is nothing.", .pair)
            .showing("COLUMN:PRINTED=MEANT").repeating(),
        .value("fill", "A column whose empty cells say what the one above says.")
            .showing("COLUMN").repeating(),
        .value("key", "The field by which a row is known to be of a record that is there.")
            .showing("FIELD"),
        .value("skip", "How many lines stand above the header.", .integer).showing("LINES"),
        .value("until", "The table ends above the row that begins so, such as Total.")
            .showing("TEXT"),
        .flag("as-recorded", "Take what was closed or completed as it is, as of earlier years."),
        .flag("dry-run", "Say what would be written, and write nothing."),
        .flag("again", "Import a file once more that was imported before."),
    ]

    static let fileArgument = ArgumentDeclaration("file", "A CSV file with a header.", .file)

    static let explanation = """
        Reads any table by its header, in UTF-8, UTF-16 or as spreadsheets save it. All rows are \
        checked before one is written. Rows that are known by --key, or by a reference, change \
        what is there; the same file once more adds nothing.
        """

    static func declaration(_ kind: Kind) -> VerbDeclaration {
        VerbDeclaration(
            name, "Add \(kind.plural) from a CSV file", [fileArgument], options: options
        ).explained(explanation)
    }

    static func run(_ kind: Kind, _ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let file = try ImportFile(invocation, session)
        let replica = try session.replica(writing: invocation.path.joined(separator: " "))
        let author = try replica.author(today: session.today)
        try check(author, mayCreate: kind)
        let writing = try ImportWriting(replica, session, file, as: kind.name)
        let extras = CSVImport.Extras(
            written: Set(writing.written), known: replica.book.lookUp(kind))
        let outcome = try CSVImport(kind, by: author, as: file.wish, extras).read(file.table)
        return try writing.write(outcome, of: kind)
    }

    /// One sentence before any row is read, rather than one a row.
    static func check(_ author: DecisionContext, mayCreate kind: Kind) throws(Rejection) {
        let fields = kind.fields.filter { $0.name == kind.title || $0.name == kind.alias }
        guard fields.contains(where: { $0.writers.allows(author.role) == false }) else { return }
        throw Rejection(
            "Only a coordinator adds \(kind.plural).",
            advice: "Ask your coordinator; nothing was written.")
    }
}

/// A table that is to be imported, as the person says that it is to be read.
struct ImportFile {
    let bytes: [UInt8]
    let table: CSVTable
    let wish: TableWish
    let isDryRun: Bool
    let isAgain: Bool
    /// How the table is read, in one line: the options that change what comes of it.
    let reading: String

    init(_ invocation: Invocation, _ session: Session) throws {
        bytes = try session.surroundings.files.read(
            invocation.required("file"), limit: CSVTable.sizeLimitBytes)
        let bounds = CSVTable.Bounds(
            skippedLines: max(0, invocation.integer("skip") ?? 0),
            end: invocation.text("until").flatMap { $0.isEmpty ? nil : $0 })
        do throws(CSVError) { table = try CSVTable(bytes, bounds) } catch { throw error.rejection }
        isDryRun = invocation.has("dry-run")
        isAgain = invocation.has("again")
        wish = try ImportFile.wish(invocation, table.header)
        let names = ["map", "set", "values", "fill", "key", "skip", "until", "as-recorded"]
        reading = names.map { name in
            "\(name) \(invocation.has(name)) \(invocation.texts(name).joined(separator: "\n"))"
        }.joined(separator: "\n\n")
    }

    private static func wish(
        _ invocation: Invocation, _ header: [String]
    ) throws(Rejection) -> TableWish {
        var wish = TableWish()
        for pair in invocation.pairs("map") { wish.fields[pair.left] = pair.right }
        for pair in invocation.pairs("set") { wish.fixed[pair.left] = pair.right }
        wish.filled = Set(invocation.texts("fill"))
        wish.key = invocation.text("key")
        wish.isAsRecorded = invocation.has("as-recorded")
        for pair in invocation.pairs("values") {
            // A column may have a colon in its name.
            let columns = header.filter {
                $0.isEmpty == false && pair.left.lowercased().hasPrefix("\($0.lowercased()):")
            }
            guard let column = columns.max(by: { $0.count < $1.count }) else {
                throw Rejection(
                    "--values '\(pair.left)=\(pair.right)' names no column of the file.",
                    advice: "Write it as \"COLUMN:PRINTED=MEANT\". The columns are: "
                        + "\(header.filter { $0.isEmpty == false }.listed).")
            }
            let printed = String(pair.left.dropFirst(column.count + 1))
            wish.words.append(.init(column: column, printed: printed, meant: pair.right))
        }
        return wish
    }
}

extension Book {
    /// Finds the one record of a kind whose field reads so. All of a kind are read once.
    func lookUp(
        _ kind: Kind
    ) -> (Field, EncodedValue) throws(Rejection) -> RecordView? {
        var read: (field: Field, records: [EncodedValue: [EntryRef]])?
        return { [self] (field, value) throws(Rejection) in
            do throws(Failure) {
                let known =
                    if let read, read.field == field { read.records } else {
                        try records(of: kind, by: field)
                    }
                read = (field, known)
                let places = known[value] ?? []
                guard places.count > 1 else {
                    return try places.first.map { (place) throws(Failure) in
                        try record(place)
                    } ?? nil
                }
                var names: [String] = []
                for place in places.prefix(5) { names.append(try reference(place)) }
                throw Failure(
                    .other, "More than one \(kind.name) reads so: \(names.listed).",
                    advice: "Change one, or leave the row out.")
            } catch {
                throw Rejection(error.sentence, advice: error.advice)
            }
        }
    }
}
