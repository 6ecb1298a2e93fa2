// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Queries
import Replicas
import Simulation
import Syncing
import Testing

@Suite struct RecoveryWordsTests {
    private let files = MemoryFiles()

    private var surroundings: Surroundings {
        Surroundings(files: files, clock: TestClock(), entropy: SeededEntropy(4), index: .memory)
    }

    private func found(_ tell: ((RecoverySecret) throws -> Void)?) throws -> Replica {
        try Replica.found(
            "Thanet", by: Person(holder: "Kay", agency: "tdc", callSign: "K"), at: "books/k",
            surroundings, recovery: tell)
    }

    @Test func `the founding birth names both keys of the words that were told`() throws {
        var told: [RecoverySecret] = []
        do {
            let replica = try found { secret in
                told.append(secret)
                // They are on paper before there is anything that they open.
                #expect(files.bytesByPath["books/k/device.key"] == nil)
                #expect(files.paths(under: "books/k/logs").isEmpty)
            }
            #expect(told.count == 1)
            #expect(try replica.ownLog.birth.recovery == told.first?.keys)
        }
        // An 'init' that is run again finds the book, and no other words are told.
        #expect(try found { told.append($0) }.ownLog.birth.recovery == told.first?.keys)
        #expect(told.count == 1)
    }

    @Test func `whoever does not take the words makes no book, and may found it again`() throws {
        #expect(throws: Rejection.self) {
            _ = try found { _ in throw Rejection("No paper.", advice: "") }
        }
        #expect(files.bytesByPath["books/k/device.key"] == nil)
        #expect(try found { _ in }.book.rows.count == 1)
    }

    @Test func `the first epoch's key is sealed to the founder and to the words`() throws {
        var secret: RecoverySecret?
        let replica = try found { secret = $0 }
        let words = try #require(secret)
        let log = try #require(replica.book.rows.first).index
        let entry = try #require(try replica.book.entry(EntryRef(log, 4)))
        let changes = try #require(entry.changes)
        let said = changes.map { (CBORValue.text($0.key), $0.value) }
        let body = CBORValue.map(Dictionary(uniqueKeysWithValues: said))
        guard case .epochOpened(let opening)? = RosterEvent(type: entry.type, body) else {
            Issue.record("the fourth entry opens the epoch")
            return
        }
        let boxes = [replica.device.box, words.box]
        #expect(opening.keys.count == boxes.count)
        for (sealed, box) in zip(opening.keys, boxes) {
            #expect(sealed.opened(with: box, id: opening.id) == replica.device.epochs.first?.key)
        }
    }

    @Test func `with the words alone every key is found in an exchange`() throws {
        var secret: RecoverySecret?
        let replica = try found { secret = $0 }
        try replica.createExchange(at: "stick")
        for _ in 0..<2 { _ = try replica.sync(with: "stick") }
        let words = try #require(secret)
        let exchange = try Exchange(
            opening: "stick", of: replica.partnership, files: files)
        let grants = try Grants(exchange).open(for: words.keys.signing, with: words.box).items
        #expect(grants.map(\.epochs) == [replica.device.epochs])
        #expect(files.paths(under: "stick/grants").count == 1)
    }

    @Test func `a partnership may do without`() throws {
        let replica = try found(nil)
        #expect(try replica.ownLog.birth.recovery == nil)
        try replica.createExchange(at: "stick")
        _ = try replica.sync(with: "stick")
        #expect(files.paths(under: "stick/grants").isEmpty)
    }
}
