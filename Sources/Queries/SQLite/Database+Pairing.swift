// SPDX-License-Identifier: MIT
import Basics
import CSQLite

/// A database and its write-ahead log are two files, and somebody may put one of them back alone:
/// SQLite then reads pages of two times as one. So each transaction counts on in the header, and
/// notes there how far the database's own file had counted. Both numbers stand on one page.
extension Database {
    private static let countOffset: Int32 = 60

    /// To be called at the end of a transaction that changes something.
    func pair() throws(Failure) {
        var own: UInt32 = 0
        guard beatbook_header_number(handle, Database.countOffset, &own) else { return }
        let count = try number("user_version")
        try run(
            "PRAGMA user_version=\(count &+ 1); PRAGMA application_id=\(Int32(bitPattern: own))")
    }

    /// Throws `.indexDamaged` where the file and its log are not of one time: the file counted less
    /// than the log was begun on, or more than the log knows.
    func checkPair() throws(Failure) {
        for _ in 0..<3 {
            let (count, base) = (try number("user_version"), try number("application_id"))
            var own: UInt32 = 0
            guard beatbook_header_number(handle, Database.countOffset, &own) else { return }
            let found = Int32(bitPattern: own)
            if base <= found, found <= count { return }
            // Another program may have written in between.
            guard try number("user_version") != count else { break }
        }
        throw Failure(
            .indexDamaged, "The index cannot be used (one of its files is of another time).",
            advice: "The logs are not touched by this: run 'beatbook index rebuild'.")
    }

    private func number(_ name: String) throws(Failure) -> Int32 {
        let find = try statement("PRAGMA \(name)")
        defer { find.reset() }
        return try find.step() ? Int32(truncatingIfNeeded: find.integer(0)) : 0
    }
}
