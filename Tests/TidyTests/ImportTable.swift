// SPDX-License-Identifier: MIT

/// Which target may import which: the walls between the stages.
enum ImportTable {
    /// Every target under `Sources`, with the targets it may import, each list sorted.
    ///
    /// `Logs` and `Syncing` never see `Events`: an old program carries facts from a newer one.
    static let targets: [String: [String]] = [
        "CFiles": [],
        "CSQLite": [],
        "CSodium": [],
        "Basics": ["CSodium"],
        "Commands": ["Basics", "Events", "Projections"],
        "Events": ["Basics"],
        "Logs": ["Basics", "CFiles"],
        "Merging": ["Basics", "Logs"],
        "Projections": ["Basics", "Events", "Logs", "Merging"],
        "Queries": ["Basics", "CSQLite", "Events", "Logs", "Merging", "Projections"],
        "Replicas": [
            "Basics", "Commands", "Events", "Logs", "Merging", "Projections", "Queries",
            "Syncing",
        ],
        "Reports": ["Basics", "Events", "Merging", "Projections", "Queries"],
        "Syncing": ["Basics", "Logs"],
        "Terminal": [
            "Basics", "Commands", "Events", "Logs", "Merging", "Projections", "Queries",
            "Replicas", "Reports",
        ],
        "beatbook": ["Replicas", "Terminal"],
    ]

    /// The targets that touch the machine, and what of the system they may import for it. No other
    /// stage reaches for a clock, chance or a file. `Dispatch` and `Synchronization` are
    /// for both cores, in one place.
    static let system: [String: [String]] = [
        "Basics": ["Dispatch", "Synchronization"],
        "Logs": platform,
        "Replicas": platform + ["Foundation"],
        "Reports": ["Foundation"],
        "Syncing": platform + ["Foundation"],
        "Terminal": platform + ["Foundation"],
        "beatbook": platform + ["Foundation"],
    ]

    private static let platform = ["Darwin", "Glibc", "Musl"]
}
