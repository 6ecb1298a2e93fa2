// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct SegmentFileTests {
    private let circle = Circle()
    private let slice: [UInt8]
    private let file: [UInt8]

    init() throws {
        slice = try circle.slice(circle.log(2), 1, 3)
        file = SegmentFile.encode(slice, with: circle.key)
    }

    @Test func `a segment gives back its slice`() {
        #expect(SegmentFile.decode(file, keys: circle.ring) == .slice(slice, key: circle.key.id))
    }

    @Test func `whoever cuts the same slice makes the same file`() {
        #expect(SegmentFile.encode(slice, with: circle.key) == file)
    }

    @Test func `without its key a segment waits, and says for which`() {
        #expect(
            SegmentFile.decode(file, keys: KeyRing([])) == .waiting(key: circle.key.id))
    }

    @Test func `a segment that is cut at any length is not here yet`() {
        for length in 0..<file.count {
            let cut = Array(file.prefix(length))
            #expect(SegmentFile.decode(cut, keys: circle.ring) == .notHereYet)
        }
    }

    @Test func `a segment whose rest is still zeros is set aside`() {
        for length in SegmentFile.headLength..<file.count {
            var filled = file
            for place in length..<file.count { filled[place] = 0 }
            guard filled != file else { continue }
            #expect(SegmentFile.decode(filled, keys: circle.ring) == .setAside(.altered))
        }
    }

    @Test(arguments: [0x01, 0x80, 0xff] as [UInt8])
    func `any single byte that is changed is found`(mask: UInt8) {
        for place in file.indices {
            var changed = file
            changed[place] ^= mask
            switch SegmentFile.decode(changed, keys: circle.ring) {
            case .slice: Issue.record("the change at \(place) was not found")
            case .notHereYet: #expect((48..<52).contains(place))
            case .waiting: #expect((8..<24).contains(place))
            case .setAside(let fault):
                #expect(fault.isFault(at: place))
            }
        }
    }

    @Test func `bytes after the end are found`() {
        #expect(
            SegmentFile.decode(file + [0], keys: circle.ring) == .setAside(.longerThanItSays))
    }

    @Test func `a file that is too large, or says so, is set aside`() {
        let large = file + [UInt8](repeating: 0, count: Limits.segment)
        #expect(SegmentFile.decode(large, keys: circle.ring) == .setAside(.tooLarge))
        var boasting = file
        boasting.replaceSubrange(48..<52, with: [0xff, 0xff, 0xff, 0xff])
        #expect(SegmentFile.decode(boasting, keys: circle.ring) == .setAside(.tooLarge))
    }
}

extension FileFault {
    /// Whether a change at this place of a segment may show like this.
    fileprivate func isFault(at place: Int) -> Bool {
        switch self {
        case .notASegment: place < 8
        case .longerThanItSays, .tooLarge: (48..<52).contains(place)
        case .altered: (24..<48).contains(place) || place >= 52
        case .unreadable, .headMalformed, .otherPartnership, .otherLog, .broken, .unsealed,
            .bodyNotHere, .holdsNothing, .tooManyHistories, .ownCopyUnreadable,
            .remembered:
            false
        }
    }
}
