// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Logs
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of this machine, in a folder of their own.
@Suite final class DiskFilesTests {
    private let files = DiskFiles()
    private let folder: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "beatbook-\(UUID().uuidString)")
        folder = url.path(percentEncoded: false)
        try files.makeFolder(folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }

    private func kind(_ work: () throws(Failure) -> Void) -> Failure.Kind? {
        do throws(Failure) {
            try work()
            return nil
        } catch {
            #expect(error.sentence.hasSuffix("."))
            return error.kind
        }
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a file that is made is there whole, and never replaced`() throws {
        try files.create(path("a"), [1, 2, 3])
        #expect(try files.read(path("a"), limit: 3) == [1, 2, 3])
        #expect(kind { () throws(Failure) in try files.create(path("a"), [4]) } == .exists)
        #expect(try files.read(path("a"), limit: 3) == [1, 2, 3])
        #expect(try files.list(folder).map { $0.name } == ["a"])
    }

    @Test func `a file that is replaced is the new one whole`() throws {
        try files.replace(path("a"), [1, 2, 3])
        try files.replace(path("a"), [4])
        #expect(try files.read(path("a"), limit: 3) == [4])
        #expect(try files.list(folder).count == 1)
    }

    @Test func `bytes are added at the end and nowhere else`() throws {
        try files.create(path("a"), [1, 2, 3])
        try files.append([4, 5], to: path("a"), at: 3)
        for offset in [0, 3, 4, 6] {
            #expect(
                kind { () throws(Failure) in try files.append([9], to: path("a"), at: offset) }
                    == .damaged)
        }
        #expect(try files.read(path("a"), limit: 9) == [1, 2, 3, 4, 5])
        #expect(
            kind { () throws(Failure) in try files.append([1], to: path("b"), at: 0) }
                == .notFound)
    }

    @Test func `a file can be cut and removed`() throws {
        try files.create(path("a"), [1, 2, 3])
        try files.truncate(path("a"), to: 1)
        #expect(try files.read(path("a"), limit: 9) == [1])
        try files.remove(path("a"))
        #expect(try files.size(path("a")) == nil)
        #expect(kind { () throws(Failure) in try files.remove(path("a")) } == .notFound)
    }

    @Test func `a size is told without opening, and no file has none`() throws {
        try files.create(path("a"), [UInt8](repeating: 7, count: 5_000))
        #expect(try files.size(path("a")) == 5_000)
        #expect(try files.size(path("b")) == nil)
        #expect(
            kind { () throws(Failure) in _ = try files.size(path("a/b")) } == .notFolder)
    }

    @Test func `a file beyond the limit is not read`() throws {
        try files.create(path("a"), [1, 2, 3])
        #expect(
            kind { () throws(Failure) in _ = try files.read(path("a"), limit: 2) } == .other)
    }

    @Test func `a view keeps what it saw`() throws {
        try files.create(path("a"), [1, 2, 3])
        let view = try files.view(path("a"))
        try files.replace(path("a"), [4])
        #expect(view.copy(0...) == [1, 2, 3])
        try files.create(path("empty"), [])
        #expect(try files.view(path("empty")).bytes.isEmpty)
    }

    @Test func `names are listed by their bytes, folders among them, links left out`() throws {
        for name in ["b", "a", "Z", "é", "ab"] { try files.create(path(name), [1]) }
        try files.makeFolder(path("c"))
        try FileManager.default.createSymbolicLink(
            atPath: path("link"), withDestinationPath: path("a"))
        let listed = try files.list(folder)
        #expect(listed.map { $0.name } == ["Z", "a", "ab", "b", "c", "é"])
        #expect(listed.filter { $0.isFolder }.map { $0.name } == ["c"])
        #expect(listed.allSatisfy { $0.size == ($0.isFolder ? 0 : 1) })
        #expect(
            kind { () throws(Failure) in _ = try files.list(path("none")) } == .notFound)
        #expect(kind { () throws(Failure) in _ = try files.list(path("a")) } == .notFolder)
    }

    @Test func `a link is neither read nor written through`() throws {
        try files.create(path("a"), [1])
        try FileManager.default.createSymbolicLink(
            atPath: path("link"), withDestinationPath: path("a"))
        #expect(
            kind { () throws(Failure) in _ = try files.read(path("link"), limit: 9) } != nil)
        #expect(kind { () throws(Failure) in try files.create(path("link"), [2]) } == .exists)
        let temporary = path("b.\(ProcessInfo.processInfo.processIdentifier).tmp")
        try FileManager.default.createSymbolicLink(
            atPath: temporary, withDestinationPath: path("a"))
        try files.create(path("b"), [2])
        #expect(try files.read(path("a"), limit: 9) == [1])
        #expect(try files.read(path("b"), limit: 9) == [2])
    }

    @Test func `folders are made with those above them`() throws {
        try files.makeFolder(path("x/y/z"))
        try files.makeFolder(path("x/y/z"))
        try files.create(path("x/y/z/a"), [1])
        #expect(try files.list(path("x/y")).map { $0.name } == ["z"])
    }

    @Test func `a replica is its owner's alone, a shared folder is not`() throws {
        try files.makeFolder(path("own"))
        try files.create(path("own/a"), [1])
        #expect(try permissions(path("own")) == 0o700)
        #expect(try permissions(path("own/a")) == 0o600)
        let shared = DiskFiles(.shared)
        try shared.makeFolder(path("shared"))
        try shared.create(path("shared/a"), [1])
        let mask = Int(umask(0))
        umask(mode_t(mask))
        #expect(try permissions(path("shared")) == 0o777 & ~mask)
        #expect(try permissions(path("shared/a")) == 0o666 & ~mask)
    }

    @Test func `only what is not there is absent`() throws {
        try files.makeFolder(path("closed"))
        try files.create(path("closed/a"), [1])
        // A name that is too long, and a link to itself, are trouble that no right overrules.
        let long = path(String(repeating: "n", count: 300))
        try FileManager.default.createSymbolicLink(
            atPath: path("loop"), withDestinationPath: path("loop"))
        for trouble in [long, path("loop"), path("closed/a/b")] {
            #expect(kind { () throws(Failure) in _ = try files.size(trouble) } != nil)
            let listing = kind { () throws(Failure) in _ = try files.list(trouble) }
            #expect(listing != nil && listing != .notFound)
        }
        #expect(kind { () throws(Failure) in _ = try files.isFolder(long) } != nil)
        #expect(try files.size(path("none")) == nil)
        #expect(try files.isFolder(path("none")) == false)
    }

    @Test func `what stopped writers left is not listed, and the next writer clears it`() throws {
        for name in ["a", "a.123.tmp", "a.tmp", "a.12x.tmp", ".7.tmp", "b.1.tmp.log"] {
            try Data([1]).write(to: URL(filePath: path(name)))
        }
        let others = [".7.tmp", "a", "a.12x.tmp", "a.tmp", "b.1.tmp.log"]
        #expect(try files.list(folder).map { $0.name } == others)
        try files.clearTemporaries(in: folder, before: nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == others)
    }

    @Test func `beside other writers only what was left long ago is cleared`() throws {
        for (name, age) in [("old.1.tmp", 200_000.0), ("new.2.tmp", 0), ("old", 200_000)] {
            try Data([1]).write(to: URL(filePath: path(name)))
            try FileManager.default.setAttributes(
                [.modificationDate: Date.now.addingTimeInterval(-age)], ofItemAtPath: path(name))
        }
        let yesterday = UInt64(Date.now.timeIntervalSince1970 - 86_400) * 1_000
        try files.clearTemporaries(in: folder, before: yesterday)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(left == ["new.2.tmp", "old"])
        // A folder by such a name is nothing that a writer left.
        try files.makeFolder(path("x.3.tmp"))
        try files.clearTemporaries(in: folder, before: nil)
        #expect(try files.isFolder(path("x.3.tmp")))
        try files.move(path("x.3.tmp"), to: path("moved"))
        #expect(try files.isFolder(path("moved")))
        #expect(
            kind { () throws(Failure) in try files.move(path("old"), to: path("moved")) } == .exists
        )
    }

    @Test(.timeLimit(.minutes(10)))
    func `a pipe is neither waited for nor read nor written`() throws {
        #expect(mkfifo(path("pipe"), 0o600) == 0)
        let pipe = path("pipe")
        #expect(kind { () throws(Failure) in _ = try files.read(pipe, limit: 9) } == .other)
        #expect(kind { () throws(Failure) in _ = try files.view(pipe) } == .other)
        #expect(kind { () throws(Failure) in _ = try files.start(of: pipe, count: 1) } == .other)
        #expect(kind { () throws(Failure) in try files.truncate(pipe, to: 0) } == .other)
        // Without a reader the system itself refuses to open it for writing.
        #expect(kind { () throws(Failure) in try files.append([1], to: pipe, at: 0) } != nil)
    }

    @Test func `a file that is cut stays whole for whoever has a view of it`() throws {
        let bytes = [UInt8](repeating: 7, count: 20_000)
        try files.create(path("a"), bytes)
        let view = try files.view(path("a"))
        try files.truncate(path("a"), to: 3)
        #expect(try files.read(path("a"), limit: 9) == [7, 7, 7])
        #expect(view.copy(0...) == bytes)
        #expect(
            kind { () throws(Failure) in try files.truncate(path("a"), to: 4) } == .damaged)
    }

    @Test func `what others may do is taken from a file that was there`() throws {
        try files.makeFolder(path("open"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: path("open"))
        #expect(try files.protect(path("open")))
        #expect(try permissions(path("open")) == 0o700)
        #expect(try files.protect(path("none")))
    }

    @Test func `bytes within a file are overwritten, and no others`() throws {
        try files.create(path("a"), [1, 2, 3, 4])
        try files.overwrite(path("a"), at: 1, with: [8, 9], waits: true)
        #expect(try files.read(path("a"), limit: 9) == [1, 8, 9, 4])
        #expect(
            kind { () throws(Failure) in
                try files.overwrite(path("b"), at: 0, with: [1], waits: false)
            } == .notFound)
    }

    @Test func `a lock is one holder's, who is named to the next`() throws {
        let first = try files.lock(path("lock"), holder: "warden W01")
        do throws(Failure) {
            _ = try files.lock(path("lock"), holder: "another")
            Issue.record("two hold the lock")
        } catch {
            #expect(error.kind == .locked)
            #expect(error.sentence.contains("warden W01"))
        }
        withExtendedLifetime(first) {}
    }

    @Test func `a lock that was let go can be taken`() throws {
        do { _ = try files.lock(path("lock"), holder: "one") }
        let second = try files.lock(path("lock"), holder: "two")
        #expect(try files.size(path("lock")) != 0)
        withExtendedLifetime(second) {}
    }

    @Test func `a lock is let go also where a process that is being started has the file`() throws {
        var copy: Int32 = -1
        do {
            let first = try files.lock(path("lock"), holder: "one")
            // What a process inherits until its program runs.
            copy = try #require(openDescriptor(of: path("lock")).map { dup($0) })
            withExtendedLifetime(first) {}
        }
        defer { close(copy) }
        #expect(
            kind { () throws(Failure) in _ = try files.lock(path("lock"), holder: "two") } == nil)
    }

    private func openDescriptor(of path: String) -> Int32? {
        var wanted = stat()
        guard stat(path, &wanted) == 0 else { return nil }
        return (Int32(3)..<1_024).first { descriptor in
            var found = stat()
            return fstat(descriptor, &found) == 0 && found.st_ino == wanted.st_ino
                && found.st_dev == wanted.st_dev
        }
    }
}
