// SPDX-License-Identifier: MIT
import Testing

@Suite struct ManifestTests {
    @Test func `targets and what they depend on are read from the manifest`() {
        let manifest = Manifest(
            """
            func stage(_ name: String) -> Target { .target(name: name, dependencies: []) }
            products: [.executable(name: "x", targets: ["x"])],
            .systemLibrary(
                name: "CA", pkgConfig: "a", providers: [.apt(["liba-dev"])]),
            .target(name: "CB"),
            stage("C", ["CB", "CA"], exclude: ["c.txt"]),
            stage("D"),
            stage(
                "E",
                [
                    "D",
                    "C",
                ]),
            .executableTarget(
                name: "f", dependencies: ["E"], swiftSettings: strict),
            tests("CTests", ["C"]), tests("TidyTests"),
            """)
        #expect(
            manifest.dependencies == [
                "CA": [], "CB": [], "C": ["CA", "CB"], "D": [], "E": ["C", "D"], "f": ["E"],
            ])
        #expect(manifest.tests == ["CTests", "TidyTests"])
    }
}
