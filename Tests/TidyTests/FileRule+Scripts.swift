// SPDX-License-Identifier: MIT

extension FileRule {
    static let scriptHead = FileRule(name: "head of a script", isFor: \.isScript) { file in
        var breaches: [Breach] = []
        if !file.isExecutable { breaches.append(file.breach(1, "The script is not executable.")) }
        if file.lines.first?.hasPrefix("#!/usr/bin/env ") != true {
            breaches.append(file.breach(1, "The script does not begin with #!/usr/bin/env."))
        }
        if file.lines.dropFirst().first?.hasPrefix("# ") != true {
            breaches.append(file.breach(2, "Say here what the script is for and how to call it."))
        }
        let isShell = file.lines.first?.hasSuffix("sh") == true
        let command = file.lines.firstIndex { !$0.isEmpty && !$0.hasPrefix("#") } ?? 0
        if isShell, !file.lines[command...].prefix(1).contains(where: { $0.hasPrefix("set -eu") }) {
            breaches.append(file.breach(command + 1, "The first command is not set -eu."))
        }
        return breaches
    }
}
