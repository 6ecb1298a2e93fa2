// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Scenarios
import Simulation
import Testing

@testable import Queries

/// The index is held against a fold of the logs from nothing.
@Suite struct ComparisonTests {
    /// Every table has a row: a conflict, a finding, an alias, an entry that waits for a device to
    /// be let in, one that speaks of a place that is not held, one that is set aside, one with a
    /// field that nobody knows, a base whose place is not held, an entry about a record of which it
    /// is not known which one, a device that was enrolled twice, a clock that was ahead, an entry
    /// that was recorded again, a link to that.
    private static func shelf() throws -> Shelf {
        var story = Scenario("abc", auditors: "e", recovery: "r")
        story.add(LogBuilder(Scenario.device("d"), in: story.partnership), as: "d")
        story.write(
            "a1@200 thing: title=Quay ref=t/1 notes*=one", "b1@20[a1] a1: title=Pier status=shut",
            "c1[a1] a1: title=Mole harms*=broken colour=red", "c2 thing: title=Slip",
            "e1[a1] a1: title=Dock", "d1 thing: title=Late", "b2[c2] c2: notes*=early",
            "a2@210[d1] a1: tags+=x peers+=c2", "b3@220[d1] d1: title=Later")
        story.begin("g", after: "a")
        story.write("g1[a2] a1: tags+=x peers+=c2 again=a2", "g2 a1: peers+=g1")
        story.openEpoch(by: "f")
        story.enrol("b", as: .field)
        return try Shelf(
            story,
            holding: ["a2", "b3", "c1", "d1", "e1", "g2"].map { Spot($0) } + [story.last("f")])
    }

    private func verdict(_ shelf: Shelf) throws -> IndexVerdict {
        try IndexComparison.verdict(on: shelf.store, shelf.sources)
    }

    @Test func `what was folded bit by bit is what a fold from nothing gives`() throws {
        let shelf = try ComparisonTests.shelf()
        guard case .same(let rows) = try verdict(shelf) else {
            Issue.record("\(try verdict(shelf))")
            return
        }
        #expect(rows > 30)
    }

    /// Every b-tree beside a table loses what it has of one row, and says that it has all.
    @Test func `the value under an empty key is a row beside the others`() throws {
        var story = Scenario("a")
        let figures: [CBORValue: CBORValue] = [
            .text(""): .unsigned(1), .text("2013|x"): .unsigned(2),
        ]
        story.append("a", "thing.made", .creates, ["figures": .map(figures)], [])
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let find = try shelf.store.database.statement("SELECT key FROM elements ORDER BY key")
        var keys: [String] = []
        while try find.step() { keys.append(find.text(0)) }
        #expect(keys == ["", "2013|x"])
    }

    @Test func `no row can be left out of what lists are read by unnoticed`() throws {
        let shelf = try ComparisonTests.shelf()
        let database = shelf.store.database
        let tables = try ComparedTable.all(shelf.store).map(\.name)
        let find = try database.statement(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")
        var trees: [(name: String, table: String, sql: String)] = []
        while try find.step() { trees.append((find.text(0), find.text(1), find.text(2))) }
        #expect(trees.isEmpty == false)
        for tree in trees where tables.contains(tree.table) {
            try database.run(
                """
                DROP INDEX \(tree.name);
                \(tree.sql) \(tree.sql.contains(" WHERE ") ? "AND" : "WHERE") 1 = 0;
                PRAGMA writable_schema = ON;
                """)
            try database.statement("UPDATE sqlite_master SET sql = ?2 WHERE name = ?1")
                .bind(1, tree.name).bind(2, tree.sql).execute()
            try database.run("PRAGMA writable_schema = RESET")
            #expect(try isNoticed(shelf), "\(tree.name) was emptied unnoticed")
            try database.run("REINDEX \(tree.name)")
        }
        _ = try shelf.rebuild()
        guard case .same = try verdict(shelf) else {
            Issue.record("\(try verdict(shelf))")
            return
        }
    }

    @Test func `no column of any table can say something else unnoticed`() throws {
        let shelf = try ComparisonTests.shelf()
        let database = shelf.store.database
        for table in try ComparedTable.all(shelf.store) {
            for column in table.columns {
                try database.run("SAVEPOINT spoilt")
                try database.run(
                    """
                    UPDATE OR REPLACE \(table.name) SET \(column) = CASE typeof(\(column))
                    WHEN 'integer' THEN \(column) + 1 WHEN 'text' THEN \(column) || 'x'
                    WHEN 'blob' THEN CAST(\(column) || x'01' AS BLOB) ELSE 1 END
                    """)
                let find = try database.statement("SELECT changes()")
                #expect(try find.step() && find.integer(0) > 0, "\(table.name) is empty")
                find.reset()
                #expect(
                    try isNoticed(shelf), "\(column) of \(table.name) was changed unnoticed")
                try database.run("ROLLBACK TO spoilt; RELEASE spoilt")
            }
        }
        guard case .same = try verdict(shelf) else {
            Issue.record("what was spoilt was not put back")
            return
        }
    }

    private func isNoticed(_ shelf: Shelf) throws -> Bool {
        do {
            if case .different = try verdict(shelf) { return true }
            return false
        } catch let failure as Failure {
            return failure.kind == .indexDamaged
        }
    }

    @Test func `a row too many and a row too few are told with their record`() throws {
        let shelf = try ComparisonTests.shelf()
        let record = shelf.scenario.id(Spot("a1"))
        let place = try shelf.place(Spot("a1")).raw
        try shelf.store.database.run("DELETE FROM toSettle WHERE record=\(place)")
        try shelf.store.database.run("INSERT INTO toSettle VALUES(\(place), 99, 0, 1)")
        guard case .different(let named, let count) = try verdict(shelf) else {
            Issue.record("nothing was found")
            return
        }
        #expect(count == named.count)
        #expect(named.contains { $0.way == .lacking && $0.table == "toSettle" })
        #expect(named.contains { $0.way == .extra && $0.table == "toSettle" })
        #expect(named.allSatisfy { $0.subject == .record(record) })
    }

    @Test func `an index that is behind is compared as far as it has read`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "a2 a1: title=Dock")
        let behind = try Shelf(story, holding: [story.last("f"), Spot("a1"), Spot("b1")])
        let ahead = try Shelf(story, holding: [story.last("f"), Spot("a2"), Spot("b1")])
        guard case .same = try IndexComparison.verdict(on: behind.store, ahead.sources) else {
            Issue.record("what is to come was taken for a fault")
            return
        }
    }

    @Test func `beside a damaged log nothing is said of the index`() throws {
        let shelf = try ComparisonTests.shelf()
        let sources = shelf.sources.map { source in
            LogSource(source.identity, size: source.size, isOwn: false) {
                () throws(Failure) in
                var bytes = Array(try source.view().bytes)
                bytes[bytes.count - 5] ^= 1
                return FileView(copying: bytes)
            }
        }
        let verification = try Verification(of: sources, shelf.store)
        #expect(verification.index == .notCompared)
        #expect(verification.isClean == false)
    }
}
