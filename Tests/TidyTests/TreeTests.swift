// SPDX-License-Identifier: MIT
import Testing

/// The tree as it is, held against the rules of the house.
@Suite struct TreeTests {
    /// Read once for all tests.
    private static let read = Result { try PackageTree() }
    private let tree: PackageTree

    init() throws {
        tree = try Self.read.get()
    }

    @Test(arguments: FileRule.all)
    func `the tree keeps`(rule: FileRule) {
        expectNone(tree.texts.filter(rule.isFor).flatMap(rule.breaches))
    }

    @Test func `the walls are those that Package.swift declares`() throws {
        let manifest = Manifest(try #require(tree.text("Package.swift")).whole)
        #expect(manifest.dependencies == ImportTable.targets)
    }

    @Test func `every target has its folder, and every folder of sources its target`() throws {
        let manifest = Manifest(try #require(tree.text("Package.swift")).whole)
        #expect(tree.folders(in: "Sources") == manifest.dependencies.keys.sorted())
        let tests = Set(tree.folders(in: "Tests"))
        #expect(manifest.tests.filter { !tests.contains($0) } == [])
        #expect(tests.filter { $0.hasSuffix("Tests") } == Set(manifest.tests))
    }

    @Test func `every link of the documentation leads somewhere`() {
        expectNone(Pages(tree.texts, paths: tree.paths).broken)
    }

    @Test func `every file of the documentation can be reached by links`() {
        expectNone(Pages(tree.texts, paths: tree.paths).unreachable)
    }

    @Test func `every long table that is excepted is there`() {
        #expect(FileRule.tables.subtracting(tree.paths) == [])
    }

    private func expectNone(_ breaches: [Breach]) {
        let list = breaches.map(\.description).joined(separator: "\n")
        #expect(breaches.isEmpty, "\(list)")
    }
}
