// SPDX-License-Identifier: MIT
import Basics
import Syncing

extension SyncReport {
    /// Files of an exchange, or of what was brought, of which the same is to be said.
    package struct FileGroup: Hashable, Sendable {
        private static let namesLimit = 3

        package let sentence: String
        /// The first few of them.
        package private(set) var names: [String] = []
        package private(set) var count = 0

        init(_ sentence: String) { self.sentence = sentence }

        mutating func add(_ name: String) {
            count += 1
            if names.count < Self.namesLimit { names.append(name) }
        }

        /// "a.segment", or "a.segment, b.segment, c.segment and 4 more files".
        package var title: String {
            let rest = count - names.count
            guard rest > 0 else { return names.joined(separator: ", ") }
            return
                "\(names.joined(separator: ", ")) and \(rest) more \(rest == 1 ? "file" : "files")"
        }
    }

    /// Counts a file under its sentence. Whatever is in a folder, few sentences are kept.
    mutating func note(_ name: String, _ sentence: String) {
        let isNew = files.contains { $0.sentence == sentence } == false
        let isTooMuch = isNew && files.count >= SyncReport.groupsLimit
        let said =
            isTooMuch ? "Other files could not be used either; they were left alone." : sentence
        if let index = files.firstIndex(where: { $0.sentence == said }) {
            files[index].add(name)
        } else {
            var group = FileGroup(said)
            group.add(name)
            files.append(group)
        }
    }

    private static let groupsLimit = 20

    /// Why something could not be left in an exchange, said of the folder that people know.
    static func notLeft(_ failure: Failure, in folder: String) -> Failure {
        switch failure.kind {
        case .full:
            Failure(
                .full,
                "\(folder) is full. What had been left there before stands; the rest goes with the"
                    + " next sync.",
                advice: "Make room there, or use another folder.")
        case .notPermitted:
            Failure(
                .notPermitted,
                "\(folder) can be read here but not written to. What was new in it was taken in;"
                    + " nothing of this device was left in it.",
                advice: "Check who may write there, or whether the stick is locked.")
        default: failure
        }
    }
}
