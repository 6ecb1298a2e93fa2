// SPDX-License-Identifier: MIT
package import Basics
import Events
import Projections

/// What is typed about the holder of a device when it is enrolled.
package struct Person: Hashable, Sendable {
    package let holder: String
    package let agency: String
    package let callSign: String

    /// Throws a rejection for a call sign that nobody could say or type.
    package init(holder: String, agency: String, callSign: String) throws(Rejection) {
        guard LogName.normal(callSign) != nil else {
            throw Rejection(
                "'\(callSign)' cannot be a call sign.",
                advice: "Take up to twelve letters and digits, such as W07.")
        }
        self.holder = holder
        self.agency = agency
        self.callSign = callSign
    }

    /// As an entry about the roster says it.
    var deviceHolder: DeviceHolder {
        DeviceHolder(name: holder, agency: agency, callSign: callSign)
    }
}
