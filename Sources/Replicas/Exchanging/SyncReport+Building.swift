// SPDX-License-Identifier: MIT
import Basics
import Logs
import Syncing

extension SyncReport {
    /// Changes what is said of a log's device.
    mutating func change(_ log: LogID, _ body: (inout Device) -> Void) {
        if placeByLog[log] == nil {
            placeByLog[log] = devices.count
            devices.append(Device(log: log, callSign: ""))
        }
        if let place = placeByLog[log] { body(&devices[place]) }
    }

    mutating func note(_ file: Collected.File) {
        switch file.outcome {
        case .accepted(let log, let range, _), .alreadyHeld(let log, let range, _):
            change(log) { $0.there.append(range) }
        case .waitingForEntries(let log, let range):
            change(log) { $0.waiting.add("a file waits for \(range.words) before it") }
        case .forked(let fork):
            change(fork.log) { $0.setAside.add(file.outcome.sentence) }
        case .waitingForKey, .notHereYet, .setAside:
            note(file.name, file.outcome.sentence)
        }
    }
}

extension SyncReport.Device {
    /// The same under another name.
    func named(_ callSign: String) -> SyncReport.Device {
        var copy = SyncReport.Device(log: log, callSign: callSign)
        copy.new = new
        copy.there = there
        copy.waiting = waiting
        copy.setAside = setAside
        copy.published = published
        return copy
    }
}
