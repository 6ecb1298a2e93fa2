// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Queries

/// What an entry says of devices and their keys, in words. Programs get it as it stands.
struct RosterActText {
    private let book: Book

    init(_ book: Book) { self.book = book }

    /// What the entry says; nil for one that says nothing of the roster that can be used.
    func lines(of entry: EntryReport) throws(Failure) -> [String]? {
        guard let changes = entry.changes,
            let event = RosterEvent(type: entry.type, .map(named: changes))
        else { return nil }
        return try lines(event)
    }

    private func lines(_ event: RosterEvent) throws(Failure) -> [String] {
        switch event {
        case .founded(let name, let holder):
            ["Founds the partnership '\(name)', on the device \(holder.callSign)."]
        case .enrolled(let enrolment): try lines(enrolment)
        case .cut(let key, let places, let reason):
            ["Ends the access of \(device(key)): \(reason)", try limit(places)]
        case .reinstated(let key, let cuts, let reason):
            [
                "Gives \(device(key)) its access back: \(reason)",
                "Takes back \(try names(cuts)).",
            ]
        case .epochOpened(let opening):
            [
                "Makes a new key for what is shared from here on, and seals it to "
                    + "\(holders(opening.keys.count))."
            ] + (opening.without.isEmpty ? [] : ["Leaves out \(devices(opening.without))."])
        case .epochShared(let sharing):
            [
                "Seals the key that \(try book.entryName(sharing.opened)) made to "
                    + "\(holders(sharing.keys.count)) more."
            ]
        case .recoveryRenewed: ["Puts new recovery words in the place of those that were used."]
        }
    }

    private func lines(_ enrolment: Enrolment) throws(Failure) -> [String] {
        var lines = ["Lets in \(enrolment.holder.callSign) as \(enrolment.role.rawValue)."]
        if enrolment.replaces.isEmpty == false {
            lines.append("In the place of \(try names(enrolment.replaces)).")
        }
        if let from = enrolment.from, from.seq > 0 {
            lines.append("Holds after \(try book.entryName(from)).")
        }
        if let until = enrolment.until { lines.append("Holds until \(until.text).") }
        return lines
    }

    private func limit(_ places: [PinnedEntry]) throws(Failure) -> String {
        let last = places.filter { $0.seq > 0 }
        return last.isEmpty
            ? "None of its entries count." : "Its entries count up to \(try names(last))."
    }

    private func holders(_ count: Int) -> String { count == 1 ? "one key" : "\(count) keys" }

    private func devices(_ keys: [DeviceKey]) -> String {
        keys.map(device).listed
    }

    private func device(_ key: DeviceKey) -> String {
        book.roster.device(key)?.callSign ?? "the device with the key \(key.bytes.hex.prefix(8))"
    }

    private func names(_ entries: [PinnedEntry]) throws(Failure) -> String {
        var names: [String] = []
        for entry in entries { names.append(try book.entryName(entry)) }
        return names.listed
    }
}
