// SPDX-License-Identifier: MIT
import Basics
import Logs
import Synchronization

/// Files in memory that fail when they are told to.
///
/// Calls are counted from 1; a fault planned for a call strikes there. What a call that returned
/// has done is on the disk, as `FileSystem` promises, so that a crash loses only the call it
/// strikes.
package final class MemoryFiles: FileSystem {
    struct State {
        var bytesByPath: [String: [UInt8]] = [:]
        var folders: Set<String> = [""]
        var faultsByCall: [Int: Fault] = [:]
        var calls = 0
        var isDown = false
        var room: Int?
        var holdersByPath: [String: String] = [:]
        /// In seconds since 1970, where a test says so.
        var writtenByPath: [String: Int] = [:]

        var used: Int { bytesByPath.values.reduce(0) { $0 + $1.count } }
    }

    let state: Mutex<State>

    package init() { state = Mutex(State()) }

    /// A disk with the same files, and no faults.
    package init(copying other: MemoryFiles) {
        let (files, folders) = other.state.withLock { ($0.bytesByPath, $0.folders) }
        state = Mutex(State(bytesByPath: files, folders: folders))
    }

    /// How many calls were made.
    package var calls: Int { state.withLock { $0.calls } }

    /// Whether no crash has struck since the last restart.
    package var isUp: Bool { state.withLock { $0.isDown == false } }

    /// Every file, by path.
    package var bytesByPath: [String: [UInt8]] { state.withLock { $0.bytesByPath } }

    /// The paths under a folder, sorted.
    package func paths(under folder: String) -> [String] {
        bytesByPath.keys.filter { $0.hasPrefix("\(folder)/") }.sorted()
    }

    /// How many bytes of files the disk holds at most; nil for no end.
    package func setRoom(_ room: Int?) { state.withLock { $0.room = room } }

    /// Plans a fault for the call with this number, counted from the next one as 1.
    package func plan(_ fault: Fault, atCall call: Int) {
        state.withLock { $0.faultsByCall[$0.calls + call] = fault }
    }

    /// Does something with a fault planned, whatever comes of it; gives whether the fault struck.
    package func strike(_ fault: Fault, atCall call: Int, _ work: () throws -> Void) -> Bool {
        plan(fault, atCall: call)
        let before = calls
        // What matters is what is on the disk after it.
        _ = Result { try work() }
        return calls - before >= call
    }

    /// Runs with 1, then `step` more and so on, until a run says that its fault did not strike:
    /// then all calls were tried. Gives the last number.
    package static func atEachCall(
        by step: Int = 1, _ run: (_ call: Int) throws -> Bool
    ) rethrows -> Int {
        var call = 1
        while try run(call) { call += step }
        return call
    }

    /// Takes back all faults; after a crash the files can be used again, and no lock is held.
    package func restart() {
        state.withLock {
            $0.isDown = false
            $0.faultsByCall = [:]
            $0.holdersByPath = [:]
        }
    }

    /// Takes back the faults that have not struck; nothing else changes.
    package func forgetFaults() { state.withLock { $0.faultsByCall = [:] } }

    /// Says when a file was last written, in seconds since 1970.
    package func date(_ path: String, at seconds: Int) {
        state.withLock { $0.writtenByPath[path] = seconds }
    }

    /// Puts a file there, folders and all, outside of any count.
    package func put(_ bytes: [UInt8], at path: String) {
        state.withLock {
            $0.bytesByPath[path] = bytes
            $0.addFolders(to: MemoryFiles.folder(of: path))
        }
    }

    /// Takes a file away, outside of any count.
    package func takeAway(_ path: String) { state.withLock { $0.bytesByPath[path] = nil } }

    /// Takes a folder away that holds nothing, outside of any count.
    package func takeAwayFolder(_ path: String) {
        _ = state.withLock { $0.folders.remove(path) }
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}

extension MemoryFiles.State {
    mutating func addFolders(to path: String) {
        var folder = path
        while folder.isEmpty == false {
            folders.insert(folder)
            folder = MemoryFiles.folder(of: folder)
        }
    }
}
