// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct BroughtLogsTests {
    private let circle = Circle()
    private let files = MemoryFiles()
    private let log: LogBuilder
    private let other: LogBuilder

    init() {
        log = circle.log(2)
        other = circle.log(3)
    }

    private func collected(_ path: String, holding held: [HeldLog] = []) throws -> Collected {
        let brought = try BroughtLogs(opening: path, of: circle.id, files: files)
        return Collector(keys: circle.ring).collect(from: brought, holding: held)
    }

    private func expectBoth(_ collected: Collected) {
        let wanted = [log, other].sorted { $0.log.id < $1.log.id }
        #expect(collected.growths.map { $0.bytes } == wanted.map { $0.bytes })
    }

    private func kind(_ path: String) -> Failure.Kind? {
        do throws(Failure) {
            _ = try BroughtLogs(opening: path, of: circle.id, files: files)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func `a log file is taken up to its last seal`() throws {
        var unsealed = log
        unsealed.append()
        files.put(unsealed.bytes + [2, 9, 0], at: "stick/some name")
        let collected = try collected("stick/some name")
        #expect(collected.growths.map { $0.bytes } == [log.bytes])
        #expect(collected.files.map { $0.name } == ["some name"])
        let more = try self.collected("stick/some name", holding: [log.held(through: 2)])
        #expect(more.growths.map { $0.range } == [SeqRange(first: 3, last: 6)])
    }

    @Test func `a segment file is taken whatever its name`() throws {
        files.put(try circle.segment(log, 1, 6), at: "stick/letter.doc")
        #expect(try collected("stick/letter.doc").growths.map { $0.bytes } == [log.bytes])
    }

    @Test func `a folder of either is taken, and other files in it are let be`() throws {
        files.put(log.bytes, at: "stick/a.log")
        files.put(try circle.segment(other, 1, 3), at: "stick/b.segment")
        files.put(try circle.segment(other, 4, 6), at: "stick/c")
        files.put([1, 2, 3], at: "stick/notes.txt")
        let collected = try collected("stick")
        expectBoth(collected)
        #expect(collected.files.count == 3)
    }

    @Test func `an exchange and a replica are taken`() throws {
        let exchange = try circle.exchange(files)
        _ = try exchange.write(circle.segment(log, 1, 6), in: .segments)
        _ = try exchange.write(circle.segment(other, 1, 6), in: .segments)
        expectBoth(try collected("x"))
        files.put(log.bytes, at: "replica/logs/1.log")
        files.put(other.bytes, at: "replica/logs/2.log")
        files.put([1], at: "replica/device.key")
        expectBoth(try collected("replica"))
    }

    @Test func `another partnership's exchange is refused, its log set aside`() throws {
        _ = try Exchange.create(
            at: "x", partnership: PartnershipID(Circle.bytes32(4)), files: files)
        #expect(kind("x") == .notPermitted)
        files.put(LogBuilder(TestDevice(9), in: nil, batches: 2).bytes, at: "a.log")
        #expect(
            try collected("a.log").files.map { $0.outcome } == [.setAside(.otherPartnership)])
    }

    @Test func `nothing, and nothing of a book, are said to be so`() throws {
        #expect(kind("stick") == .notFound)
        files.put([1, 2, 3], at: "stick/notes.txt")
        #expect(kind("stick") == .notHere)
        #expect(kind("stick/notes.txt") == .notHere)
    }

    @Test func `a log file that nobody signed brings nothing`() throws {
        var unsealed = LogBuilder(TestDevice(2), in: circle.id)
        unsealed.append()
        files.put(unsealed.bytes, at: "a.log")
        #expect(try collected("a.log").files.map { $0.outcome } == [.setAside(.unsealed)])
    }

    @Test func `a log file with any byte changed brings only what stands before it`() throws {
        for place in log.bytes.indices {
            var changed = log.bytes
            changed[place] ^= 0x80
            files.put(changed, at: "a.log")
            guard let found = try? collected("a.log") else {
                #expect(place < Frame.logMagic.count)
                continue
            }
            for growth in found.growths where growth.log == log.log {
                #expect(log.bytes.starts(with: growth.bytes))
                #expect(growth.bytes.count <= place)
            }
        }
    }
}
