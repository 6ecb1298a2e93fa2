// SPDX-License-Identifier: MIT
package import Reports

/// A call that is in order: the verb, and the values of its arguments and options by their names.
///
/// Asking for a name that the verb does not declare is a bug of the caller and ends the process.
package struct Invocation: Equatable, Sendable {
    /// The names of the verb and of those it stands below: `["case", "open"]`.
    package let path: [String]
    private let valuesByName: [String: [String]]
    private let declaredNames: Set<String>

    init(path: [String], valuesByName: [String: [String]], declaredNames: Set<String>) {
        self.path = path
        self.valuesByName = valuesByName
        self.declaredNames = declaredNames
    }

    /// Whether it was given at all; for a flag, whether it is on.
    package func has(_ name: String) -> Bool {
        precondition(declaredNames.contains(name), "the verb declares no '\(name)'")
        return valuesByName[name] != nil
    }

    /// All values in the order of typing.
    package func texts(_ name: String) -> [String] {
        has(name) ? valuesByName[name] ?? [] : []
    }

    /// The value, if one was given; it may be empty (`--lead=`).
    package func text(_ name: String) -> String? { texts(name).first }

    /// The value of what must be given.
    package func required(_ name: String) -> String {
        guard let text = text(name) else {
            preconditionFailure("'\(name)' is asked for as required and not declared so")
        }
        return text
    }

    /// The value of what is declared as `.integer`.
    package func integer(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    /// The value of what is declared as `.date`.
    package func period(_ name: String) -> Period? {
        text(name).map { text in
            do { return try Period(text) } catch {
                preconditionFailure("'\(name)' was not checked when the call was parsed")
            }
        }
    }

    /// The values of what is declared as `.pair`, each parted at its first equals sign.
    package func pairs(_ name: String) -> [(left: String, right: String)] {
        texts(name).compactMap { text in
            guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            return (String(text[..<mark]), String(text[text.utf8.index(after: mark)...]))
        }
    }
}
