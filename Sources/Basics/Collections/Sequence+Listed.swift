// SPDX-License-Identifier: MIT

extension Collection<String> {
    /// In one line, with commas: of many the first, and how many more there are.
    package var listed: String {
        let limit = 12
        guard count > limit else { return joined(separator: ", ") }
        return prefix(limit).joined(separator: ", ") + " and \(count - limit) more"
    }
}
