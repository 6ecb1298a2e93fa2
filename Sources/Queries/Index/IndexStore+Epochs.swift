// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections

extension IndexStore {
    func save(_ epochs: [Roster.Epoch], founding: Roster.FoundingEpoch?) throws(Failure) {
        try database.run("DELETE FROM epochs; DELETE FROM foundingEpoch;")
        if let founding {
            try database.statement("INSERT INTO foundingEpoch VALUES(?1, ?2)")
                .bind(1, founding.id.array).bind(2, founding.place.raw).execute()
        }
        for epoch in epochs {
            try database.statement("INSERT INTO epochs VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
                .bind(1, epoch.id.array).bind(2, epoch.time).bind(3, epoch.place.raw)
                .bind(4, Self.packed(epoch.after))
                .bind(5, epoch.without.sorted().flatMap { $0.bytes.array })
                .bind(6, Self.packed(epoch.shares)).bind(7, epoch.isFit ? 1 : 0 as Int64)
                .bind(8, epoch.isForLeads ? 1 : 0 as Int64)
                .bind(9, epoch.lacking.flatMap(\.array)).execute()
        }
    }

    func epochs() throws(Failure) -> [Roster.Epoch] {
        var epochs: [Roster.Epoch] = []
        let find = try database.statement(
            """
            SELECT id, time, place, after, without, shares, isFit, isForLeads, lacking
            FROM epochs ORDER BY rowid
            """)
        while try find.step() {
            guard let id = Bytes16(find.bytes(0)) else { throw Failure.ofIndex }
            epochs.append(
                Roster.Epoch(
                    id: id, time: find.time(1),
                    place: EntryRef(raw: find.unsigned(2)), after: Self.places(find.raw(3)),
                    without: Set(try Self.keys(find.bytes(4)).map { DeviceKey($0) }),
                    shares: Self.places(find.raw(5)), isFit: find.integer(6) != 0,
                    isForLeads: find.integer(7) != 0, lacking: try Self.keys(find.bytes(8))))
        }
        return epochs
    }

    func foundingEpoch() throws(Failure) -> Roster.FoundingEpoch? {
        let find = try database.statement("SELECT id, place FROM foundingEpoch")
        guard try find.step() else { return nil }
        defer { find.reset() }
        guard let id = Bytes16(find.bytes(0)) else { throw Failure.ofIndex }
        return Roster.FoundingEpoch(id: id, place: EntryRef(raw: find.unsigned(1)))
    }

    func save(_ recovery: RecoveryKeys?, after former: [DeviceKey]) throws(Failure) {
        try database.run("DELETE FROM recovery;")
        for key in former {
            try database.statement("INSERT INTO recovery VALUES(?1, NULL)")
                .bind(1, key.bytes.array).execute()
        }
        guard let recovery else { return }
        try database.statement("INSERT INTO recovery VALUES(?1, ?2)")
            .bind(1, recovery.signing.bytes.array).bind(2, recovery.box.array).execute()
    }

    func recovery() throws(Failure) -> RecoveryKeys? {
        let find = try database.statement("SELECT key, box FROM recovery WHERE box IS NOT NULL")
        guard try find.step() else { return nil }
        defer { find.reset() }
        guard let signing = Bytes32(find.bytes(0)), let box = Bytes32(find.bytes(1)) else {
            throw Failure.ofIndex
        }
        return RecoveryKeys(signing: DeviceKey(signing), box: box)
    }

    func formerWords() throws(Failure) -> [DeviceKey] {
        var words: [DeviceKey] = []
        let find = try database.statement(
            "SELECT key FROM recovery WHERE box IS NULL ORDER BY rowid")
        while try find.step() {
            guard let key = Bytes32(find.bytes(0)) else { throw Failure.ofIndex }
            words.append(DeviceKey(key))
        }
        return words
    }

    private static func packed(_ places: [EntryRef]) -> [UInt8] {
        var bytes: [UInt8] = []
        for place in places { Varint.append(place.raw, to: &bytes) }
        return bytes
    }

    private static func places(_ bytes: UnsafeRawBufferPointer) -> [EntryRef] {
        var (places, offset): ([EntryRef], Int) = ([], 0)
        while let raw = Varint.read(bytes, &offset) { places.append(EntryRef(raw: raw)) }
        return places
    }

    private static func keys(_ bytes: [UInt8]) throws(Failure) -> [Bytes32] {
        guard bytes.count.isMultiple(of: 32) else { throw Failure.ofIndex }
        return stride(from: 0, to: bytes.count, by: 32).compactMap {
            Bytes32(bytes[$0..<($0 + 32)])
        }
    }
}
