// SPDX-License-Identifier: MIT

extension FileRule {
    static let imports = FileRule(name: "imports", isFor: { $0.isSource && $0.isSwift }) { file in
        let target = String(file.path.split(separator: "/")[1])
        let allowed = (ImportTable.targets[target] ?? []) + (ImportTable.system[target] ?? [])
        return imported(file.swift.tokens).filter { !allowed.contains($0.text) }.map { module in
            file.breach(module.line, "\(target) may not import \(module.text).")
        }
    }

    private static func imported(_ tokens: [SwiftText.Token]) -> [SwiftText.Token] {
        tokens.indices.filter { tokens[$0].text == "import" }.compactMap { place in
            tokens[(place + 1)...].first { !kinds.contains($0.text) }
        }
    }

    /// What may stand between `import` and the name of the module.
    private static let kinds: Set = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]
}
