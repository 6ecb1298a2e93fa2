// SPDX-License-Identifier: MIT
import Basics
import Projections
import Queries
import Reports

/// `beatbook sql "SELECT ..."`.
enum SQLVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "sql", "Ask the book in SQL, or show what can be asked",
                [
                    ArgumentDeclaration(
                        "question", "One SELECT over the views of the book.", count: .optional)
                ],
                options: [.flag("csv", "Print a CSV table.")] + Reading.options
            ).explained(
                """
                Every kind is a view, such as cases, and so is every field that holds several \
                things, such as case_visits. Nothing can be changed by a question.
                """,
                examples: [
                    .init(
                        "sql \"SELECT ward, count(*) FROM cases WHERE is_open GROUP BY ward\"",
                        "Counts the open cases of each ward.")
                ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let questions = try BookQuestions(try session.book(invocation))
        guard let question = invocation.text("question") else {
            return try list(try questions.views(), session)
        }
        let answer = try questions.ask(question)
        if session.isJSON {
            session.console.print(json: json(answer))
            return .done
        }
        var table = Table(answer.columns.enumerated().map { Table.Column("\($0)", $1) })
        for row in answer.rows { table.append(row.map { Table.Cell(text($0)) }) }
        if invocation.has("csv") {
            session.console.write(document: table.csv)
        } else if answer.rows.isEmpty {
            session.console.print(prose: "Nothing in this book is so.")
        } else {
            session.console.print(table: table)
        }
        return .done
    }

    private static func list(_ views: [BookQuestions.View], _ session: Session) throws -> ExitCode {
        if session.isJSON {
            let items = views.map { view in
                JSON.object([
                    .init("view", .string(view.name)),
                    .init("columns", .array(view.columns.map { .string($0) })),
                ])
            }
            session.console.print(json: .object([.init("views", .array(items))]))
            return .done
        }
        for view in views {
            session.console.print("\(view.name, .strong)")
            session.console.print(prose: "  \(view.columns.joined(separator: ", "))")
        }
        return .done
    }

    private static func text(_ value: BookQuestions.Answer.Value) -> String {
        switch value {
        case .null: ""
        case .integer(let number): "\(number)"
        case .text(let text): text
        }
    }

    private static func json(_ answer: BookQuestions.Answer) -> JSON {
        let rows = answer.rows.map { row in
            JSON.array(
                row.map { value in
                    switch value {
                    case .null: .null
                    case .integer(let number): .integer(Int(number))
                    case .text(let text): .string(text)
                    }
                })
        }
        return .object([
            .init("columns", .array(answer.columns.map { .string($0) })),
            .init("rows", .array(rows)),
        ])
    }
}
