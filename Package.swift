// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func stage(
    _ name: String, _ imports: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .target(name: name, dependencies: imports, exclude: exclude, swiftSettings: strict)
}

/// A target that measures, beside the tests.
func bench(_ name: String, _ imports: [Target.Dependency], isProgram: Bool = false) -> Target {
    support(name, imports, in: "Tests/Benchmarks", isProgram: isProgram)
}

func tests(
    _ name: String, _ imports: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .testTarget(name: name, dependencies: imports, exclude: exclude, swiftSettings: strict)
}

/// A target that tests use, and that no stage of the program imports.
func support(
    _ name: String, _ imports: [Target.Dependency], in folder: String = "Tests",
    isProgram: Bool = false
) -> Target {
    let path = "\(folder)/\(name)"
    return isProgram
        ? .executableTarget(
            name: name, dependencies: imports, path: path, swiftSettings: strict)
        : .target(name: name, dependencies: imports, path: path, swiftSettings: strict)
}

let package = Package(
    name: "beatbook",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "beatbook", targets: ["beatbook"]),
        .executable(name: "beatbook-generate", targets: ["Generate"]),
        .executable(name: "beatbook-bench", targets: ["Bench"]),
        .executable(name: "beatbook-simulate", targets: ["Simulate"]),
    ],
    targets: [
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .target(name: "CFiles"),
        stage("Basics", ["CSodium"]),
        stage("Logs", ["Basics", "CFiles"]),
        stage("Events", ["Basics"]),
        stage("Merging", ["Basics", "Logs"]),
        stage("Projections", ["Basics", "Events", "Logs", "Merging"]),
        stage("Queries", ["Basics", "Events", "Logs", "Merging", "Projections", "CSQLite"]),
        stage("Commands", ["Basics", "Events", "Projections"]),
        stage("Syncing", ["Basics", "Logs"]),
        stage(
            "Replicas",
            [
                "Basics", "Commands", "Events", "Logs", "Merging", "Projections", "Queries",
                "Syncing",
            ]),
        stage("Reports", ["Basics", "Events", "Merging", "Projections", "Queries"]),
        stage(
            "Terminal",
            [
                "Basics", "Commands", "Events", "Logs", "Merging", "Projections", "Queries",
                "Replicas",
                "Reports",
            ]),
        .executableTarget(
            name: "beatbook", dependencies: ["Replicas", "Terminal"], swiftSettings: strict),
        support("Simulation", ["Basics", "Logs"]),
        support(
            "Scenarios",
            ["Basics", "Events", "Logs", "Merging", "Projections", "Queries", "Simulation"]),
        support(
            "Storms",
            [
                "Basics", "Commands", "Events", "Logs", "Merging", "Projections", "Queries",
                "Replicas", "Simulation", "Syncing",
            ]),
        support("Simulate", ["Storms"], isProgram: true),
        tests("StormsTests", ["Storms"]),
        tests("BasicsTests", ["Basics", "Simulation"]),
        tests("ReportsTests", ["Reports"]),
        tests("TerminalTests", ["Projections", "Reports", "Terminal"]),
        tests("CommandsTests", ["Basics", "Commands", "Events"]),
        tests("EventsTests", ["Basics", "Events", "Logs", "Simulation"]),
        tests("LogsTests", ["Basics", "Logs", "Simulation"]),
        tests("MergingTests", ["Basics", "Logs", "Merging", "Scenarios"]),
        tests(
            "ProjectionsTests",
            ["Basics", "Events", "Logs", "Merging", "Projections", "Queries", "Scenarios"]),
        tests(
            "ReplicasTests",
            [
                "Basics", "Commands", "Events", "Logs", "Merging", "Projections", "Queries",
                "Replicas", "Reports", "Simulation", "Syncing",
            ]),
        tests("SyncingTests", ["Basics", "Logs", "Simulation", "Syncing"]),
        tests(
            "TranscriptTests",
            ["Basics", "Logs", "Queries", "Replicas", "Reports", "Simulation", "Terminal"],
            exclude: ["Transcripts"]),
        tests("TidyTests"),
        tests(
            "SystemCallTests",
            ["Basics", "Events", "Logs", "Replicas", "Scenarios", "Simulation", "Syncing"]),
        bench("Generator", ["Basics", "Events", "Logs", "Replicas", "Syncing"]),
        bench("Generate", ["Generator", "Logs"], isProgram: true),
        bench("Bench", ["CSQLite", "CSodium"], isProgram: true),
        tests(
            "GeneratorTests",
            ["Basics", "Generator", "Logs", "Projections", "Queries", "Replicas"]),
    ],
    swiftLanguageModes: [.v6]
)
