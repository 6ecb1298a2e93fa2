// SPDX-License-Identifier: MIT
package import Basics
package import Logs
import Replicas
import Syncing

/// A founder's book with the logs of all devices, and what some devices wrote afterwards.
package struct GeneratedBook: Sendable {
    package let plan: BookPlan
    package let partnership: PartnershipID
    /// What `device.key` holds.
    let device: [UInt8]
    /// What `witness` holds.
    let witness: [UInt8]
    let bytesByPath: [String: [UInt8]]
    /// Segments, encrypted, with events that the book does not hold.
    let segments: [[UInt8]]
    /// Entries in the logs.
    package let events: Int
    package let records: Int

    /// Makes the book that a plan asks for.
    package init(_ plan: BookPlan) throws {
        var maker = try BookMaker(plan)
        self = try maker.book()
    }

    init(
        plan: BookPlan, partnership: PartnershipID, device: [UInt8],
        witness: [UInt8], bytesByPath: [String: [UInt8]], segments: [[UInt8]], events: Int,
        records: Int
    ) {
        self.plan = plan
        self.partnership = partnership
        self.device = device
        self.witness = witness
        self.bytesByPath = bytesByPath
        self.segments = segments
        self.events = events
        self.records = records
    }

    /// The size of all logs in bytes.
    package var logBytes: Int { bytesByPath.values.reduce(0) { $0 + $1.count } }

    /// The digest of all that `write` writes, to tell two books apart.
    package var digest: String {
        var stream = DigestStream()
        for (_, bytes) in bytesByPath.sorted(by: { $0.key < $1.key }) { stream.add(bytes) }
        for bytes in segments { stream.add(bytes) }
        return stream.finish().bytes.hex
    }

    /// Writes `book/` (the founder's replica), `exchange/` (an empty exchange) and `news/` (the
    /// segments to put into the exchange). The folder must not hold them yet.
    package func write(to folder: String, _ files: any FileSystem) throws {
        let paths = ReplicaPaths("\(folder)/book")
        try files.makeFolder(paths.logs)
        for (path, bytes) in bytesByPath { try files.create("\(paths.folder)/\(path)", bytes) }
        try files.create(paths.witness, witness)
        try files.create(paths.key, device)
        let exchange = try Exchange.create(
            at: "\(folder)/exchange", partnership: partnership, files: files)
        let news = "\(folder)/news"
        try files.makeFolder(news)
        for segment in segments {
            let name = Exchange.name(of: segment, in: .segments)
            try files.create("\(news)/\(name)", segment)
        }
        precondition(exchange.partnership == partnership, "the exchange is this partnership's")
    }
}
