// SPDX-License-Identifier: MIT
import CSQLite
import CSodium

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the machine can do by itself, measured in the same run: figures are read as multiples.
struct References {
    let start: Figure
    let append: Figure
    let insert: Figure
    let chain: Figure
    let reading: Figure

    /// `folder` is on the disk that is measured; `logs` are the files to read.
    init(in folder: String, reading logs: [String]) throws {
        let program = Program(path: References.nothing)
        start = try program.figure("start of /bin/true", runs: 31, [])
        append = Figure("append 150 bytes and fdatasync", References.appends(in: folder))
        insert = Figure("one row into SQLite, with open", References.inserts(in: folder))
        var chain = Figure("BLAKE2b chain, 1 M links of 96 B", References.chains())
        chain.isPace = true
        self.chain = chain
        reading = Figure("read all logs", References.reads(logs))
    }

    var all: [Figure] { [start, append, insert, chain, reading] }

    private static var nothing: String {
        access("/bin/true", X_OK) == 0 ? "/bin/true" : "/usr/bin/true"
    }

    private static func appends(in folder: String) -> [UInt64] {
        let file = open("\(folder)/append", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(file) }
        let bytes = [UInt8](repeating: 7, count: 150)
        return (0..<51).map { _ in
            Stopwatch.time {
                _ = write(file, bytes, bytes.count)
                #if canImport(Glibc)
                    fdatasync(file)
                #else
                    _ = fcntl(file, F_FULLFSYNC)
                #endif
            }
        }
    }

    private static func inserts(in folder: String) -> [UInt64] {
        (0..<21).map { number in
            Stopwatch.time {
                var database: OpaquePointer?
                sqlite3_open("\(folder)/reference.sqlite", &database)
                sqlite3_exec(
                    database,
                    """
                    PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
                    CREATE TABLE IF NOT EXISTS events(id INTEGER PRIMARY KEY, body TEXT);
                    INSERT INTO events(body) VALUES('Called again, nobody in. \(number)');
                    """, nil, nil, nil)
                sqlite3_close(database)
            }
        }
    }

    private static func chains() -> [UInt64] {
        (0..<3).map { _ in Stopwatch.time { link(1_000_000) } }
    }

    /// How long a million links take just now, from a tenth of them.
    static func pace() -> UInt64 { Stopwatch.time { link(100_000) } * 10 }

    private static func link(_ count: Int) {
        var link = [UInt8](repeating: 1, count: 128)
        link.withUnsafeMutableBufferPointer { room in
            guard let start = room.baseAddress else { return }
            for _ in 0..<count { crypto_generichash(start, 32, start, 128, nil, 0) }
        }
    }

    private static func reads(_ paths: [String]) -> [UInt64] {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4_096)
        defer { room.deallocate() }
        return (0..<5).map { _ in
            Stopwatch.time {
                for path in paths {
                    let file = open(path, O_RDONLY)
                    while read(file, room.baseAddress, room.count) > 0 {}
                    close(file)
                }
            }
        }
    }
}
