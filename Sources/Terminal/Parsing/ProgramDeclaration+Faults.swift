// SPDX-License-Identifier: MIT

extension ProgramDeclaration {
    /// What is wrong with the declarations themselves, one sentence each: two things of one name,
    /// names that cannot be typed, arguments that hide those after them.
    ///
    /// Declarations may be made from data, so a test of the whole program asks that this is empty.
    package var faults: [String] {
        var faults = ProgramDeclaration.doubles(verbs.map(\.name), in: name)
        faults += ProgramDeclaration.faults(ofNames: globalOptions.map(\.name), in: name)
        var waiting = verbs.map { (path: "\(name) \($0.name)", verb: $0) }
        while let (path, verb) = waiting.popLast() {
            faults += self.faults(of: verb, at: path)
            waiting += verb.verbs.map { ("\(path) \($0.name)", $0) }
        }
        return faults.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func faults(of verb: VerbDeclaration, at path: String) -> [String] {
        let options = everywhere + verb.options
        let names = options.map(\.name) + verb.arguments.map(\.name)
        var faults = ProgramDeclaration.doubles(names, in: path)
        faults += ProgramDeclaration.doubles(
            options.compactMap { $0.letter.map(String.init) }, in: path)
        faults += ProgramDeclaration.doubles(verb.verbs.map(\.name), in: path)
        faults += ProgramDeclaration.faults(ofNames: [verb.name] + names, in: path)
        for (argument, later) in zip(verb.arguments, verb.arguments.dropFirst()) {
            if argument.repeats || (!argument.isRequired && later.isRequired) {
                let names = "\(later.placeholder) can never be told from \(argument.placeholder)"
                faults.append("'\(path)': \(names).")
            }
        }
        if verb.summary.isEmpty || verb.summary.hasSuffix(".") || verb.summary.contains("\n") {
            faults.append("'\(path)': a summary is one line without a full stop.")
        }
        return faults
    }

    private static func doubles(_ names: [String], in path: String) -> [String] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0).inserted }.map {
            "'\(path)': two things are '\($0)'."
        }
    }

    private static func faults(ofNames names: [String], in path: String) -> [String] {
        names.filter { !isTypable($0) }.map { "'\(path)': '\($0)' cannot be a name." }
    }

    /// Whether a name is a lower-case letter, then lower-case letters, digits and hyphens (ASCII).
    private static func isTypable(_ name: String) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = name.utf8.first, letters.contains(first) else { return false }
        return name.utf8.allSatisfy {
            letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
        }
    }
}
