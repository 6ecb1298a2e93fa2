// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// The requests in an exchange.
package struct Requests: Sendable {
    private let exchange: Exchange

    package init(_ exchange: Exchange) { self.exchange = exchange }

    /// The valid requests for this partnership, each device once, sorted by key. Other files are
    /// passed over.
    package func list() throws(Failure) -> [Request] {
        var requests: [Request] = []
        for file in try exchange.list(.requests) where file.size <= RequestFile.limit {
            guard
                let bytes = try? exchange.read(
                    file.name, in: .requests, limit: RequestFile.limit),
                let request = RequestFile.decode(bytes),
                request.partnership == exchange.partnership,
                requests.contains(where: { Self.areAlike($0, request) }) == false
            else { continue }
            requests.append(request)
        }
        return requests.sorted {
            $0.key != $1.key ? $0.key < $1.key : $0.boxKey < $1.boxKey
        }
    }

    /// Leaves this device's request, unless one is there already; gives the one that is there.
    package func write(
        for key: SigningKey, boxKey: Bytes32, entropy: any Entropy
    ) throws(Failure) -> Request {
        if let known = try list().first(where: { $0.key == key.publicKey && $0.boxKey == boxKey }) {
            return known
        }
        guard let nonce = Bytes16(entropy.bytes(16)) else {
            preconditionFailure("entropy gives as many bytes as were asked for")
        }
        let request = Request(
            partnership: exchange.partnership, key: key.publicKey, boxKey: boxKey, nonce: nonce)
        _ = try exchange.write(RequestFile.encode(request, signingWith: key), in: .requests)
        return request
    }

    private static func areAlike(_ left: Request, _ right: Request) -> Bool {
        left.key == right.key && left.boxKey == right.boxKey
    }
}
