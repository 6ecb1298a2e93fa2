// SPDX-License-Identifier: MIT
package import Basics
import Events
import Merging
package import Projections

extension IndexStore {
    /// Where the entries about the roster stand: place and offset.
    func rosterEntries() throws(Failure) -> [(place: EntryRef, offset: Int)] {
        var entries: [(place: EntryRef, offset: Int)] = []
        let find = try database.statement("SELECT place, offset FROM roster ORDER BY place")
        while try find.step() {
            entries.append((EntryRef(raw: find.unsigned(0)), Int(find.integer(1))))
        }
        return entries
    }

    func addRosterEntry(_ place: EntryRef, at offset: Int) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO roster VALUES(?1, ?2)")
            .bind(1, place.raw).bind(2, Int64(offset)).execute()
    }

    func save(_ roster: Roster) throws(Failure) {
        try database.run("DELETE FROM enrolled; DELETE FROM rosterFindings;")
        for device in roster.devices {
            let put = try database.statement(
                "INSERT INTO enrolled VALUES(?1, ?2, ?3, ?4, ?10, ?5, ?6, ?7, ?8, ?9)")
            put.bind(1, device.key.bytes.array).bind(2, device.boxKey.array)
                .bind(3, device.role.rawValue).bind(4, Int64(device.rank))
                .bind(7, device.callSign).bind(8, device.isCut ? 1 : 0 as Int64)
                .bind(9, IndexStore.packed(device.enrolments)).bind(10, Int64(device.authorRank))
            if let staff = device.staff {
                put.bind(5, staff.link.value.encoded).bind(6, staff.entry.raw)
            }
            try put.execute()
        }
        try save(roster.epochs, founding: roster.foundingEpoch)
        try save(roster.recovery, after: roster.formerWords)
        for finding in roster.findings {
            try database.statement("INSERT INTO rosterFindings VALUES(?1, ?2, ?3)")
                .bind(1, finding.matter.rawValue).bind(2, finding.key.bytes.array)
                .bind(3, IndexStore.packed(finding.entries)).execute()
        }
        try database.statement("INSERT OR REPLACE INTO counters VALUES('rosterLooksAhead', ?1)")
            .bind(1, roster.looksAhead ? 1 : 0 as Int64).execute()
    }

    /// Whether entries that are not about the roster may change it.
    func rosterLooksAhead() throws(Failure) -> Bool {
        let find = try database.statement(
            "SELECT value FROM counters WHERE name = 'rosterLooksAhead'")
        guard try find.step() else { return false }
        defer { find.reset() }
        return find.integer(0) != 0
    }

    private static func packed(_ entries: [EntryRef]) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries { Varint.append(entry.raw, to: &bytes) }
        return bytes
    }

    private static func places(_ bytes: UnsafeRawBufferPointer) -> [EntryRef] {
        var (entries, offset): ([EntryRef], Int) = ([], 0)
        while let raw = Varint.read(bytes, &offset) { entries.append(EntryRef(raw: raw)) }
        return entries
    }

    private func rosterFindings() throws(Failure) -> [RosterFinding] {
        var findings: [RosterFinding] = []
        let find = try database.statement(
            "SELECT matter, key, entries FROM rosterFindings ORDER BY rowid")
        while try find.step() {
            guard let matter = RosterFinding.Matter(rawValue: find.text(0)),
                let key = Bytes32(find.bytes(1))
            else { throw Failure.ofIndex }
            findings.append(RosterFinding(matter, DeviceKey(key), IndexStore.places(find.raw(2))))
        }
        return findings
    }

    private func staff(
        _ find: Statement, _ rows: [LogRow]
    ) throws(Failure) -> Device.Staff? {
        guard find.isNull(4) == false else { return nil }
        let entry = EntryRef(raw: find.unsigned(5))
        let link: Link?
        do throws(CBORError) {
            var reader = CBORReader(find.raw(4))
            link = try Link(&reader)
        } catch {
            link = nil
        }
        guard let link, rows.indices.contains(Int(entry.log.raw)) else { throw Failure.ofIndex }
        return Device.Staff(link: link, entry: entry)
    }

    /// The roster as it was last worked out; `rows` are those of all logs.
    package func roster(_ rows: [LogRow]) throws(Failure) -> Roster {
        var devices: [Device] = []
        let find = try database.statement(
            """
            SELECT key, box, role, rank, staff, staffEntry, callSign, isCut, enrolments,
                authorRank
            FROM enrolled
            """)
        while try find.step() {
            guard let key = Bytes32(find.bytes(0)), let box = Bytes32(find.bytes(1)),
                let role = Role(rawValue: find.text(2))
            else { continue }
            devices.append(
                Device(
                    key: DeviceKey(key), boxKey: box, role: role, rank: Int(find.integer(3)),
                    authorRank: Int(find.integer(9)), staff: try staff(find, rows),
                    callSign: find.text(6),
                    isCut: find.integer(7) != 0, enrolments: IndexStore.places(find.raw(8))))
        }
        var admissions: [LogIndex: Admission] = [:]
        var names: [LogIndex: LogName] = [:]
        for row in rows {
            admissions[row.index] = row.admission
            names[row.index] = row.name
        }
        return Roster(
            devices: devices.sorted { left, right in
                left.callSign != right.callSign
                    ? left.callSign.utf8.lexicographicallyPrecedes(right.callSign.utf8)
                    : left.key < right.key
            },
            admissions: admissions, names: names, epochs: try epochs(),
            foundingEpoch: try foundingEpoch(), recovery: try recovery(),
            formerWords: try formerWords(), findings: try rosterFindings(),
            looksAhead: try rosterLooksAhead())
    }
}
