// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct ExchangeTests {
    private let files = MemoryFiles()
    private let circle = Circle()

    private func failure(opening folder: String = "x") -> Failure? {
        do throws(Failure) {
            _ = try Exchange(opening: folder, of: circle.id, files: files)
            return nil
        } catch {
            return error
        }
    }

    private func failureOfCreating() -> Failure? {
        do throws(Failure) {
            _ = try Exchange.create(at: "x", partnership: circle.id, files: files)
            return nil
        } catch {
            return error
        }
    }

    private func expectWholeSentences(_ failure: Failure?) {
        #expect(failure?.sentence.hasSuffix(".") == true)
        #expect(failure?.advice.hasSuffix(".") == true)
    }

    @Test func `what was created can be opened`() throws {
        #expect(failureOfCreating() == nil)
        #expect(failure() == nil)
        let opened = try Exchange(opening: "x", files: files)
        #expect(opened.partnership == circle.id)
        #expect(
            try files.list("x").map { $0.name }
                == ["beatbook.exchange", "grants", "requests", "segments"])
    }

    @Test func `a folder that is missing is said to be missing`() {
        #expect(failure()?.kind == .notFound)
        expectWholeSentences(failure())
    }

    @Test func `an empty folder and one without a marker are no exchange`() throws {
        try files.makeFolder("x")
        #expect(failure()?.kind == .notHere)
        #expect(failure()?.sentence.contains("is empty") == true)
        files.put([1], at: "x/holiday.jpg")
        #expect(failure()?.kind == .notHere)
        expectWholeSentences(failure())
    }

    @Test func `the exchange of another partnership is refused`() throws {
        let other = PartnershipID(Circle.bytes32(3))
        _ = try Exchange.create(at: "x", partnership: other, files: files)
        #expect(failure()?.kind == .notPermitted)
        expectWholeSentences(failure())
    }

    @Test func `a marker with any byte changed, cut or added is damaged or another's`() throws {
        let marker = ExchangeMarker.encode(circle.id)
        for place in marker.indices {
            for mask: UInt8 in [0x01, 0x80, 0xff] {
                var changed = marker
                changed[place] ^= mask
                #expect(ExchangeMarker.decode(changed) != circle.id)
            }
            #expect(ExchangeMarker.decode(Array(marker.prefix(place))) == nil)
        }
        #expect(ExchangeMarker.decode(marker + [10]) == nil)
        files.put(marker.dropLast() + [13, 10], at: "x/beatbook.exchange")
        #expect(failure()?.kind == .damaged)
        expectWholeSentences(failure())
    }

    @Test func `a folder with other things, or a marker, is not made an exchange`() throws {
        files.put([1], at: "x/.hidden")
        #expect(failureOfCreating() == nil)
        #expect(failureOfCreating()?.kind == .exists)
        expectWholeSentences(failureOfCreating())
        files.takeAway("x/beatbook.exchange")
        #expect(failureOfCreating()?.kind == .exists)
        expectWholeSentences(failureOfCreating())
        #expect(files.bytesByPath["x/beatbook.exchange"] == nil)
    }

    @Test func `creating that a crash cut short can be done again, or is done`() throws {
        for call in 1...6 {
            for point in [CrashPoint.before, .midway(keeping: 20), .after] {
                let files = MemoryFiles()
                files.plan(.crashes(point), atCall: call)
                _ = try? Exchange.create(at: "x", partnership: circle.id, files: files)
                files.restart()
                if (try? Exchange(opening: "x", of: circle.id, files: files)) == nil {
                    _ = try Exchange.create(at: "x", partnership: circle.id, files: files)
                }
                let exchange = try Exchange(opening: "x", of: circle.id, files: files)
                _ = try exchange.write([1], in: .segments)
                #expect(try exchange.list(.segments).count == 1)
            }
        }
    }

    @Test func `folders that are missing inside are empty, and made when needed`() throws {
        files.put(ExchangeMarker.encode(circle.id), at: "x/beatbook.exchange")
        let exchange = try Exchange(opening: "x", of: circle.id, files: files)
        #expect(try exchange.list(.segments).isEmpty)
        _ = try exchange.write([1, 2], in: .grants)
        #expect(try exchange.list(.grants).count == 1)
    }

    @Test func `a disk that gives back other bytes than it was given is found`() throws {
        let exchange = try circle.exchange(files)
        files.put([0], at: "x/segments/\(Exchange.name(of: [1, 2], in: .segments))")
        files.plan(.storesOthers, atCall: 5)
        #expect(throws: Failure.self) { try exchange.write([1, 2], in: .segments) }
        // The bad file of someone else stays, the own one is taken away again.
        #expect(files.paths(under: "x/segments").count == 1)
    }
}
