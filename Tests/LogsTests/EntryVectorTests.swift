// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

/// Headers and body digests against `entry.txt`, which another program wrote from the format pages.
@Suite struct EntryVectorTests {
    @Test(arguments: Vector.all("entry", kind: "header"))
    func header(vector: Vector) throws {
        let log = LogID(vector.bytes16("log"))
        let bytes = vector.bytes("header")
        let read = { () throws(EntryError) in
            try bytes.withRaw { raw throws(EntryError) in try EntryHeader(raw, in: log) }
        }
        guard vector.text("verdict") == "valid" else {
            #expect(throws: EntryError.self) { try read() }
            return
        }
        try expectSame(read(), vector)
        if vector.number("further") == 0 { #expect(try read().encoded == bytes) }
    }

    @Test(arguments: Vector.all("entry", kind: "body"))
    func `body digest`(vector: Vector) {
        #expect(EntryBody.digest(vector.bytes("body")) == vector.bytes32("digest"))
    }
}

/// Compares a header with what a vector says of it.
func expectSame(_ header: EntryHeader, _ vector: Vector) {
    #expect(header.seq == vector.number("seq"))
    #expect(header.time.raw == vector.number("time"))
    #expect(header.type == vector.text("type"))
    #expect(header.subject.shown == vector.text("record"))
    #expect(header.base.map { $0.shown } == vector.words("base"))
    #expect(header.bodyDigest?.array == vector.optionalBytes("body-digest"))
    #expect(header.isFromLaterVersion == (vector.number("further") > 0))
}

extension EntrySubject {
    fileprivate var shown: String {
        switch self {
        case .creates: "null"
        case .none: "0"
        case .own(let seq): "\(seq)"
        case .other(let id, nil): "\(id.log.hex)/\(id.seq)"
        case .other(let id, let branch?): "\(id.log.hex)/\(id.seq)/\(branch.hex)"
        }
    }
}

extension BaseElement {
    fileprivate var shown: String {
        switch self {
        case .seen(let log, let seq, let chain): "\(log.hex)/\(seq)/\(chain.hex)"
        case .except(let log, let runs):
            "\(log.hex)/"
                + runs.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
        case .other(let bytes): "other/" + Hex.text(bytes)
        }
    }
}
