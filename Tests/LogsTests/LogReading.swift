// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation

/// What came of opening the bytes of a log file.
struct LogReading {
    let log: LogIdentity
    let position: LogPosition
    let verdict: TailVerdict
    let error: LogError?

    /// Throws if the bytes are no log.
    init(_ bytes: [UInt8], checksBodies: Bool = true) throws(LogError) {
        self = try bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw, checksBodies: checksBodies)
            var found: LogError?
            do throws(LogError) {
                while try scanner.next() != nil {}
            } catch {
                found = error
            }
            return LogReading(
                log: scanner.log, position: scanner.position,
                verdict: TailCheck.verdict(raw, after: scanner.position, in: scanner.log),
                error: found)
        }
    }

    private init(log: LogIdentity, position: LogPosition, verdict: TailVerdict, error: LogError?) {
        self.log = log
        self.position = position
        self.verdict = verdict
        self.error = error
    }
}

extension LogBuilder {
    /// A founder's log: a batch of two entries, a seal, three batches, a seal, two batches.
    static var sample: LogBuilder {
        var builder = LogBuilder(TestDevice(1), in: nil)
        builder.append(2)
        builder.seal()
        for _ in 0..<3 { builder.append(1) }
        builder.seal()
        for _ in 0..<2 { builder.append(1) }
        return builder
    }
}
