// SPDX-License-Identifier: MIT
package import Basics
import Logs
import Merging
package import Projections
import Queries
import Syncing

extension Replica {
    /// Syncs, and leaves all keys for a device, also for one that had them before: some may not
    /// have opened there. What went wrong stands in the report.
    package func leaveKeys(
        for key: DeviceKey, _ boxKey: Bytes32, in folder: String
    ) throws -> SyncReport {
        var report = SyncReport()
        do {
            report = try sync(with: folder)
            let exchange = try Exchange(
                opening: folder, of: partnership, files: surroundings.sharedFiles)
            try Grants(exchange).write(try grant(for: key, boxKey: boxKey, from: try founder()))
        } catch let failure as Failure {
            report.failure = failure
        }
        return report
    }

    func founder() throws(Failure) -> LogIdentity {
        guard let founder = sources.map(\.identity).first(where: { $0.isFounding }) else {
            throw Failure(
                .notFound, "The founder's log is not held here, so that nobody can be let in.",
                advice: "Sync first, then try again.")
        }
        return founder
    }

    /// The file that lets a device read; the same for the same device and the same keys.
    func grant(
        for key: DeviceKey, boxKey: Bytes32, from founder: LogIdentity
    ) throws(Rejection) -> [UInt8] {
        let grant = Grant(
            device: key, founder: founder, epochs: device.epochs, granter: device.key)
        return try GrantFile.encode(grant, to: boxKey, signingWith: device.signing)
    }

    /// Leaves, where it is lacking, the grant of every enrolled device that has not spoken yet: the
    /// file may have been lost, or the device may look in another folder than it was let in by.
    /// So it does for the recovery words, whose holder has nothing but them.
    func leaveGrants(_ exchange: Exchange) throws(Failure) {
        guard letsIn.isEmpty == false else { return }
        let founder = try founder()
        let waiting =
            silentDevices.prefix(Replica.grantLimit).map { ($0.key, $0.boxKey) } + recoveryKeys
        for (key, boxKey) in waiting {
            let file: [UInt8]
            do throws(Rejection) {
                file = try grant(for: key, boxKey: boxKey, from: founder)
            } catch {
                // A key that nothing can be sealed to was let in by another program.
                continue
            }
            try Grants(exchange).write(file)
        }
    }

    private var recoveryKeys: [(DeviceKey, Bytes32)] {
        book.roster.recovery.map { [($0.signing, $0.box)] } ?? []
    }

    /// For so many silent devices a sync leaves grants that are lacking, so that nobody makes it
    /// slow by letting in thousands. Whoever lets a device in leaves its grant at once.
    private static let grantLimit = 100

    /// Enrolled devices of which no entry is held, those first that this one let in.
    package var silentDevices: [Device] {
        let spoken = Set(
            book.rows.filter { $0.position?.tip.seq ?? 0 > 0 }.compactMap { $0.identity?.key })
        let own = Set(book.rows.filter { $0.identity?.key == device.key }.map(\.index))
        let silent = book.roster.devices.filter {
            $0.isCut == false && spoken.contains($0.key) == false
        }
        let isOwn = { (silent: Device) in silent.enrolments.contains { own.contains($0.log) } }
        return silent.filter(isOwn) + silent.filter { isOwn($0) == false }
    }
}
