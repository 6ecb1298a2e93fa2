// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections
import Queries
import Replicas
import Reports

/// `beatbook replay`: the timeline, step by step.
enum ReplayVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "replay", "Step through what happened, in the order of its times",
                [],
                options: [
                    .value("record", "Only entries about this record.", .record(kind: "")),
                    .value("device", "Only entries of the device with this call sign."),
                    .value("from", "Only entries from this date or time on.", .date),
                    .value("until", "Only entries until the end of this date or time.", .date),
                    .flag("automatic", "Receipts and upgrades too."),
                ] + Reading.options
            ).explained(
                "Each entry says who did what, what it changed from what to what in the merged "
                    + "book, "
                    + "and what its author had seen of the other devices by then."),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let present = try session.replica().book
        let book = try session.bounds(invocation, present).map { try present.past($0) } ?? present
        let wanted = try Wanted(invocation, book, of: present, session)
        let replay = Replay(book)
        var steps: [JSON] = []
        var count = 0
        let entries = try wanted.record.map { try book.entries(of: $0) } ?? book.timeline()
        for entry in entries {
            // Every step is taken, so that those that are shown start from what was there.
            let step = try replay.step(entry)
            guard wanted.wants(entry) else { continue }
            count += 1
            let page = ReplayPage(step, replay, in: book)
            if session.isJSON {
                steps.append(try page.json)
            } else {
                if count > 1 { session.console.print() }
                session.console.print(lines: try page.lines(width: session.console.width))
            }
        }
        if session.isJSON {
            session.console.print(json: .array(steps))
        } else if count == 0 {
            session.console.print(prose: "No entry fits.")
        }
        return .done
    }

    /// Which entries are shown.
    private struct Wanted {
        let record: EntryRef?
        private let logs: [LogIndex]?
        private let first: UInt64
        private let last: UInt64
        private let takesAutomatic: Bool

        init(
            _ invocation: Invocation, _ book: Book, of present: Book, _ session: Session
        ) throws {
            record = try invocation.text("record").map {
                try session.find($0, inPast: book, of: present)
            }
            logs = try invocation.text("device").map { name in
                let logs = try book.logs(ofDevice: name)
                guard logs.isEmpty == false else {
                    throw Rejection(
                        "No device is called '\(name)'.",
                        advice: "'beatbook status' shows the devices of this book.")
                }
                return logs
            }
            first = invocation.period("from")?.first ?? 0
            last = invocation.period("until")?.last ?? .max
            takesAutomatic = invocation.has("automatic")
        }

        func wants(_ entry: EntryReport) -> Bool {
            let time = entry.time.milliseconds
            return (logs?.contains(entry.place.log) ?? true) && time >= first && time <= last
                && (takesAutomatic || entry.isAutomatic == false)
        }
    }
}
