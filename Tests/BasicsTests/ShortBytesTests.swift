// SPDX-License-Identifier: MIT
import Basics
import Testing

@Suite struct ShortBytesTests {
    private func samples() -> [[UInt8]] {
        var samples: [[UInt8]] = []
        for count in 0...50 {
            for fill in [0, 1, 255] as [UInt8] {
                samples.append([UInt8](repeating: fill, count: count))
                samples.append((0..<count).map { fill &+ UInt8($0) })
            }
        }
        return samples
    }

    @Test func `bytes of any count come back, by every way in`() {
        for bytes in samples() {
            let short = ShortBytes(bytes)
            #expect(short.array == bytes)
            #expect(short.count == bytes.count)
            #expect(short.isEmpty == bytes.isEmpty)
            #expect(short.withRaw { Array($0) } == bytes)
            #expect(bytes.withUnsafeBytes { ShortBytes($0) } == short)
            var grown = ShortBytes()
            for byte in bytes { grown.append(byte) }
            #expect(grown == short)
            #expect(grown.hashValue == short.hashValue)
        }
        #expect(ShortBytes(bigEndian: 0x0102_0304_0506_0708).array == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(ShortBytes(Array("Jetée".utf8)).text == "Jetée")
    }

    @Test func `they are the same and in order as arrays are`() {
        let samples = samples()
        for left in samples {
            for right in samples {
                let (first, second) = (ShortBytes(left), ShortBytes(right))
                let isSame = (first == second) == (left == right)
                let isInOrder = first.precedes(second) == left.lexicographicallyPrecedes(right)
                guard isSame == false || isInOrder == false else { continue }
                Issue.record("\(left) and \(right)")
            }
        }
    }

    @Test func `a copy stays as it was when the other grows`() {
        for count in [3, 22, 23, 24, 40] {
            let bytes = [UInt8](repeating: 7, count: count)
            let kept = ShortBytes(bytes)
            var grown = kept
            grown.append(9)
            #expect(kept.array == bytes)
            #expect(grown.array == bytes + [9])
        }
    }
}

@Suite struct KeyOrderTests {
    private func keys(_ texts: [String]) throws -> [String] {
        var writer = CBORWriter()
        for text in texts { writer.text(text) }
        return try writer.bytes.withUnsafeBytes { raw in
            var reader = CBORReader(raw)
            var order = KeyOrder()
            return try texts.map { _ in String(decoding: try order.next(&reader), as: UTF8.self) }
        }
    }

    @Test func `keys come shorter first, then by their bytes, each once`() throws {
        for good in [["a"], ["a", "b"], ["z", "aa"], ["", "a", "b", "aa", "ab", "aaa"]] {
            #expect(try keys(good) == good)
        }
        for bad in [["a", "a"], ["b", "a"], ["aa", "z"], ["a", "b", "b"], ["a", ""]] {
            #expect(throws: CBORError.keysOutOfOrder) { try keys(bad) }
        }
    }
}

@Suite struct ParallelTests {
    @Test(arguments: [0, 1, 2, 3, 100])
    func `parts are taken one at a time in the order of their places`(count: Int) {
        var taken: [Int] = []
        Parallel.inOrder(count) { worker, place in
            // Some take longer than others.
            (0..<(place % 7 * 1_000)).reduce(place * 2 + worker * 0) { sum, _ in sum }
        } take: { part in
            taken.append(part)
            return true
        }
        #expect(taken == (0..<count).map { $0 * 2 })
    }

    @Test func `nothing is taken after the taking has ended`() {
        var taken: [Int] = []
        Parallel.inOrder(50) { _, place in
            place
        } take: { part in
            taken.append(part)
            return part < 5
        }
        #expect(taken == [0, 1, 2, 3, 4, 5])
    }

    @Test func `each worker makes one part at a time`() {
        let busy = [Counter(), Counter()]
        Parallel.inOrder(200) { worker, _ in
            busy[worker].value += 1
            defer { busy[worker].value -= 1 }
            return busy[worker].value
        } take: { part in
            #expect(part == 1)
            return true
        }
    }

    private final class Counter {
        var value = 0
    }
}
