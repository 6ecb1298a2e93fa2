// SPDX-License-Identifier: MIT
import Foundation
import Testing

@testable import Terminal

@Suite struct `File descriptors` {
    @Test func `carry every byte through a pipe`() throws {
        let pipe = Pipe()
        let bytes = (0..<60_000).map { UInt8(truncatingIfNeeded: $0) }
        let output = FileDescriptorOutput(output: pipe.fileHandleForWriting.fileDescriptor)
        try output.write(bytes, to: .output)
        try pipe.fileHandleForWriting.close()
        #expect(try pipe.fileHandleForReading.readToEnd().map(Array.init) == bytes)
        #expect(!output.isTerminal(.output))
        #expect(output.terminalWidth(.output) == nil)
    }

    @Test func `say that the reader has gone`() throws {
        FileDescriptorOutput.ignoreBrokenPipes()
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let output = FileDescriptorOutput(output: pipe.fileHandleForWriting.fileDescriptor)
        #expect(throws: WriteFailure.readerGone) { try output.write([1], to: .output) }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func `say that the disk is full`() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let output = FileDescriptorOutput(output: full.fileDescriptor)
        #expect(throws: WriteFailure.failed(errno: ENOSPC)) { try output.write([1], to: .output) }
    }

    @Test func `share a clock that only grows`() {
        let first = monotonicMilliseconds()
        #expect(first > 0 && monotonicMilliseconds() >= first)
    }
}
