// SPDX-License-Identifier: MIT
import Basics
package import Events
import Merging
package import Projections
package import Queries

/// Who was let in and has not been heard of, and what came of letting a device in, in words.
package struct EnrolText {
    private let book: Book
    private let silent: [Device]

    /// `silent` are devices that were let in and of which no entry is held.
    package init(_ book: Book, silent: [Device]) {
        self.book = book
        self.silent = silent
    }

    /// Nothing where everyone who was let in has been heard of.
    package var lines: [String] {
        guard silent.isEmpty == false else { return [] }
        let shown = silent.prefix(EnrolText.limit).map { device in
            let names = entries(device).joined(separator: ", ")
            return "  \(device.callSign), \(device.role.rawValue), by \(names)"
        }
        let others = silent.count - shown.count
        return ["Let in, and nothing of theirs has come here yet:"] + shown
            + (others > 0 ? ["  and \(others) more"] : [])
    }

    /// `[{"callSign", "role", "entries"}, ...]`: the entries that let each in.
    package var json: JSON {
        .array(
            silent.map { device in
                .object([
                    .init("callSign", .string(device.callSign)),
                    .init("role", .string(device.role.rawValue)),
                    .init("entries", .array(entries(device).map { .string($0) })),
                ])
            })
    }

    /// Tells whom they let in whose access has ended, and who goes on; nil where there is nobody.
    package static func letInByThoseWhoAreOut(_ book: Book) -> String? {
        let signs = book.roster.devices.filter { device in
            device.isCut == false && device.enrolments.isEmpty == false
                && device.enrolments.allSatisfy { book.device(of: $0.log)?.isCut ?? false }
        }.map(\.callSign)
        guard signs.isEmpty == false else { return nil }
        let others = signs.count - min(signs.count, limit)
        let shown = signs.prefix(limit) + (others > 0 ? ["\(others) more"] : [])
        return """
            Let in by a device whose access has ended, and still reading and writing: \
            \(shown.joined(separator: ", ")). Ask who holds each of them. Whoever had a stolen \
            device may have let in one of their own: 'beatbook recover' with the new paper, \
            another device folder and '--cut' ends its access too.
            """
    }

    private static let limit = 20

    private func entries(_ device: Device) -> [String] {
        device.enrolments.map { book.entryName($0) }
    }

    /// What an enrolment came to that was recorded and does not hold.
    package static func idle(_ callSign: String, as role: Role, _ now: Device?) -> String {
        let recorded = "The enrolment of \(callSign) was recorded, but it is not let in"
        guard let now else {
            return "\(recorded): this device's own access ended meanwhile, or its rank changed."
        }
        guard now.isCut == false else {
            return """
                \(recorded): somebody ended the access of that device before. 'beatbook replay' \
                says who. Its holder joins anew, with another device folder.
                """
        }
        return """
            \(recorded) as \(role.rawValue): it counts as \(now.role.rawValue), by what somebody \
            else said of it. 'beatbook conflicts' says who; the lead decides.
            """
    }
}
