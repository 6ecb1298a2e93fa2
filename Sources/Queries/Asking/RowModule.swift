// SPDX-License-Identifier: MIT
import Basics
import CSQLite
import Projections

/// SQLite's way to tables whose rows a program gives: each `RowSource` is one, in the schema
/// `temp`.
final class RowModule {
    private let source: RowSource
    /// What went wrong while rows were read: SQLite passes on no more than that something did.
    private(set) var failure: Failure?

    init(_ source: RowSource) { self.source = source }

    /// Makes the table. This has to be kept for as long as the connection asks for rows.
    func add(to database: OpaquePointer) -> Int32 {
        let own = Unmanaged.passUnretained(self).toOpaque()
        let code = sqlite3_create_module_v2(
            database, source.name, &RowModule.module, own, nil)
        guard code == SQLITE_OK else { return code }
        return sqlite3_exec(
            database, "CREATE VIRTUAL TABLE temp.\(source.name) USING \(source.name)", nil, nil,
            nil)
    }

    private struct Table {
        var base: sqlite3_vtab
        let module: Unmanaged<RowModule>
    }

    private final class Reading {
        var next: () throws(Failure) -> RowSource.Row? = { nil }
        var row: RowSource.Row?
        var number: Int64 = 0
    }

    private struct Cursor {
        var base: sqlite3_vtab_cursor
        let reading: Unmanaged<Reading>
    }

    private static func module(of cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>) -> RowModule {
        UnsafeMutableRawPointer(cursor.pointee.pVtab).assumingMemoryBound(to: Table.self)
            .pointee.module.takeUnretainedValue()
    }

    private static func reading(of cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>) -> Reading {
        UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: Cursor.self)
            .pointee.reading.takeUnretainedValue()
    }

    /// Moves a cursor on; an SQLite code.
    private func move(_ reading: Reading) -> Int32 {
        do throws(Failure) {
            reading.row = try reading.next()
            reading.number += 1
            return SQLITE_OK
        } catch {
            failure = error
            reading.row = nil
            return SQLITE_ERROR
        }
    }

    private func begin(_ reading: Reading, first: String?) -> Int32 {
        do throws(Failure) { reading.next = try source.rows(first) } catch {
            failure = error
            return SQLITE_ERROR
        }
        return move(reading)
    }

    // Made once and never changed; SQLite reads it from whichever thread asks.
    nonisolated(unsafe) private static var module: sqlite3_module = {
        var module = sqlite3_module()
        module.iVersion = 1
        module.xCreate = connect
        module.xConnect = connect
        module.xBestIndex = plan
        module.xDisconnect = disconnect
        module.xDestroy = disconnect
        module.xOpen = open
        module.xClose = close
        module.xFilter = filter
        module.xNext = { cursor in
            guard let cursor else { return SQLITE_ERROR }
            return RowModule.module(of: cursor).move(RowModule.reading(of: cursor))
        }
        module.xEof = { cursor in
            cursor.map { RowModule.reading(of: $0).row == nil ? 1 : 0 } ?? 1
        }
        module.xColumn = column
        module.xRowid = { cursor, number in
            guard let cursor else { return SQLITE_ERROR }
            number?.pointee = RowModule.reading(of: cursor).number
            return SQLITE_OK
        }
        return module
    }()

    private static let connect:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, Int32,
            UnsafePointer<UnsafePointer<CChar>?>?,
            UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?,
            UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        ) -> Int32 = { database, own, _, _, made, _ in
            guard let own else { return SQLITE_ERROR }
            let module = Unmanaged<RowModule>.fromOpaque(own)
            let columns = module.takeUnretainedValue().source.columns.joined(separator: ", ")
            let code = sqlite3_declare_vtab(database, "CREATE TABLE x(\(columns))")
            guard code == SQLITE_OK else { return code }
            let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
            table.initialize(to: Table(base: sqlite3_vtab(), module: module))
            made?.pointee = UnsafeMutableRawPointer(table).assumingMemoryBound(
                to: sqlite3_vtab.self)
            return SQLITE_OK
        }

    private static let disconnect: @convention(c) (UnsafeMutablePointer<sqlite3_vtab>?) -> Int32 = {
        table in
        UnsafeMutableRawPointer(table)?.assumingMemoryBound(to: Table.self).deallocate()
        return SQLITE_OK
    }

    /// What the first column has to be is passed on; all else SQLite looks at itself.
    private static let plan:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vtab>?, UnsafeMutablePointer<sqlite3_index_info>?
        ) -> Int32 = { _, info in
            guard let info else { return SQLITE_ERROR }
            info.pointee.estimatedCost = 1_000_000
            for place in 0..<Int(info.pointee.nConstraint) {
                let constraint = info.pointee.aConstraint[place]
                guard constraint.iColumn == 0, constraint.usable != 0,
                    Int32(constraint.op) == SQLITE_INDEX_CONSTRAINT_EQ
                else { continue }
                info.pointee.aConstraintUsage[place].argvIndex = 1
                info.pointee.idxNum = 1
                info.pointee.estimatedCost = 10
                break
            }
            return SQLITE_OK
        }

    private static let open:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vtab>?,
            UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
        ) -> Int32 = { _, made in
            let cursor = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
            cursor.initialize(
                to: Cursor(base: sqlite3_vtab_cursor(), reading: .passRetained(Reading())))
            made?.pointee = UnsafeMutableRawPointer(cursor).assumingMemoryBound(
                to: sqlite3_vtab_cursor.self)
            return SQLITE_OK
        }

    private static let close: @convention(c) (UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 =
        { cursor in
            let own = UnsafeMutableRawPointer(cursor)?.assumingMemoryBound(to: Cursor.self)
            own?.pointee.reading.release()
            own?.deallocate()
            return SQLITE_OK
        }

    private static let filter:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vtab_cursor>?, Int32, UnsafePointer<CChar>?, Int32,
            UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32 = { cursor, way, _, _, values in
            guard let cursor else { return SQLITE_ERROR }
            let (module, reading) = (RowModule.module(of: cursor), RowModule.reading(of: cursor))
            guard way == 1 else { return module.begin(reading, first: nil) }
            // Nothing equals NULL.
            guard let value = values?[0], let text = sqlite3_value_text(value) else {
                reading.row = nil
                return SQLITE_OK
            }
            return module.begin(reading, first: String(cString: text))
        }

    private static let column:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vtab_cursor>?, OpaquePointer?, Int32
        ) -> Int32 = { cursor, context, column in
            guard let cursor, let row = RowModule.reading(of: cursor).row,
                row.indices.contains(Int(column))
            else { return SQLITE_ERROR }
            SQLFunctions.give(context, row[Int(column)])
            return SQLITE_OK
        }
}
