// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// The grants in an exchange.
package struct Grants: Sendable {
    private let exchange: Exchange

    package init(_ exchange: Exchange) { self.exchange = exchange }

    /// Leaves a grant that `GrantFile.encode` made; the same file is left once.
    package func write(_ file: [UInt8]) throws(Failure) {
        _ = try exchange.write(file, in: .grants)
    }

    /// The grants that open for this device, sorted by granter, each once. Each is a candidate: it
    /// counts only if the roster that its keys open says that its granter is a coordinator.
    package func open(
        for device: DeviceKey, with box: BoxKey
    ) throws(Failure) -> Found<Grant> {
        let found = try exchange.found(in: .grants, limit: GrantFile.limit) { bytes in
            GrantFile.decode(
                bytes, for: device, openingWith: box, partnership: exchange.partnership)
        }
        return found.distinct(by: { $0 }) {
            if $0.granter != $1.granter { return $0.granter < $1.granter }
            return $0.epochs.count < $1.epochs.count
        }
    }
}
