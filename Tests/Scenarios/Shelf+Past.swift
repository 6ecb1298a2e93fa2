// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
package import Merging
package import Projections
package import Queries
import Simulation

extension Shelf {
    /// Bounds that end each log at a place; logs that are not named count not at all.
    package func bounds(_ places: [Spot]) throws -> Bounds {
        let logs = try book().logs
        var limits: [LogIndex: UInt64] = [:]
        for spot in places {
            if let log = logs.index(of: scenario.id(spot).log) { limits[log] = spot.seq }
        }
        return Bounds(limits: limits, otherwise: 0)
    }

    /// The other way about: where bounds end each log, by its letter.
    package func limits(_ bounds: Bounds) throws -> [Spot] {
        let logs = try book().logs
        return scenario.names.compactMap { name in
            logs.index(of: scenario.id(Spot(name, 1)).log).map { Spot(name, bounds.limit(of: $0)) }
        }
    }

    /// A record without the places that differ from one index to another.
    package func plain(_ view: RecordView?, in other: Book? = nil) throws -> String {
        guard let view else { return "not held" }
        let logs = try (other ?? book()).logs
        let fields = view.fields.map { field in
            "\(view.kind.fields[field.index].name): " + plain(field, logs)
        }
        return (["\(view.status)", "\(view.findings.map(\.name))"] + fields)
            .joined(separator: "\n")
    }

    private func plain(_ field: FieldView, _ logs: LogTable) -> String {
        guard case .registers(let registers) = field.content else { return "\(field.content)" }
        return registers.map { register in
            let live = register.live.map { write in
                let id = logs.entry(at: write.place)
                return "\(name(id.log))\(id.seq) \(write.value.value)"
            }
            return "\(register.key) \(register.shown.value) \(register.isDisputed) "
                + "\(live.sorted())"
        }.joined(separator: "; ")
    }
}

extension Scenario {
    /// When the entries of a log were written, in minutes from the start.
    package func minutes(_ name: Character) -> [UInt64] {
        guard let builder = builders[name] else { return [] }
        var minutes: [UInt64] = []
        builder.bytes.withUnsafeBytes { raw in
            guard var scanner = try? LogScanner(raw) else { return }
            while let step = scanner.nextIfGood() {
                guard step == .batch else { continue }
                minutes += scanner.entries.map {
                    ($0.header.time.milliseconds - Scenario.startMilliseconds) / 60_000
                }
            }
        }
        return minutes
    }
}
