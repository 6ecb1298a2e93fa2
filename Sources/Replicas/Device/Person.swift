// SPDX-License-Identifier: MIT
package import Basics
import Events
import Projections

/// What is typed about the holder of a device when it is enrolled.
package struct Person: Hashable, Sendable {
    package let holder: String
    package let agency: String
    package let callSign: String

    /// Throws a rejection for a call sign that nobody could say or type, and for a name that nobody
    /// could read.
    package init(holder: String, agency: String, callSign: String) throws(Rejection) {
        guard LogName.normal(callSign) != nil else {
            throw Rejection(
                "'\(callSign)' cannot be a call sign.",
                advice: "Take up to twelve letters and digits, such as W07.")
        }
        try Person.checkIsSaid(holder, "The holder's name")
        try Person.checkIsSaid(agency, "The agency's code")
        self.holder = holder
        self.agency = agency
        self.callSign = callSign
    }

    /// Throws a rejection for a name of spaces alone.
    static func checkIsSaid(_ name: String, _ what: String) throws(Rejection) {
        guard name.allSatisfy(\.isWhitespace) else { return }
        throw Rejection("\(what) is empty.", advice: "Say it; nothing was written.")
    }

    /// As an entry about the roster says it.
    var deviceHolder: DeviceHolder {
        DeviceHolder(name: holder, agency: agency, callSign: callSign)
    }
}
