// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// One block of a vectors file; how its lines read stands at the head of each file.
package struct Vector: Sendable, CustomStringConvertible {
    package let name: String
    package let kind: String
    private let values: [String: String]

    package var description: String { name }

    /// The text of a value; the bug of a test or of the vectors if there is none.
    package func text(_ key: String) -> String {
        guard let value = values[key] else { preconditionFailure("\(name) has no \(key)") }
        return value
    }

    package func has(_ key: String) -> Bool { values[key] != nil }

    /// The words of a value; none for `none`.
    package func words(_ key: String) -> [String] {
        let value = text(key)
        return value == "none" ? [] : value.split(separator: " ").map(String.init)
    }

    package func number(_ key: String) -> UInt64 {
        guard let number = UInt64(text(key)) else { preconditionFailure("\(name): \(key)") }
        return number
    }

    package func bytes(_ key: String) -> [UInt8] {
        let value = text(key)
        return value == "-" ? [] : words(key).flatMap { Vector.bytes(word: $0) }
    }

    /// Nil where the value is `null`.
    package func optionalBytes(_ key: String) -> [UInt8]? {
        text(key) == "null" ? nil : bytes(key)
    }

    package func bytes32(_ key: String) -> Bytes32 { Vector.bytes32(hex: text(key)) }

    package static func bytes32(hex: String) -> Bytes32 {
        guard let value = Bytes32(hex: hex) else { preconditionFailure("not 32 bytes: \(hex)") }
        return value
    }

    package func bytes16(_ key: String) -> Bytes16 {
        guard let value = Bytes16(hex: text(key)) else {
            preconditionFailure("\(name): \(key)")
        }
        return value
    }

    private static func bytes(word: String) -> [UInt8] {
        let parts = word.split(separator: "*")
        guard let bytes = Hex.bytes(parts[0]), let times = parts.count == 1 ? 1 : Int(parts[1])
        else { preconditionFailure("not bytes: \(word)") }
        guard bytes.count == 1 else { return Array(repeatElement(bytes, count: times).joined()) }
        return [UInt8](repeating: bytes[0], count: times)
    }

    private init(_ lines: [Substring]) {
        var values: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else {
                preconditionFailure("not a value: \(line)")
            }
            values[String(line[..<colon])] = String(line[colon...].dropFirst(2))
        }
        name = values["vector"] ?? ""
        kind = values["kind"] ?? ""
        self.values = values
    }

    /// The blocks of one kind of a file in `Tests/Vectors`, or of all kinds.
    package static func all(
        _ file: String, kind: String? = nil, source: String = #filePath
    ) -> [Vector] {
        let tests = source.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        let path = tests.joined(separator: "/") + "/Vectors/\(file).txt"
        guard let bytes = try? DiskFiles().read(path, limit: 1 << 26) else {
            preconditionFailure("there are no vectors at \(path)")
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let blocks = lines.filter { $0.hasPrefix("#") == false }.split { $0.isEmpty }
        let vectors = blocks.map { Vector(Array($0)) }
        return vectors.filter { kind == nil || $0.kind == kind }
    }
}
