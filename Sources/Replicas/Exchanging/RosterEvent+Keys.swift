// SPDX-License-Identifier: MIT
import Basics
import Events
import Queries

extension RosterEvent {
    /// The epoch whose key an entry brings, by the key's id, and for whom it is sealed.
    private var sealed: (id: Bytes16, keys: [SealedKey])? {
        switch self {
        case .epochOpened(let opening): (opening.id, opening.keys)
        case .epochShared(let sharing): (sharing.id, sharing.keys)
        case .founded, .enrolled, .cut, .reinstated, .recoveryRenewed: nil
        }
    }

    /// The key that an entry brings to the holder of a box key.
    func key(for box: BoxKey) -> EpochKey? {
        guard let (id, keys) = sealed else { return nil }
        return keys.first { $0.box == box.publicKey }?.opened(with: box, id: id)
    }

    /// The id of the key that an entry seals to a box key, whether or not it opens.
    func sealed(to box: Bytes32) -> Bytes16? {
        sealed.flatMap { id, keys in keys.contains { $0.box == box } ? id : nil }
    }
}
