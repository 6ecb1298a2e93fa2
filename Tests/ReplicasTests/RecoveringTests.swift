// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Replicas
import Simulation
import Syncing
import Testing

/// A new lead by the words on paper.
@Suite struct RecoveringTests {
    private func role(_ circle: Circle, of name: String, for reader: String) -> Role? {
        circle[reader].book.roster.device(circle[name].device.key)?.role
    }

    @Test func `a new lead takes the place of a stolen device, which reads nothing more`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["type": "noise", "title": "Before"])
        try circle.meet()
        let next = try circle.recover(as: "l", with: circle.paper)
        let told = try circle.sync("a").remarks
        #expect(told.contains { $0.contains("The access of K has ended") })
        #expect(told.contains("L is a lead now."))
        #expect(try circle.sync("a").remarks.isEmpty)
        for reader in ["a", "l"] {
            #expect(role(circle, of: "l", for: reader) == .lead)
            let stolen = circle[reader].book.roster.device(circle["k"].device.key)
            #expect(stolen?.isCut == true)
            #expect(circle[reader].book.roster.recovery == next.keys)
        }
        try circle.tell("a", "case open", ["type": "noise", "title": "After"])
        try circle.sync("a")
        try circle.sync("l")
        #expect(try circle["l"].book.stateDigest() == circle["a"].book.stateDigest())
        #expect(circle["a"].device.epochs.count == 2)
        // The stolen device syncs on, and comes by nothing of it.
        try circle.tell("k", "case open", ["type": "noise", "title": "By a thief"])
        try circle.sync("k")
        #expect(circle["k"].device.epochs.count == 1)
        try circle.sync("a")
        let titles = try circle["a"].book.list(RecordFilter()).records.map(\.title)
        #expect(titles.sorted() == ["After", "Before", "Lou"])
        // The new lead lets a coordinator in.
        try circle.join("c")
        try circle.enrol("c", as: .coordinator, by: "l")
        try circle.sync("c")
        try circle.sync("a")
        #expect(role(circle, of: "c", for: "a") == .coordinator)
        #expect(try circle["a"].verify().isClean)
    }

    @Test func `words that were used hold no more, and those that followed do`() throws {
        let circle = try Circle("a")
        try circle.meet()
        let next = try circle.recover(as: "l", with: circle.paper)
        let before = circle.disk
        #expect(throws: Rejection.self) {
            _ = try circle.recover(as: "m", with: circle.paper, cutting: [])
        }
        #expect(circle.disk == before)
        _ = try circle.recover(as: "n", with: next, cutting: ["L"])
        try circle.sync("a")
        #expect(role(circle, of: "n", for: "a") == .lead)
        #expect(circle["a"].book.roster.device(circle["l"].device.key)?.isCut == true)
        #expect(circle["a"].book.roster.formerWords.count == 2)
    }

    @Test func `an entry with words that hold no more changes nothing`() throws {
        let circle = try Circle("a")
        try circle.meet()
        let copy = circle.files.paths(under: Circle.exchange)
        for path in copy {
            let rest = path.dropFirst(Circle.exchange.count)
            circle.files.put(circle.files.bytesByPath[path] ?? [], at: "other\(rest)")
        }
        // Two people use the same paper, neither of whom knows of the other.
        _ = try circle.recover(as: "l", with: circle.paper)
        _ = try circle.recover(as: "m", with: circle.paper, cutting: [], in: "other")
        _ = try circle["a"].sync(with: Circle.exchange)
        #expect(role(circle, of: "l", for: "a") == .lead)
        for (name, folder) in [("a", "other"), ("a", Circle.exchange), ("l", Circle.exchange)] {
            _ = try circle[name].sync(with: folder)
        }
        for reader in ["a", "l"] {
            // Nobody can tell whom it was meant for: access ends, and nobody is let in.
            #expect(role(circle, of: "l", for: reader) == nil)
            #expect(role(circle, of: "m", for: reader) == nil)
            #expect(circle[reader].book.roster.device(circle["k"].device.key)?.isCut == true)
            #expect(circle[reader].book.roster.recovery == nil)
        }
    }

    @Test(arguments: [("L", "Z"), ("A", "K")])
    func `a wish that cannot be done makes nothing`(_ sign: String, _ cut: String) throws {
        let circle = try Circle("a")
        let before = circle.disk
        let wish = RecoveryWish(
            try Person(.nobody, callSign: sign), cutting: [cut], reason: "Lost.")
        #expect(throws: Rejection.self) {
            try Replica.recover(
                Circle.exchange, with: try #require(circle.paper), wish, at: Circle.folder("l"),
                circle.surroundings
            ) { _ in }
        }
        #expect(circle.disk == before)
    }

    @Test func `other words, or another folder, make nothing`() throws {
        let circle = try Circle("a")
        let before = circle.disk
        #expect(throws: Rejection.self) {
            _ = try circle.recover(as: "l", with: RecoverySecret(SeededEntropy(77)))
        }
        #expect(throws: Failure.self) {
            _ = try circle.recover(as: "l", with: circle.paper, in: "nowhere")
        }
        #expect(circle.disk == before)
    }

    @Test func `a recovery whose words nobody took, or of a wrong call sign, can be run again`()
        throws
    {
        let circle = try Circle("a")
        try circle.meet()
        #expect(throws: Rejection.self) {
            _ = try circle.recover(as: "l", with: circle.paper, cutting: ["NOBODY"])
        }
        let wish = RecoveryWish(
            try Person(holder: "Lou", agency: "tdc", callSign: "L"), cutting: ["K"], reason: "")
        #expect(throws: Rejection.self) {
            _ = try Replica.recover(
                Circle.exchange, with: try #require(circle.paper), wish, at: Circle.folder("l"),
                circle.surroundings
            ) { _ in throw Rejection("No paper.", advice: "") }
        }
        let next = try circle.recover(as: "l", with: circle.paper)
        #expect(circle["l"].book.roster.recovery == next.keys)
        #expect(circle["l"].book.roster.devices.map(\.callSign).sorted() == ["A", "K", "L"])
    }

    @Test func `a log of recovery words writes of no record`() throws {
        let circle = try Circle("a")
        try circle.meet()
        _ = try circle.recover(as: "l", with: circle.paper)
        let words = try #require(circle.paper)
        let row = try #require(
            circle["l"].book.rows.first { $0.identity?.key == words.keys.signing })
        let admission = try #require(row.admission)
        #expect(admission.role(at: 1) == .auditor)
        #expect(admission.limit == row.position?.tip.seq)
        let types = try circle["l"].book.timeline(of: row.index).map(\.type)
        #expect(
            types == [
                "software.updated", "roster.enrolled", "roster.cut", "recovery.renewed",
            ])
    }
}
