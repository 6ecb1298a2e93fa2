// SPDX-License-Identifier: MIT
package import Basics
import Commands
import Events
import Projections

/// What is typed about the holder of a device when it is enrolled.
package struct Person: Hashable, Sendable {
    package enum Holder: Hashable, Sendable {
        /// Someone of whom there is no record yet.
        case new(name: String, agency: String)
        /// Someone whose staff record is held.
        case known(EntryID)
        /// Nobody in particular: a device that several people share.
        case nobody
    }

    package let holder: Holder
    package let callSign: String

    /// Throws a rejection for a call sign that nobody could say or type, and for a name that nobody
    /// could read.
    package init(_ holder: Holder, callSign: String) throws(Rejection) {
        guard LogName.normal(callSign) != nil else {
            throw Rejection(
                "'\(callSign)' cannot be a call sign.",
                advice: "Take up to twelve letters and digits, such as W07.")
        }
        if case .new(let name, let agency) = holder {
            try Person.checkIsSaid(name, "The holder's name")
            try Person.checkIsSaid(agency, "The agency's code")
            if let field = Kind.staff.field("agency") {
                _ = try ValueReader.code(agency, field)
            }
        }
        self.holder = holder
        self.callSign = callSign
    }

    package init(holder: String, agency: String, callSign: String) throws(Rejection) {
        try self.init(.new(name: holder, agency: agency), callSign: callSign)
    }

    /// Throws a rejection for a name of spaces alone.
    static func checkIsSaid(_ name: String, _ what: String) throws(Rejection) {
        guard name.allSatisfy(\.isWhitespace) else { return }
        throw Rejection("\(what) is empty.", advice: "Say it; nothing was written.")
    }

    /// The event that makes the staff record of someone who has none.
    var added: Event? {
        guard case .new(let name, let agency) = holder else { return nil }
        return Event(Person.addedType, .creates, ["name": .text(name), "agency": .text(agency)])
    }

    static let addedType = "staff.added"

    /// As the founding says it, whose third entry makes the record.
    func founder(in log: LogID) -> DeviceHolder { deviceHolder(in: log, new: Link(own: 3)) }

    /// As an entry about the roster says it that stands in the log of `author`, where `new` is the
    /// link to the record of someone new.
    func deviceHolder(in author: LogID, new: Link?) -> DeviceHolder {
        switch holder {
        case .new: DeviceHolder(callSign: callSign, staff: new)
        case .known(let record):
            DeviceHolder(callSign: callSign, staff: Link(record, in: author))
        case .nobody: DeviceHolder(callSign: callSign)
        }
    }
}
