// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Merging
package import Projections

/// Who has a device, as their staff record reads.
package struct Holder: Hashable, Sendable {
    package let name: String
    package let agency: String
}

extension Book {
    /// Whose device it is; with empty texts where no record says it.
    package func holder(of device: Device) throws(Failure) -> Holder {
        if let known = holders[device.key] { return known }
        let holder = try readHolder(of: device)
        holders[device.key] = holder
        return holder
    }

    /// Who has the device that writes a log; empty where no record says it.
    package func holderName(of log: LogIndex) throws(Failure) -> String {
        guard let device = device(of: log) else { return "" }
        return try holder(of: device).name
    }

    private func readHolder(of device: Device) throws(Failure) -> Holder {
        guard let staff = device.staff,
            let place = try place(of: staff.link, by: staff.entry),
            let record = try record(place), record.kind == .staff
        else { return Holder(name: "", agency: "") }
        return Holder(
            name: record.field("name")?.shown.text ?? "",
            agency: record.field("agency")?.shown.text ?? "")
    }

    /// The people of a name and agency, whatever the case of the letters.
    package func staff(named name: String, of agency: String) throws(Failure) -> [EntryRef] {
        var filter = RecordFilter()
        filter.kind = .staff
        filter.limit = .max
        var found: [EntryRef] = []
        for summary in try list(filter).records
        where summary.title.lowercased() == name.lowercased() {
            let record = try record(summary.place)
            guard record?.field("agency")?.shown.text?.lowercased() == agency.lowercased() else {
                continue
            }
            found.append(summary.place)
        }
        return found
    }
}
