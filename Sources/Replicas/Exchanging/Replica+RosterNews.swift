// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries

extension Replica {
    /// What everyone is told of who is let in, where it changed with what came in: who leads, whose
    /// access ended or holds again, and what this device is now. Whom else was let in is for those
    /// who look.
    func rosterNews(since before: Roster) -> [String] {
        guard before.device(device.key) != nil else { return [] }
        return book.roster.devices.flatMap { now in
            let old = before.device(now.key)
            return now.key == device.key
                ? Replica.own(now, old) : Replica.another(now, old)
        }
    }

    private static func own(_ now: Device, _ old: Device?) -> [String] {
        guard let old else { return [] }
        var news: [String] = []
        if now.role != old.role {
            news.append(
                "This device's role is \(now.role.rawValue) now; it was \(old.role.rawValue).")
        }
        if now.callSign != old.callSign {
            news.append("This device is called \(now.callSign) now; it was \(old.callSign).")
        }
        return news
    }

    private static func another(_ now: Device, _ old: Device?) -> [String] {
        if now.isCut {
            guard old?.isCut != true else { return [] }
            return [
                "The access of \(now.callSign) has ended. What it recorded counts as far as it had "
                    + "reached whoever ended it; what came later does not count."
            ]
        }
        if old?.isCut == true { return ["The access of \(now.callSign) holds again."] }
        return now.role == .lead && old?.role != .lead ? ["\(now.callSign) is a lead now."] : []
    }
}
