// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Testing

extension Circle {
    /// `a` has recorded, synced, and recorded more that nobody else has: its log, and how many of
    /// its bytes are synced.
    static func withUnsynced() throws -> (circle: Circle, path: String, synced: Int) {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.tell("a", "case visit", on: "A-1", ["visits": "Nobody in"])
        try circle.sync("a")
        let path = "\(Circle.folder("a"))/logs/\(try circle["a"].ownLog.id.hex).log"
        let synced = try #require(circle.files.bytesByPath[path]).count
        for word in ["One", "Two"] {
            try circle.tell("a", "case note", on: "A-1", ["notes": word])
        }
        return (circle, path, synced)
    }

    /// Where the first frame after an offset of a log ends.
    static func end(of log: [UInt8], after offset: Int) -> Int {
        offset + 5 + (1...4).reduce(0) { $0 + Int(log[offset + $1]) << (8 * ($1 - 1)) }
    }

    /// The notes on the case of `a` that a device reads.
    func notes(_ name: String) throws -> [String] {
        let record = try record(name, "A-1").place
        return try self[name].book.parts(of: record).compactMap { part in
            if case .text(let text) = part.content { text } else { nil }
        }
    }
}
