// SPDX-License-Identifier: MIT
package import Basics

/// Whose device it is, as the one who enrolled it said.
///
/// Entries about the roster hold no personal data: who it is stands in a record of the kind
/// `staff`.
package struct DeviceHolder: Hashable, Sendable {
    /// As it was wished; the roster says how the device is called.
    package let callSign: String
    /// The record of the person; several devices may share one.
    package let staff: Link?

    package init(callSign: String, staff: Link? = nil) {
        self.callSign = callSign
        self.staff = staff
    }
}
