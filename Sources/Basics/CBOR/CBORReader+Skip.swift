// SPDX-License-Identifier: MIT

extension CBORReader {
    /// Checks one item of any shape and passes over it, without recursion.
    ///
    /// `depth` is how many arrays and maps are open around it.
    package mutating func skip(depth: Int = 0) throws(CBORError) {
        var open: [Level] = []
        repeat {
            while let last = open.last, last.itemsLeft == 0 { open.removeLast() }
            if open.isEmpty == false {
                let level = open.count - 1
                if open[level].isAtKey { try checkKey(&open[level]) }
                open[level].itemsLeft -= 1
            }
            if let level = try step(depth: depth + open.count) { open.append(level) }
        } while open.contains { $0.itemsLeft > 0 }
    }

    /// Passes over one item of bytes that were checked before, without checking it again.
    package mutating func pass() throws(CBORError) {
        var items: UInt64 = 1
        while items > 0 {
            items -= 1
            let (major, value) = try head()
            switch major {
            case 2, 3:
                guard value <= UInt64(remaining) else { throw .endsEarly }
                position += Int(value)
            case 4, 5:
                guard value <= UInt64(remaining) else { throw .endsEarly }
                items += major == 5 ? 2 * value : value
            default: break
            }
        }
    }

    /// Checks the whole buffer as exactly one item.
    package static func check(_ bytes: UnsafeRawBufferPointer) throws(CBORError) {
        var reader = CBORReader(bytes)
        try reader.skip()
        try reader.finish()
    }

    /// One array or map that is open: how many items it still wants, and its last key.
    private struct Level {
        var itemsLeft: Int
        let isMap: Bool
        var lastKey: UnsafeRawBufferPointer?

        var isAtKey: Bool { isMap && itemsLeft.isMultiple(of: 2) }
    }

    /// Reads one head and its string, if it has one; gives the level it opens.
    private mutating func step(depth: Int) throws(CBORError) -> Level? {
        let start = position
        let (major, value) = try head()
        switch major {
        case 0, 7: return nil
        case 1:
            guard value <= UInt64(Int64.max) else { throw .outOfRange }
            return nil
        case 2, 3:
            position = start
            _ = major == 2 ? try bytes() : try text()
            return nil
        default:
            guard depth < Self.depthLimit else { throw .tooDeep }
            let items = major == 5 ? value.multipliedReportingOverflow(by: 2) : (value, false)
            guard items.1 == false, items.0 <= UInt64(remaining) else { throw .endsEarly }
            return Level(itemsLeft: Int(items.0), isMap: major == 5, lastKey: nil)
        }
    }

    /// Checks that the key at the reader's place is allowed and comes after the one before.
    private func checkKey(_ level: inout Level) throws(CBORError) {
        var ahead = self
        let major = try ahead.peekMajor()
        guard major == 0 || major == 3 else { throw .badKey }
        if major == 0 { _ = try ahead.unsigned() } else { _ = try ahead.text() }
        let key = ahead.slice(from: position)
        if let last = level.lastKey, last.precedes(key) == false { throw .keysOutOfOrder }
        level.lastKey = key
    }
}

extension UnsafeRawBufferPointer {
    /// Bytewise order; a proper prefix comes first.
    package func precedes(_ other: UnsafeRawBufferPointer) -> Bool {
        lexicographicallyPrecedes(other)
    }
}
