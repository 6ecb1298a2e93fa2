// SPDX-License-Identifier: MIT

extension String {
    /// What a path names, without the folders above; the path itself where it names nothing.
    package var pathName: String { split(separator: "/").last.map(String.init) ?? self }
}
