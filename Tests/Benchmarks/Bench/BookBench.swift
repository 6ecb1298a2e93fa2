// SPDX-License-Identifier: MIT
import Foundation

/// Measures the program on one generated book.
struct BookBench {
    let program: Program
    let events: Int
    /// Where the book, its exchange and its copies are.
    let folder: String
    private let isLarge: Bool

    /// The book is made by a process of its own: what a process holds counts as the first memory of
    /// those that it starts.
    init(events: Int, in folder: String, program: Program, generator: Program) throws {
        self.events = events
        self.folder = folder
        self.program = program
        isLarge = events >= 1_000_000
        _ = try generator.run(["--events", "\(events)", "--records", "\(events / 10)", folder])
    }

    private var path: String { "\(folder)/book" }

    var logs: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/logs")) ?? []
        return names.sorted().map { "\(path)/logs/\($0)" }
    }

    var logBytes: Int { logs.reduce(0) { $0 + size($1) } }

    /// The index's size in bytes; 0 while there is none.
    var indexBytes: Int { size("\(path)/index.sqlite") }

    private func size(_ path: String) -> Int {
        let file = try? FileManager.default.attributesOfItem(atPath: path)
        return (file?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// All figures, with bounds where the book is of the size that they are promised for.
    func figures(_ references: References) throws -> [Figure] {
        var figures = [
            bounded(try rebuild(), 4_000, references.chain),
            bounded(try long("verify", ["verify"]), 4_000, references.chain),
            bounded(
                try short("one durable command", ["case", "note", "W07-15", "Nobody was in."]), 15,
                references.insert),
            bounded(try short("look-up", ["show", "W07-15"]), 15, references.start),
            bounded(
                try short("search: a street, a number", ["search", "Puffin", "117"]), 15,
                references.start),
            bounded(
                try short("search: two very common words", ["search", "trampoline", "Thursday"]),
                nil, references.start),
            bounded(try short("list", ["list", "case"]), 15, references.start),
            bounded(try short("status", ["status"]), nil, references.start),
        ]
        figures.append(
            bounded(
                try short("record as at half way", ["show", "W07-15", "--as-at", Self.halfWay]),
                nil,
                references.start))
        figures.append(
            bounded(
                try long("list as at half way", ["list", "case", "--as-at", Self.halfWay]), nil,
                references.reading))
        figures.append(bounded(try collecting(), nil, references.insert))
        return figures
    }

    private static let halfWay = "2014-10-01"

    private func bounded(_ figure: Figure, _ milliseconds: UInt64?, _ other: Figure) -> Figure {
        var figure = figure
        figure.reference = Figure.Reference(
            name: other.name, nanoseconds: other.isPace ? figure.pace : other.median)
        figure.bound = isLarge ? milliseconds.map { $0 * 1_000_000 } : nil
        return figure
    }

    private func short(_ name: String, _ words: [String]) throws -> Figure {
        try program.figure(name, runs: 15, ["--book", path] + words)
    }

    private func long(_ name: String, _ words: [String]) throws -> Figure {
        try program.figure(name, runs: isLarge ? 5 : 7, ["--book", path] + words)
    }

    private func rebuild() throws -> Figure { try long("index rebuild", ["index", "rebuild"]) }

    /// Takes in events from five devices, with an exchange that holds the rest of the book.
    private func collecting() throws -> Figure {
        let copy = "\(folder)/copy"
        _ = try program.run(["--book", path, "sync", "\(folder)/exchange"])
        return try program.figure(
            "collect 100 new events", runs: isLarge ? 3 : 5,
            prepare: {
                try? FileManager.default.removeItem(atPath: copy)
                try FileManager.default.createDirectory(
                    atPath: copy, withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: path, toPath: "\(copy)/book")
                try FileManager.default.copyItem(
                    atPath: "\(folder)/exchange", toPath: "\(copy)/exchange")
                for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/news") {
                    try FileManager.default.copyItem(
                        atPath: "\(folder)/news/\(name)",
                        toPath: "\(copy)/exchange/segments/\(name)")
                }
            }, ["--book", "\(copy)/book", "sync", "\(copy)/exchange"])
    }
}
