// SPDX-License-Identifier: MIT

/// What must be on the disk before what, held against the calls that a program made.
///
/// The calls are good **if and only if**
/// 1. bytes that were written to a file are synced before the file is renamed;
/// 2. bytes that were written to a file, and the folder of a name that was made or renamed, are
///    synced before the answer, and before anything is removed;
/// 3. while bytes of a log are not synced, nothing is written to the index or to the witness.
///
/// Excepted from 2 are the index, the lock and files under a temporary name that are removed, which
/// hold nothing that is not elsewhere, and what the machine remembers of a book outside its folder,
/// for which nobody waits.
struct DurabilityCheck {
    /// Sentences on what was not as it must be.
    private(set) var breaches: [String] = []
    private(set) var logWrites = 0
    private(set) var renamed: [String] = []
    private(set) var removed: [String] = []
    private(set) var hasAnswered = false
    private var unsyncedFiles: Set<String> = []
    private var unsyncedFolders: Set<String> = []

    init(_ calls: [TracedCall]) {
        for call in calls { take(call) }
        demandAll(before: "the end")
    }

    private mutating func take(_ call: TracedCall) {
        switch call.act {
        case .write(let path), .cut(let path): write(path, call)
        case .sync(let path):
            unsyncedFiles.remove(path)
            unsyncedFolders.remove(path)
        case .rename(let from, let to):
            demand(unsyncedFiles.contains(from) == false, "\(from) was renamed unsynced", call)
            note(to)
            renamed.append(to)
        case .makeFolder(let path): note(path)
        case .remove(let path): remove(path)
        case .answer:
            hasAnswered = true
            demandAll(before: "the answer")
        case .open: break
        }
    }

    private mutating func write(_ path: String, _ call: TracedCall) {
        if path.hasSuffix(".log") { logWrites += 1 }
        guard path.contains("/.local/") == false else { return }
        let isIndex = DurabilityCheck.isIndex(path)
        if isIndex || path.hasSuffix("/witness") {
            let log = unsyncedFiles.first { $0.hasSuffix(".log") }
            demand(log == nil, "\(path) was written before \(log ?? "a log")", call)
        }
        if isIndex == false, path.hasPrefix("/dev/") == false, path.hasSuffix("/lock") == false {
            unsyncedFiles.insert(path)
        }
    }

    /// Notes a name that is new in its folder.
    private mutating func note(_ path: String) {
        guard path.contains("/.local") == false else { return }
        unsyncedFolders.insert(DurabilityCheck.folder(of: path))
    }

    private mutating func remove(_ path: String) {
        guard path.hasSuffix(".tmp") == false, DurabilityCheck.isIndex(path) == false else {
            unsyncedFiles.remove(path)
            return
        }
        removed.append(path)
        demandAll(before: "\(path) was removed")
    }

    private mutating func demandAll(before moment: String) {
        for path in unsyncedFiles.union(unsyncedFolders).sorted() {
            breaches.append("\(path) was not synced before \(moment).")
        }
        unsyncedFiles = []
        unsyncedFolders = []
    }

    private mutating func demand(_ holds: Bool, _ sentence: String, _ call: TracedCall) {
        if holds == false { breaches.append("\(sentence): \(call)") }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func isIndex(_ path: String) -> Bool {
        path.split(separator: "/").last?.hasPrefix("index.sqlite") == true
    }
}
