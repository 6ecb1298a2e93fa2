// SPDX-License-Identifier: MIT

/// One system call that a traced program made, as far as it is about files.
struct TracedCall: CustomStringConvertible {
    enum Act: Hashable {
        /// Bytes written to a file, or to standard output or standard error.
        case write(String)
        case answer
        case sync(String)
        case rename(from: String, to: String)
        case makeFolder(String)
        case remove(String)
        case cut(String)
        /// Opened to be read.
        case open(String)
    }

    let act: Act
    let description: String

    /// Reads a line of `strace -y`; nil for a call that failed or is about no file.
    init?(_ line: String) {
        description = line
        guard let open = line.firstIndex(of: "("), let equals = line.range(of: ") ", after: open),
            line[equals.upperBound...].drop(while: { $0 == " " || $0 == "=" }).first != "-"
        else { return nil }
        let name = line[..<open].split(separator: " ").last.map(String.init) ?? ""
        let arguments = String(line[line.index(after: open)..<equals.lowerBound])
        guard let act = TracedCall.act(name, arguments) else { return nil }
        self.act = act
    }

    private static func act(_ name: String, _ arguments: String) -> Act? {
        switch name {
        case "write", "writev", "pwrite64", "pwritev":
            let isAnswer = arguments.hasPrefix("1<") || arguments.hasPrefix("2<")
            return isAnswer ? .answer : descriptor(arguments).map { .write($0) }
        case "fsync", "fdatasync": return descriptor(arguments).map { .sync($0) }
        case "ftruncate": return descriptor(arguments).map { .cut($0) }
        case "rename", "renameat", "renameat2", "link", "linkat":
            let paths = quoted(arguments)
            return paths.count == 2 ? .rename(from: paths[0], to: paths[1]) : nil
        case "mkdir", "mkdirat": return quoted(arguments).first.map { .makeFolder($0) }
        case "unlink", "unlinkat": return quoted(arguments).first.map { .remove($0) }
        case "open", "openat": return quoted(arguments).first.map { .open($0) }
        default: return nil
        }
    }

    /// The path of the descriptor that comes first: `5</folder/file>`; nil for pipes and the like.
    private static func descriptor(_ arguments: String) -> String? {
        guard let start = arguments.firstIndex(of: "<"), let end = arguments.firstIndex(of: ">")
        else { return nil }
        let path = String(arguments[arguments.index(after: start)..<end])
        return path.hasPrefix("/") ? path : nil
    }

    private static func quoted(_ arguments: String) -> [String] {
        let parts = arguments.split(separator: "\"", omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
    }
}

extension String {
    fileprivate func range(of text: String, after start: Index) -> Range<Index>? {
        ranges(of: text).last { $0.lowerBound > start }
    }
}
