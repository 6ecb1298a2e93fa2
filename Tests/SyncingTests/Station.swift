// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing

/// A device with a disk of its own, as far as syncing needs one.
struct Station {
    let files: MemoryFiles
    let circle: Circle
    let own: LogBuilder
    var memory = SegmentMemory()

    /// A device that holds its own log and nothing else.
    init(_ own: LogBuilder, in circle: Circle, files: MemoryFiles = MemoryFiles()) {
        self.own = own
        self.circle = circle
        self.files = files
        files.put(own.bytes, at: "logs/\(own.log.id.hex).log")
    }

    /// The logs on the disk, the own one first, as they are found after a restart.
    func held() throws -> [HeldLog] {
        let logs = try files.list("logs").filter { $0.name.hasSuffix(".log") }.map { name in
            try HeldLog(
                scanning: files.view("logs/\(name.name)"), name: name.name,
                isOwn: name.name == "\(own.log.id.hex).log")
        }
        return logs.filter { $0.isOwn } + logs.filter { $0.isOwn == false }
    }

    /// The logs' bytes by name.
    var logs: [String: [UInt8]] {
        files.bytesByPath.filter { $0.key.hasPrefix("logs/") && $0.key.hasSuffix(".log") }
    }

    @discardableResult
    mutating func collect(_ exchange: Exchange, isThorough: Bool = false) throws -> Collected {
        let collected = try Collector(keys: circle.ring).collect(
            from: exchange, holding: held(), knowing: memory, isThorough: isThorough)
        try collected.apply(to: "logs", aside: "set-aside", files: files)
        memory = collected.memory
        return collected
    }

    /// Collects with a crash while what came is added, and again after the restart. Gives whether
    /// the disk was asked so often that the crash struck.
    mutating func collect(
        _ exchange: Exchange, crashing point: CrashPoint, atCall call: Int
    ) throws -> Bool {
        let collected = try Collector(keys: circle.ring).collect(
            from: exchange, holding: held(), knowing: SegmentMemory())
        let hasStruck = files.strike(.crashes(point), atCall: call) {
            try collected.apply(to: "logs", aside: "set-aside", files: files)
        }
        files.restart()
        memory = collected.memory
        try collect(exchange)
        return hasStruck
    }

    @discardableResult
    mutating func publish(_ exchange: Exchange) throws -> Published {
        let published = Publisher(exchange, keys: SliceKeys(circle.key)).publish(
            try held(), knowing: memory)
        memory = published.memory
        return published
    }

    mutating func roll(_ exchange: Exchange) throws -> Roller.Rolled {
        let rolled = try Roller(exchange, SliceKeys(circle.key), keys: circle.ring).roll(
            held()[0], knowing: memory)
        memory = rolled.memory
        return rolled
    }
}
