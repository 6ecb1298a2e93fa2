// SPDX-License-Identifier: MIT

/// Tells code, comments and strings apart, byte by byte.
///
/// Knows nested comments, strings of one and of many lines, raw strings, interpolations with
/// strings inside, regular expressions between `#/` and `/#`, and names between backticks (which
/// count as strings). Regular expressions between bare slashes it does not know.
struct SwiftScanner {
    enum Kind { case code, comment, string }

    /// One for each byte.
    private(set) var kinds: [Kind]
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        kinds = Array(repeating: .code, count: bytes.count)
    }

    mutating func scan() {
        var place = 0
        while place < bytes.count {
            let (end, kind) = piece(at: place)
            for marked in place..<end where kind != .code { kinds[marked] = kind }
            place = end
        }
    }

    /// The end of the comment or string that begins here, or of the one byte of code.
    private func piece(at place: Int) -> (end: Int, kind: Kind) {
        guard Self.firstBytes.contains(bytes[place]) else { return (place + 1, .code) }
        if starts("//", at: place) { return (end(of: "\n", from: place), .comment) }
        if starts("/*", at: place) { return (commentEnd(place), .comment) }
        if bytes[place] == Self.backtick {
            return (min(end(of: "`", from: place + 1) + 1, bytes.count), .string)
        }
        let hashes = bytes[place...].prefix { $0 == Self.hash }.count
        let fence = String(repeating: "#", count: hashes)
        if starts(fence + "\"", at: place) {
            return (stringEnd(place + hashes, fence: fence), .string)
        }
        if hashes > 0, starts(fence + "/", at: place) {
            let close = end(of: "/" + fence, from: place + hashes + 1)
            return (min(close + 1 + hashes, bytes.count), .string)
        }
        return (place + max(hashes, 1), .code)
    }

    private func commentEnd(_ start: Int) -> Int {
        var place = start + 2
        while place < bytes.count {
            if starts("*/", at: place) { return place + 2 }
            place = starts("/*", at: place) ? commentEnd(place) : place + 1
        }
        return bytes.count
    }

    /// From the first quotation mark of the string.
    private func stringEnd(_ start: Int, fence: String) -> Int {
        let isLong = starts("\"\"\"", at: start)
        let close = (isLong ? "\"\"\"" : "\"") + fence
        var place = start + (isLong ? 3 : 1)
        while place < bytes.count {
            if starts(close, at: place) { return place + close.utf8.count }
            if !isLong, bytes[place] == Self.lineFeed { return place }
            if starts("\\" + fence + "(", at: place) {
                place = interpolationEnd(place + 1 + fence.utf8.count)
            } else if starts("\\" + fence, at: place) {
                place += 2 + fence.utf8.count
            } else {
                place += 1
            }
        }
        return bytes.count
    }

    /// From the opening parenthesis.
    private func interpolationEnd(_ start: Int) -> Int {
        var depth = 0
        var place = start
        while place < bytes.count {
            if bytes[place] == Self.opening { depth += 1 }
            if bytes[place] == Self.closing { depth -= 1 }
            place = piece(at: place).end
            if depth == 0 { return place }
        }
        return bytes.count
    }

    private func starts(_ text: String, at place: Int) -> Bool {
        bytes[min(place, bytes.count)...].starts(with: text.utf8)
    }

    /// Where the text next stands, or the end of the file.
    private func end(of text: String, from start: Int) -> Int {
        (start..<max(start, bytes.count)).first { starts(text, at: $0) } ?? bytes.count
    }

    /// What a comment, string, regular expression or name between backticks can begin with.
    private static let firstBytes = Array("/\"#`".utf8)
    private static let lineFeed: UInt8 = 0x0A
    private static let backtick: UInt8 = 0x60
    private static let hash: UInt8 = 0x23
    private static let opening: UInt8 = 0x28
    private static let closing: UInt8 = 0x29
}
