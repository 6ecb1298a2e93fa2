// SPDX-License-Identifier: MIT

/// The text of a file in UTF-8, in whichever encoding it was saved.
struct CSVText {
    enum Encoding: Hashable, Sendable {
        case utf8
        case utf16
        case windows1252
    }

    /// Without byte order marks. Bytes that are no text stay as they are: who cuts cells says where
    /// they stand.
    let bytes: [UInt8]
    let encoding: Encoding

    /// A file that is not UTF-8 is Windows-1252, as spreadsheets save it, unless some of it can
    /// only be UTF-8: then it is damaged, and is not guessed at.
    init(_ file: [UInt8]) {
        if let isBig = CSVText.isBigEndian(file) {
            encoding = .utf16
            bytes = CSVText.unmarked(CSVText.utf8(ofUTF16: file, isBigEndian: isBig))
        } else if CSVText.isWindows(file) {
            encoding = .windows1252
            bytes = CSVText.utf8(ofWindows: file)
        } else {
            encoding = .utf8
            bytes = CSVText.unmarked(file)
        }
    }

    /// Programs that join files leave more than one mark.
    private static func unmarked(_ file: [UInt8]) -> [UInt8] {
        var rest = file[...]
        while rest.starts(with: byteOrderMark) { rest = rest.dropFirst(byteOrderMark.count) }
        return Array(rest)
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Nil for a file that is not UTF-16. Without a mark it is where every other byte of its
    /// beginning is 0.
    private static func isBigEndian(_ file: [UInt8]) -> Bool? {
        if file.starts(with: [0xFE, 0xFF]) { return true }
        if file.starts(with: [0xFF, 0xFE]) { return false }
        let head = file.prefix(64)
        guard head.count >= 8, file.count.isMultiple(of: 2) else { return nil }
        let zeros = head.indices.filter { head[$0] == 0 }
        guard zeros.count >= head.count / 3 else { return nil }
        if zeros.allSatisfy({ $0.isMultiple(of: 2) }) { return true }
        return zeros.contains { $0.isMultiple(of: 2) } ? nil : false
    }

    private static func utf8(ofUTF16 file: [UInt8], isBigEndian: Bool) -> [UInt8] {
        let units = (0..<file.count / 2).lazy.map { pair in
            let (first, second) = (UInt16(file[2 * pair]), UInt16(file[2 * pair + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// Whether some bytes are no UTF-8, none are UTF-8 that stands for more than ASCII, and
    /// Windows-1252 has a letter for each.
    private static func isWindows(_ file: [UInt8]) -> Bool {
        var isOther = false
        var place = 0
        while place < file.count {
            let byte = file[place]
            place += 1
            guard byte >= 0x80 else { continue }
            let more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
            let rest = file[place...].prefix(more)
            let isSequence =
                (0xC2...0xF4).contains(byte) && rest.count == more
                && rest.allSatisfy { (0x80...0xBF).contains($0) }
            if isSequence || windowsLetter(byte) == nil { return false }
            isOther = true
        }
        return isOther
    }

    private static func utf8(ofWindows file: [UInt8]) -> [UInt8] {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: file.compactMap(windowsLetter))
        return Array(String(scalars).utf8)
    }

    /// Nil for the five bytes that stand for nothing.
    private static func windowsLetter(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return windowsLetters[Int(byte) - 0x80]
    }

    /// What Windows-1252 has where Latin-1 has control characters, from 0x80 on.
    private static let windowsLetters: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
}
