// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

/// What stands behind damage, and goes on from where another copy is good.
@Suite struct RejoiningTests {
    private let log = LogBuilder.sample

    /// Where each frame begins, and the tip before it.
    private func places() throws -> [(offset: Int, tip: LogTip)] {
        try log.bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            var places = [(scanner.position.offset, scanner.position.tip)]
            while try scanner.next() != nil {
                places.append((scanner.position.offset, scanner.position.tip))
            }
            return places
        }
    }

    private func frames(_ file: [UInt8], from offset: Int, after tip: LogTip) -> [UInt8] {
        file.withUnsafeBytes {
            Rejoining.tail($0, from: offset, of: log.log, after: tip)
        }
    }

    @Test func `whatever frame is damaged, all after it is found from where it ended`() throws {
        let places = try places()
        for (damaged, after) in zip(places, places.dropFirst()) {
            for place in damaged.offset..<after.offset {
                var file = log.bytes
                file[place] ^= 0x40
                let found = frames(file, from: damaged.offset, after: after.tip)
                // From a seal's end on it may go on from before the seal: that is the same place.
                #expect(log.bytes.suffix(found.count) == found[...])
                #expect(found.count <= log.bytes.count - damaged.offset)
                // A seal that follows at once goes with what was damaged: it can be made again.
                let missing = log.bytes.count - after.offset - found.count
                #expect([-107, 0, 107].contains(missing) || found.isEmpty && missing == 107)
            }
        }
    }

    @Test func `nothing goes on from a place of another history`() throws {
        var other = LogBuilder(TestDevice(1), in: nil)
        other.append(2, mark: 9)
        for place in try places() {
            let tip = other.position.tip
            log.bytes.withUnsafeBytes {
                #expect(
                    Rejoining.rest($0, from: place.offset, of: log.log, after: tip) == nil)
                #expect(
                    Rejoining.sealed($0, from: place.offset, of: log.log, after: tip) == [])
            }
        }
        #expect(frames([], from: 0, after: log.log.start) == [])
    }

    @Test func `of another device's log what no seal covers is left`() throws {
        let places = try places()
        let (start, tip) = places[0]
        let found = log.bytes.withUnsafeBytes {
            Rejoining.sealed($0, from: start, of: log.log, after: tip)
        }
        #expect(found == Array(log.bytes[start..<log.position.sealedOffset]))
    }
}
