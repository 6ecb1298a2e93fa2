// SPDX-License-Identifier: MIT

/// Who has a device, as the one who enrolled it said.
package struct DeviceHolder: Hashable, Sendable {
    package let name: String
    package let agency: String
    /// As it was wished; the roster says how the device is called.
    package let callSign: String

    package init(name: String, agency: String, callSign: String) {
        self.name = name
        self.agency = agency
        self.callSign = callSign
    }
}
