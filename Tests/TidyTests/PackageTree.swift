// SPDX-License-Identifier: MIT
import Foundation

/// The files of the package that are written by people.
struct PackageTree {
    /// Every file, from the root of the package, sorted.
    let paths: [String]
    /// Those that hold UTF-8 text, without the data that came from elsewhere.
    let texts: [TextFile]

    private static let folders = ["Sources", "Tests", "Docs", "scripts", ".ci"]
    /// Files at the root that programs make; in a second working tree `.git` is one.
    private static let made: Set = [".git", "Package.resolved"]
    private static let dataFolder = "Tests/Data/"

    init() throws {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let top = try Self.names(in: root).filter { name in
            !Self.isFolder(root.appending(path: name)) && !Self.made.contains(name)
        }
        paths = try (top + Self.folders.flatMap { try Self.files(of: root, in: $0) }).sorted()
        texts = try paths.filter { !$0.hasPrefix(Self.dataFolder) }
            .compactMap { try Self.text(of: root, at: $0) }
    }

    var swift: [TextFile] { texts.filter(\.isSwift) }

    func text(_ path: String) -> TextFile? { texts.first { $0.path == path } }

    /// The names of the folders in a folder.
    func folders(in folder: String) -> [String] {
        let inside = paths.filter { $0.hasPrefix(folder + "/") }
            .map { $0.dropFirst(folder.count + 1).split(separator: "/") }
        return Set(inside.filter { $0.count > 1 }.map { String($0[0]) }).sorted()
    }

    private static func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        let path = url.path(percentEncoded: false)
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    private static func files(of root: URL, in folder: String) throws -> [String] {
        let written = try names(in: root.appending(path: folder))
            .filter { !$0.hasPrefix(".") && $0 != "__pycache__" }
        return try written.flatMap { name in
            let path = "\(folder)/\(name)"
            return isFolder(root.appending(path: path)) ? try files(of: root, in: path) : [path]
        }
    }

    private static func text(of root: URL, at path: String) throws -> TextFile? {
        let url = root.appending(path: path)
        guard let text = String(validating: try Data(contentsOf: url), as: UTF8.self) else {
            return nil
        }
        let isExecutable = FileManager.default.isExecutableFile(
            atPath: url.path(percentEncoded: false))
        return TextFile(path: path, text: text, isExecutable: isExecutable)
    }
}
