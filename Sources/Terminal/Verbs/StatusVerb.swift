// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Reports

/// `beatbook status`: this device, the others, who has my work, what waits.
enum StatusVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "status", "Show this device, the others, who has my work, and what waits"),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let replica = try session.replica()
        let console = session.console
        if session.isJSON {
            console.print(json: .object(try members(replica, session.folder)))
            return .done
        }
        let items = try lines(replica, session.folder)
        console.print(lines: LabelledList(width: console.width).lines(items))
        console.print()
        console.print(table: try devices(replica.book, replica.ownIndex, replica.device.key).table)
        return .done
    }

    private static func members(_ replica: Replica, _ folder: String) throws -> [JSON.Member] {
        let book = replica.book
        let own = replica.ownIndex
        let role = book.roster.device(replica.device.key)?.role
        let (table, tip) = try devices(book, own, replica.device.key)
        return [
            .init("book", .string(folder)),
            .init("partnership", .string(Words.line(replica.partnership.bytes))),
            .init("deviceWords", .string(Words.line(replica.device.fingerprint.bytes))),
            .init("device", JSON(own.map { book.callSign(of: $0) })),
            .init("role", JSON(role?.rawValue)),
            .init("entries", JSON(tip)), .init("devices", table.json),
            .init("records", .object(try counts(book))),
        ] + (try book.workCount().members) + [
            .init(
                "waiting",
                JSON(try book.awaited().count + unadmitted(book).map(\.entries).reduce(0, +))),
            .init("setAside", JSON(try book.asides().count)),
            .init("needNewerSoftware", JSON(UnreadText(try book.unread()).count)),
            .init("clocks", ClockText(book).json(try book.clockDifferences())),
        ]
    }

    private static func lines(
        _ replica: Replica, _ folder: String
    ) throws -> [LabelledList.Item] {
        let book = replica.book
        let unread = UnreadText(try book.unread())
        let device = book.roster.device(replica.device.key)
        let who = try device.map { device in
            let holder = try book.holder(of: device)
            let role = device.isCut ? "its access has ended" : device.role.rawValue
            return [device.callSign, holder.name, holder.agency, role]
                .filter { $0.isEmpty == false }.joined(separator: ", ")
        }
        return [
            .init("Book", "\(folder)"),
            .init("Partnership", "\(Words.line(replica.partnership.bytes))"),
            .init("This device's words", "\(Words.line(replica.device.fingerprint.bytes))"),
            .init("This device", "\(who ?? outside(replica))"),
            .init("Records", "\(try recordText(book))"),
            .init("Waits for a person", "\(text(try book.workCount()))"),
            .init("Entries waiting", "\(try waitingText(book))"),
        ] + (unread.count == 0 ? [] : [.init("Need newer software", "\(unread.text)")])
            + (ClockText(book).summary(try book.clockDifferences()).map {
                [.init("Clocks", "\($0)")]
            } ?? [])
    }

    /// Every log: who writes it, how far it is held, and how far its device holds ours; `tip` is
    /// the last of our entries that is not automatic.
    private static func devices(
        _ book: Book, _ own: LogIndex?, _ key: DeviceKey
    ) throws -> (table: Table, tip: UInt64) {
        let tip = own.map { book.row($0).toldSeq } ?? 0
        var table = Table([
            .init("device", "Device"), .init("holder", "Holder", .truncated(minimum: 8)),
            .init("role", "Role"), .init("entries", "Entries", alignment: .right),
            .init("last", "Last entry"), .init("hasMine", "Has of mine", alignment: .right),
        ])
        let held = book.rows.filter { $0.position != nil }.sorted { left, right in
            let signs = (book.callSign(of: left.index), book.callSign(of: right.index))
            return signs.0.utf8.lexicographicallyPrecedes(signs.1.utf8)
        }
        for row in held {
            let device = book.device(of: row.index)
            let mine = min(tip, own.map { book.seen($0, by: row.index) } ?? 0)
            // Its earlier logs are this device's too.
            let isOwn = row.identity?.key == key
            let isBehind = isOwn == false && mine < tip
            table.append([
                .init(book.callSign(of: row.index), .reference),
                .init(try book.holderName(of: row.index)),
                .init(role(row, device, book)),
                .init(row.position?.tip.seq ?? 0),
                .init(time: row.position?.tip.time.milliseconds ?? 0),
                isOwn
                    ? .init("this device", .faint, json: JSON(tip))
                    : .init(
                        "\(mine) of \(tip)", isBehind ? .warning : .good, json: JSON(mine)),
            ])
        }
        return (table, tip)
    }

    private static func outside(_ replica: Replica) -> String {
        replica.device.epochs.isEmpty == false && replica.lacksEntries
            ? "let in once: the logs of those who let it in are not here whole"
            : "not let in yet: what it records waits here"
    }

    /// What a log's device is let in as.
    private static func role(_ row: LogRow, _ device: Device?, _ book: Book) -> String {
        if let device { return device.isCut ? "access ended" : device.role.rawValue }
        let isLetIn = row.admission != nil && book.roster.devices.isEmpty == false
        return isLetIn ? "recovery words" : "not let in"
    }

    private static func recordText(_ book: Book) throws -> String {
        let counts = try book.counts().map { count in
            "\(count.all) \(count.all == 1 ? count.kind.name : count.kind.plural)"
        }
        return counts.isEmpty ? "none yet" : counts.joined(separator: ", ")
    }

    private static func counts(_ book: Book) throws -> [JSON.Member] {
        try book.counts().map { .init($0.kind.name, JSON($0.all)) }
    }

    private static func text(_ work: WorkCount) -> String {
        work.all == 0 ? "nothing" : "\(work.text): beatbook conflicts"
    }

    /// The logs of devices that are not let in, and how many entries wait for that in each.
    private static func unadmitted(_ book: Book) -> [(log: LogIndex, entries: Int)] {
        book.rows.filter { $0.position != nil && $0.admission == nil }
            .map { ($0.index, Int(clamping: $0.position?.tip.seq ?? 0)) }
    }

    private static func waitingText(_ book: Book) throws -> String {
        let waiting = try book.awaited()
        var parts: [String] = []
        for need in Set(waiting.map(\.need)).sorted() {
            parts.append("\(waiting.filter { $0.need == need }.count) for a \(need)")
        }
        for (log, entries) in unadmitted(book) {
            parts.append("\(entries) of \(book.callSign(of: log)), which is not let in")
        }
        return parts.isEmpty ? "none" : parts.joined(separator: "; ")
    }
}
