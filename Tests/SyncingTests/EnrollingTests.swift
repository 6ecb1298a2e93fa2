// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct EnrollingTests {
    private let circle = Circle()
    private let device = TestDevice(2)
    private let founder = TestDevice(1)

    private var request: Request {
        Request(
            partnership: circle.id, key: device.key.publicKey, boxKey: device.box.publicKey,
            nonce: Bytes16(high: 1, low: 2))
    }

    private func grant(epochs: Int = 3) -> Grant {
        Grant(
            device: device.key.publicKey, founder: circle.founder.log,
            epochs: (0..<epochs).map {
                Grant.Epoch(
                    time: HybridTime(milliseconds: UInt64($0)),
                    key: EpochKey(Circle.bytes32(UInt8($0 + 1))))
            },
            granter: founder.key.publicKey)
    }

    private func file(_ grant: Grant) throws -> [UInt8] {
        try GrantFile.encode(grant, to: device.box.publicKey, signingWith: founder.key)
    }

    private func opened(_ file: [UInt8]) -> Grant? {
        GrantFile.decode(
            file, for: device.key.publicKey, openingWith: device.box, partnership: circle.id)
    }

    @Test func `a request is read back, and any change to it is found`() {
        let file = RequestFile.encode(request, signingWith: device.key)
        #expect(RequestFile.decode(file) == request)
        for place in file.indices {
            for mask: UInt8 in [0x01, 0x80, 0xff] {
                var changed = file
                changed[place] ^= mask
                #expect(RequestFile.decode(changed) == nil)
            }
            #expect(RequestFile.decode(Array(file.prefix(place))) == nil)
        }
        #expect(RequestFile.decode(file + [0]) == nil)
    }

    @Test func `requests are listed once a device, and only this partnership's`() throws {
        let files = MemoryFiles()
        let exchange = try circle.exchange(files)
        let requests = Requests(exchange)
        let first = try requests.write(
            for: device.key, boxKey: device.box.publicKey, nonce: Bytes16(high: 1, low: 1))
        let again = try requests.write(
            for: device.key, boxKey: device.box.publicKey, nonce: Bytes16(high: 2, low: 2))
        #expect(first == again)
        #expect(try exchange.list(.requests).count == 1)
        files.put(
            RequestFile.encode(request, signingWith: device.key), at: "x/requests/copy.request")
        let stranger = Request(
            partnership: PartnershipID(Circle.bytes32(9)), key: device.key.publicKey,
            boxKey: device.box.publicKey, nonce: Bytes16(high: 0, low: 0))
        files.put(
            RequestFile.encode(stranger, signingWith: device.key), at: "x/requests/other.request")
        files.put([1, 2, 3], at: "x/requests/notes.txt")
        files.put([UInt8](repeating: 0, count: 2_000), at: "x/requests/large")
        let listed = try requests.list().items
        #expect(listed.map { $0.key } == [device.key.publicKey])
        #expect(listed.map { $0.fingerprint } == [first.fingerprint])
    }

    @Test func `a grant opens for its device, and any change to it is found`() throws {
        let file = try file(grant())
        #expect(opened(file) == grant())
        for place in file.indices {
            for mask: UInt8 in [0x01, 0x80, 0xff] {
                var changed = file
                changed[place] ^= mask
                #expect(opened(changed) == nil)
            }
            #expect(opened(Array(file.prefix(place))) == nil)
        }
    }

    @Test func `the same grant is the same file, and another one shares nothing with it`() throws {
        #expect(try file(grant()) == file(grant()))
        let (one, two) = (try file(grant()), try file(grant(epochs: 2)))
        #expect(one[8..<40] != two[8..<40])
    }

    @Test func `a grant is for one device and one partnership`() throws {
        let file = try file(grant())
        let other = TestDevice(3)
        #expect(
            GrantFile.decode(
                file, for: other.key.publicKey, openingWith: other.box, partnership: circle.id)
                == nil)
        #expect(
            GrantFile.decode(
                file, for: other.key.publicKey, openingWith: device.box, partnership: circle.id)
                == nil)
        #expect(
            GrantFile.decode(
                file, for: device.key.publicKey, openingWith: device.box,
                partnership: PartnershipID(Circle.bytes32(1))) == nil)
    }

    @Test func `a birth that founds nothing makes no grant`() throws {
        let member = Grant(
            device: device.key.publicKey, founder: circle.log(4).log, epochs: [],
            granter: founder.key.publicKey)
        #expect(try opened(file(member)) == nil)
    }

    @Test func `a request with a bad box key ends in a sentence, not in a stop`() {
        #expect(throws: Rejection.self) {
            try GrantFile.encode(
                grant(), to: Circle.bytes32(0), signingWith: founder.key)
        }
    }

    @Test func `the grants in an exchange that open are candidates`() throws {
        let files = MemoryFiles()
        let exchange = try circle.exchange(files)
        let grants = Grants(exchange)
        try grants.write(file(grant(epochs: 2)))
        try grants.write(file(grant(epochs: 2)))
        try grants.write(file(grant(epochs: 3)))
        files.put([1, 2, 3], at: "x/grants/notes.txt")
        files.put([UInt8](repeating: 0, count: 300_000), at: "x/grants/large")
        let found = try grants.open(for: device.key.publicKey, with: device.box).items
        #expect(found == [grant(epochs: 2), grant(epochs: 3)])
        #expect(try exchange.list(.grants).count == 4)
    }

    @Test func `a grant or a request that cannot be read is counted, not taken for absent`() throws
    {
        let files = MemoryFiles()
        let exchange = try circle.exchange(files)
        let grants = Grants(exchange)
        try grants.write(file(grant()))
        // A look at the folder, its listing, then the file.
        files.plan(.fails(.other), atCall: 3)
        let first = try grants.open(for: device.key.publicKey, with: device.box)
        #expect(first.items.isEmpty && first.unreadable == 1)
        files.restart()
        let second = try grants.open(for: device.key.publicKey, with: device.box)
        #expect(second.items == [grant()] && second.unreadable == 0)
    }
}
