// SPDX-License-Identifier: MIT
import Basics
import Syncing

extension SyncReport {
    /// Changes what is said of a log's device.
    mutating func change(_ log: LogID, _ body: (inout Device) -> Void) {
        if let index = devices.firstIndex(where: { $0.log == log }) {
            body(&devices[index])
        } else {
            var device = Device(log: log, callSign: "")
            body(&device)
            devices.append(device)
        }
    }

    mutating func note(_ file: Collected.File) {
        switch file.outcome {
        case .accepted(let log, _): change(log) { _ in }
        case .alreadyHeld(let log, let range): change(log) { $0.held += UInt64(range.count) }
        case .waitingForEntries(let log, let range):
            change(log) { $0.waiting.append("a file waits for \(range.words) before it") }
        case .forked(let fork):
            change(fork.log) { $0.setAside.append(file.outcome.sentence) }
        case .waitingForKey, .notHereYet, .setAside:
            if files.contains(where: { $0.name == file.name }) == false {
                files.append((file.name, file.outcome.sentence))
            }
        }
    }
}

extension SyncReport.Device {
    /// The same under another name.
    func named(_ callSign: String) -> SyncReport.Device {
        var copy = SyncReport.Device(log: log, callSign: callSign)
        copy.new = new
        copy.held = held
        copy.waiting = waiting
        copy.setAside = setAside
        copy.published = published
        return copy
    }
}
