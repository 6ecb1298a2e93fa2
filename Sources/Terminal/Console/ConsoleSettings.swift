// SPDX-License-Identifier: MIT
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the environment and the call say about how to print.
package struct ConsoleSettings: Sendable {
    /// Whether colours are allowed at all; they are used on a terminal only.
    package var allowsColour: Bool
    /// Whether a terminal understands more than plain lines: not so where TERM is `dumb` or empty.
    package var movesCursor: Bool
    /// COLUMNS, used where no terminal says how wide it is.
    package var columns: Int?

    /// Settings that no environment is asked for.
    package init(allowsColour: Bool = true, movesCursor: Bool = true, columns: Int? = nil) {
        self.allowsColour = allowsColour
        self.movesCursor = movesCursor
        self.columns = columns
    }

    /// Reads NO_COLOR (any value but an empty one, see no-color.org), TERM and COLUMNS.
    package init(variables: (String) -> String?) {
        let terminal = variables("TERM") ?? ""
        movesCursor = terminal != "dumb" && !terminal.isEmpty
        allowsColour = movesCursor && (variables("NO_COLOR") ?? "").isEmpty
        columns = variables("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    /// Those of this process.
    package static func ofProcess() -> ConsoleSettings {
        ConsoleSettings { name in getenv(name).map { String(cString: $0) } }
    }
}
