// SPDX-License-Identifier: MIT

/// The names of files that are being written and have not come to their own name.
///
///     temporary = name "." process number ".tmp"
///
/// No reader lists them. Whoever is stopped half way leaves one; the next writer, under its lock,
/// removes it.
package enum TemporaryName {
    private static let ending = ".tmp"

    /// The name beside `path` for a process.
    static func beside(_ path: String, process: Int32) -> String {
        "\(path).\(process)\(ending)"
    }

    /// Whether a name in a folder is such a name.
    package static func isOne(_ name: String) -> Bool {
        guard name.hasSuffix(ending) else { return false }
        let rest = name.dropLast(ending.count).utf8
        guard let dot = rest.lastIndex(of: UInt8(ascii: ".")), dot != rest.startIndex else {
            return false
        }
        let number = rest[rest.index(after: dot)...]
        return number.isEmpty == false && number.count <= 10
            && number.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
