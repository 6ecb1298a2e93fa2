// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// The requests in an exchange.
package struct Requests: Sendable {
    private let exchange: Exchange

    package init(_ exchange: Exchange) { self.exchange = exchange }

    /// The valid requests for this partnership, each device once, sorted by key. Other files are
    /// passed over.
    package func list() throws(Failure) -> Found<Request> {
        let found = try exchange.found(in: .requests, limit: RequestFile.limit) { bytes in
            RequestFile.decode(bytes).flatMap {
                $0.partnership == exchange.partnership ? $0 : nil
            }
        }
        return found.distinct(by: { $0.fingerprint }) {
            $0.key != $1.key ? $0.key < $1.key : $0.boxKey < $1.boxKey
        }
    }

    /// Leaves this device's request, unless one is there already; gives the one that is there.
    package func write(
        for key: SigningKey, boxKey: Bytes32, nonce: Bytes16
    ) throws(Failure) -> Request {
        let known = try list().items.first { $0.key == key.publicKey && $0.boxKey == boxKey }
        if let known { return known }
        let request = Request(
            partnership: exchange.partnership, key: key.publicKey, boxKey: boxKey, nonce: nonce)
        _ = try exchange.write(RequestFile.encode(request, signingWith: key), in: .requests)
        return request
    }
}
