// SPDX-License-Identifier: MIT

/// All pages of the documentation, and whether their links lead where they say.
struct Pages {
    private let pages: [String: Page]
    private let paths: Set<String>
    private let folders: Set<String>

    /// Where a reader comes in.
    static let doors = ["README.md", "Docs/README.md"]

    /// - Parameter paths: every file of the package.
    init(_ texts: [TextFile], paths: [String]) {
        let written = texts.filter { $0.isPage }
        pages = Dictionary(uniqueKeysWithValues: written.map { ($0.path, Page($0.lines)) })
        self.paths = Set(paths)
        folders = Set(paths.flatMap { Self.foldersAround($0) })
    }

    /// Links that lead nowhere.
    var broken: [Breach] {
        pages.sorted { $0.key < $1.key }.flatMap { path, page in
            page.links.compactMap { link in
                fault(of: link.target, on: path).map {
                    Breach(path: path, line: link.line, sentence: $0)
                }
            }
        }
    }

    /// Files of `Docs` that no path of links from a door leads to.
    var unreachable: [Breach] {
        var reached = Set(Self.doors)
        var toRead = Self.doors
        while let path = toRead.popLast() {
            for link in pages[path]?.links ?? [] where !Self.isElsewhere(link.target) {
                guard let file = file(Self.parts(link.target).path, on: path) else { continue }
                if reached.insert(file).inserted { toRead.append(file) }
            }
        }
        return paths.filter { $0.hasPrefix("Docs/") && !reached.contains($0) }.sorted().map {
            Breach(path: $0, line: 1, sentence: "No link from \(Self.doors[1]) leads here.")
        }
    }

    private func fault(of target: String, on path: String) -> String? {
        if Self.isElsewhere(target) { return nil }
        let (targetPath, anchor) = Self.parts(target)
        guard let file = file(targetPath, on: path) else { return "\(target) is not there." }
        guard let anchor, let page = pages[file] else { return nil }
        return page.anchors.contains(anchor) ? nil : "\(target) names no heading of that page."
    }

    /// The file that a path leads to; of a folder its page README.md, where it has one.
    private func file(_ target: String, on path: String) -> String? {
        if target.isEmpty { return path }
        guard let resolved = Self.resolved(target, on: path) else { return nil }
        if paths.contains(resolved) { return resolved }
        guard folders.contains(resolved) else { return nil }
        let readme = resolved.isEmpty ? "README.md" : resolved + "/README.md"
        return paths.contains(readme) ? readme : resolved
    }

    /// Nil where the path leads out of the package.
    private static func resolved(_ target: String, on path: String) -> String? {
        if target.hasPrefix("/") { return nil }
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in target.replacing("%20", with: " ").split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }

    private static func foldersAround(_ path: String) -> [String] {
        let parts = path.split(separator: "/").dropLast()
        return (0...parts.count).map { parts.prefix($0).joined(separator: "/") }
    }

    private static func parts(_ target: String) -> (path: String, anchor: String?) {
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
    }

    private static func isElsewhere(_ target: String) -> Bool {
        target.contains("://") || target.hasPrefix("mailto:")
    }
}
