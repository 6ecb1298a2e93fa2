// SPDX-License-Identifier: MIT
package import Basics

/// The epoch keys a device holds, found by what a segment says of its key.
package struct KeyRing: Sendable {
    private let keysByID: [Bytes16: EpochKey]

    package init(_ keys: [EpochKey]) {
        keysByID = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(id: Bytes16) -> EpochKey? { keysByID[id] }
}
