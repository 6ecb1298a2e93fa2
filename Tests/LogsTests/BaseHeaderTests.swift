// SPDX-License-Identifier: MIT
import Basics
import Logs
import Testing

/// How a base that is too long for one header is spread over several.
@Suite struct BaseHeaderTests {
    private static let runs = (1...64).map {
        UInt64($0) * 1_000_000...UInt64($0) * 1_000_000 + 1
    }

    /// Two hundred logs, every third with exceptions and with two histories.
    private static let base: [BaseElement] = (1...200 as ClosedRange<UInt64>).flatMap { number in
        let log = LogID(Bytes16(high: number, low: 1))
        let seen = { (chain: UInt64) in
            BaseElement.seen(log: log, seq: 70_000_000, chain: Bytes16(high: chain, low: number))
        }
        return number % 3 == 0
            ? [.except(log: log, runs: runs), seen(1), seen(2)] : [seen(1)]
    }

    /// The order of a header, in which all exceptions come first, and the order of logs.
    @Test(arguments: [
        base,
        base.filter { if case .except = $0 { true } else { false } }
            + base.filter { if case .seen = $0 { true } else { false } },
    ])
    func `what is said of one log stays in one header`(_ base: [BaseElement]) {
        let headers = BaseElement.byHeader(base)
        #expect(headers.count > 1)
        #expect(headers.allSatisfy { $0.count <= Limits.baseElements })
        #expect(Set(headers.joined()) == Set(base))
        #expect(headers.joined().count == base.count)
        for log in Set(base.map(\.log)) {
            #expect(headers.count { header in header.contains { $0.log == log } } == 1)
        }
    }

    @Test func `a short base is one header's, and none is none`() {
        #expect(BaseElement.byHeader(Array(BaseHeaderTests.base.prefix(2))).count == 1)
        #expect(BaseElement.byHeader([]).isEmpty)
    }
}
