// SPDX-License-Identifier: MIT
import Foundation

/// The bytes of a file of `Tests/Data`.
func testData(_ name: String) throws -> [UInt8] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Data").appending(path: name)))
}
