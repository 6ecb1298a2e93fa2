// SPDX-License-Identifier: MIT
import Basics
package import Commands
import Events
import Logs
import Merging
import Projections
import Queries

extension Replica {
    /// Who this device records as. Throws a rejection for an auditor's device or one that is cut.
    package func author(today: String) throws -> DecisionContext {
        let enrolled = book.roster.device(device.key)
        if enrolled?.isCut == true {
            throw Rejection(
                "This device's access has ended, so that nothing can be recorded on it.",
                advice: "Ask a coordinator.")
        }
        // Before it is enrolled a device may record: its entries wait until it is.
        let book = book
        return DecisionContext(
            role: enrolled?.role ?? .field, log: device.log, today: today,
            find: { (text, kind) throws(Rejection) in
                try Replica.rejecting {
                    book.logs.entry(
                        at: try book.find(text, kind: kind.flatMap { book.vocabulary.kind($0) }))
                }
            },
            findPart: { (text, record, field) throws(Rejection) in
                let place = try book.findEntry(text)
                let parts = try Replica.rejecting { try book.parts(of: record.place) }
                guard let part = parts.first(where: { $0.entry == place && $0.field == field })
                else {
                    throw Rejection(
                        "'\(text)' is no entry under '\(field.label)' of this \(record.kind.name).",
                        advice: "'beatbook show' names each of them, such as W07#112.")
                }
                return book.logs.entry(at: part.entry)
            })
    }

    /// Decides and records a wish.
    package func perform(
        _ wish: Command, today: String
    ) throws -> (decision: Decision, recorded: Recorded) {
        let decision = try Decider(try author(today: today)).decide(wish)
        return (decision, try record(decision.events))
    }

    package func settle(
        _ settlement: Settlement, today: String
    ) throws -> (decision: Decision, recorded: Recorded) {
        let decision = try Decider(try author(today: today)).decide(settlement)
        return (decision, try record(decision.events))
    }

    /// Index trouble during a look-up is told as a rejection: the look-up found nothing to use.
    private static func rejecting<Result>(
        _ body: () throws -> Result
    ) throws(Rejection) -> Result {
        do { return try body() } catch let error as Rejection { throw error } catch {
            let failure = error as? Failure
            throw Rejection(
                failure?.sentence ?? "The book could not be looked into.",
                advice: failure?.advice ?? "")
        }
    }
}
