// SPDX-License-Identifier: MIT
package import Basics

/// Where things are in a replica's folder.
package struct ReplicaPaths: Hashable, Sendable {
    package let folder: String

    package init(_ folder: String) { self.folder = folder }

    package var key: String { "\(folder)/device.key" }
    package var witness: String { "\(folder)/witness" }
    package var lost: String { "\(folder)/lost" }
    package var lock: String { "\(folder)/lock" }
    package var logs: String { "\(folder)/logs" }
    package var index: String { "\(folder)/index.sqlite" }
    package var setAside: String { "\(folder)/set-aside" }

    package func log(_ id: LogID) -> String { "\(logs)/\(id.hex).log" }
}
