// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections
import Queries
import Replicas
import Reports

/// What a sync or a merge did, and what now needs a person.
struct SyncPage {
    private let report: SyncReport
    private let book: Book
    private let session: Session
    private let isTwoWay: Bool
    private let device: DeviceFile
    private let lacksEntries: Bool

    /// `isTwoWay` is false for a merge, which leaves nothing behind.
    init(_ report: SyncReport, _ replica: Replica, _ session: Session, isTwoWay: Bool) {
        self.report = report
        self.isTwoWay = isTwoWay
        book = replica.book
        device = replica.device
        lacksEntries = replica.lacksEntries
        self.session = session
    }

    /// What a device is told that is not let in, or that once was.
    private var outside: StyledText {
        guard device.epochs.isEmpty else {
            guard book.roster.devices.isEmpty == false, lacksEntries == false else {
                return
                    "\("This device does not see who is let in", .warning): the logs of those who "
                    + "let it in are not here whole. What is recorded is kept. Sync again with "
                    + "--thorough, and once the others have synced."
            }
            return
                "\("This device is let in no more", .warning): what let it in does not count, as "
                + "'beatbook conflicts' says. What it recorded is kept here. To go on, its holder "
                + "joins with another device folder and is let in anew."
        }
        return "\("This device is not let in yet", .warning): it reads nothing, and what it "
            + "records waits here. Ask a coordinator to approve it, then sync again."
    }

    /// Whether this device's access has ended: what it cannot read is none of its business then.
    private var isOut: Bool { book.roster.device(device.key)?.isCut ?? false }

    /// How what this device had recorded is called from now on.
    private var renamed: String? {
        guard let index = book.logs.index(of: device.log), book.row(index).records > 0 else {
            return nil
        }
        return "What was called new-1 here is \(book.callSign(of: index))-1 now, and so on."
    }

    func print() throws -> ExitCode {
        session.console.noteDone("What could be exchanged is exchanged")
        let work = try book.workCount()
        if session.isJSON {
            session.console.print(json: try json(work))
            return report.failure == nil ? .done : .failed
        }
        let console = session.console
        if report.isNewlyEnrolled {
            console.print("\("This device has been let in.", .good)")
            if let renamed { console.print(prose: "\(renamed)") }
            if let lost = try setAside { console.print(prose: "\(lost, .warning)") }
        }
        if report.isEnrolled == false { console.print(prose: outside) }
        if report.devices.isEmpty == false { console.print(table: table) }
        for device in report.devices where isOut == false { say(device) }
        for group in report.files where isOut == false {
            console.print(prose: "\(group.title, .faint): \(group.sentence)")
        }
        for remark in report.remarks { console.print(prose: "\(remark)") }
        console.print(prose: "\(total)")
        let unread = UnreadText(try book.unread())
        if unread.count > 0 { console.print(prose: "\(unread.sentence, .warning)") }
        if report.isEnrolled { need(work) }
        guard let failure = report.failure else { return .done }
        console.note(
            "Not everything could be left in the folder. \(failure.sentence) \(failure.advice)")
        return .failed
    }

    /// What a device that waited had recorded, and what it was let in as does not allow.
    private var setAside: String? {
        get throws {
            let own = try book.asides().filter { book.source($0.entry.log)?.isOwn == true }
            guard let first = own.first else { return nil }
            let count = own.count == 1 ? "1 entry is" : "\(own.count) entries are"
            return
                "Of what was recorded here before, \(count) set aside: \(first.reason.sentence). "
                + "They are kept and count for nothing; a coordinator can record them."
        }
    }

    private var total: String {
        let new = SyncPage.entries(report.newEntries)
        let published = report.publishedEntries
        guard isTwoWay else { return "\(new) new here." }
        return "\(new) new here, \(SyncPage.entries(published)) new in the folder."
    }

    private func need(_ work: WorkCount) {
        let console = session.console
        guard work.all > 0 else {
            let isOdd =
                report.files.isEmpty == false || report.remarks.isEmpty == false
                || report.failure != nil
            return isOdd ? () : console.print(prose: "\("Nothing needs a person.", .good)")
        }
        let verb = work.all == 1 ? "needs" : "need"
        console.print(prose: "\("\(work.text) \(verb) a person", .warning): beatbook conflicts")
    }

    private var table: Table {
        var table = Table([
            .init("device", "Device"), .init("new", "New", alignment: .right),
            .init("held", "Already held", alignment: .right),
            .init("published", "Published", alignment: .right),
            .init("waiting", "Waiting", alignment: .right),
            .init("setAside", "Set aside", alignment: .right),
        ])
        for device in report.devices {
            table.append([
                .init(device.callSign, .reference), .init(device.new), .init(device.held),
                .init(device.published), .init(device.waiting.count),
                .init(device.setAside.count),
            ])
        }
        return table
    }

    private func say(_ device: SyncReport.Device) {
        for sentence in device.waiting.lines {
            session.console.print(prose: "\(device.callSign, .reference) waits: \(sentence).")
        }
        for sentence in device.setAside.lines {
            session.console.print(prose: "\(device.callSign, .reference) set aside: \(sentence)")
        }
    }

    private func json(_ work: WorkCount) throws -> JSON {
        .object(
            [
                .init("enrolled", .bool(report.isEnrolled)),
                .init("devices", .array(report.devices.map { SyncPage.json($0) })),
                .init(
                    "files",
                    .array(
                        report.files.map {
                            .object([
                                .init("name", .string($0.names.first ?? "")),
                                .init("count", JSON($0.count)),
                                .init("outcome", .string($0.sentence)),
                            ])
                        })),
                .init("remarks", .array(report.remarks.map { .string($0) })),
                .init("failure", JSON(report.failure?.sentence)),
            ] + work.members + [
                .init("needNewerSoftware", JSON(UnreadText(try book.unread()).count))
            ])
    }

    private static func json(_ device: SyncReport.Device) -> JSON {
        .object([
            .init("device", .string(device.callSign)), .init("log", .string(device.log.hex)),
            .init("new", JSON(device.new)), .init("held", JSON(device.held)),
            .init("published", JSON(device.published)),
            .init("waiting", .array(device.waiting.lines.map { .string($0) })),
            .init("setAside", .array(device.setAside.lines.map { .string($0) })),
        ])
    }

    private static func entries(_ count: Int) -> String {
        count == 1 ? "1 entry" : "\(count) entries"
    }
}
