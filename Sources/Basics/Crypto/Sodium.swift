// SPDX-License-Identifier: MIT
import CSodium

/// libsodium, made ready once a process.
package enum Sodium {
    private static let isReady: Bool = sodium_init() >= 0

    /// Stops the program if libsodium cannot work on this machine: nothing safe could be written.
    package static func start() {
        precondition(isReady, "libsodium could not start")
    }
}
