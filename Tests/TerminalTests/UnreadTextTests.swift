// SPDX-License-Identifier: MIT
import Projections
import Testing

@testable import Terminal

@Suite struct UnreadTextTests {
    @Test func `nothing that needs newer software is said to be none`() {
        #expect(UnreadText([:]).count == 0)
        #expect(UnreadText([:]).text == "none")
    }

    @Test func `one entry is told with what is not known of it`() {
        let unread = UnreadText([.field: 1])
        #expect(unread.text == "1 entry: 1 with a field that is not known here")
        #expect(
            unread.sentence == """
                1 entry needs newer software than this to be read whole; it is kept and passed \
                on. Until this program is renewed, what it says counts as not seen here.
                """)
    }

    @Test func `several are counted by what is not known of them`() {
        let unread = UnreadText([.header: 1, .kind: 2, .type: 3])
        #expect(unread.count == 6)
        #expect(
            unread.text == """
                6 entries: 2 about a kind of record that is not known here, 3 of a type that is \
                not known here, 1 of a later form
                """)
        #expect(unread.sentence.hasPrefix("6 entries need newer software"))
    }
}
