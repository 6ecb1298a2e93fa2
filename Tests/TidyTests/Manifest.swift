// SPDX-License-Identifier: MIT

/// The targets that `Package.swift` declares.
struct Manifest {
    /// What each target depends on, sorted; targets of tests apart.
    private(set) var dependencies: [String: [String]] = [:]
    private(set) var tests: [String] = []

    init(_ text: String) {
        for declaration in text.matches(of: Self.declaration) {
            let name = String(declaration.name)
            if declaration.kind == "tests" || declaration.kind == "testTarget" {
                tests.append(name)
            } else {
                dependencies[name] = Self.names(after: text[declaration.range.upperBound...])
            }
        }
    }

    private static func names(after rest: Substring) -> [String] {
        guard let list = rest.prefixMatch(of: dependencyList)?.names else { return [] }
        return list.matches(of: quoted).map { String($0.name) }.sorted()
    }

    private static var declaration: Regex<(Substring, kind: Substring, name: Substring)> {
        #/
        \b(?<kind>stage|target|executableTarget|systemLibrary|tests|testTarget)
        \(\s*(?:name:\s*)?"(?<name>\w+)"
        /#
    }

    private static var dependencyList: Regex<(Substring, names: Substring)> {
        #/\s*,\s*(?:dependencies:\s*)?\[(?<names>[^\]]*)\]/#
    }

    private static var quoted: Regex<(Substring, name: Substring)> { #/"(?<name>\w+)"/# }
}
