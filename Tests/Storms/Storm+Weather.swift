// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation

extension Storm {
    /// Does something on a device in whatever weather the seed has planned. Gives whether it came
    /// to its end: what fails closes the program, as it would on a real machine.
    @discardableResult
    func attempt(
        _ station: Station, _ deed: String, isCalm: Bool = false, _ work: () throws -> String
    ) throws -> Bool {
        timeline.say(station, deed)
        if isCalm == false { plan(for: station) }
        defer { clear(station) }
        do {
            timeline.add(" -> \(try work())")
            return true
        } catch let rejection as Rejection {
            census.refused += 1
            timeline.add(" refused: \(rejection.sentence)")
            return false
        } catch let failure as Failure {
            census.failed += 1
            timeline.add(" failed, \(failure.kind): \(failure.sentence)")
            station.close()
            if isCalm { throw Broken("In calm weather: \(failure.sentence)") }
            return false
        }
    }

    /// Half of all deeds go on in calm weather, so that the others find something to spoil.
    private func plan(for station: Station) {
        guard chance.number(below: 2) == 0 else { return }
        let call = 1 + chance.number(below: chance.number(below: 3) == 0 ? 40 : 9)
        if chance.number(below: 4) == 0 {
            let fault = sharedFault()
            shared.plan(fault, atCall: call)
            timeline.add(" (folder call \(call): \(fault))")
        } else {
            let fault = ownFault()
            station.files.plan(fault, atCall: call)
            timeline.add(" (call \(call): \(fault))")
        }
        census.faults += 1
    }

    private func ownFault() -> Fault {
        let count = chance.number(below: 200)
        let faults: [Fault] = [
            .fails(.other), .fails(.full), .stopsShort(keeping: count), .crashes(.before),
            .crashes(.midway(keeping: count)), .crashes(.zeroFilled(keeping: count)),
            .crashes(.after), .crashes(.after),
        ]
        return faults[chance.number(below: faults.count)]
    }

    /// A folder that is shared may be pulled, full, or keep other bytes than it was given.
    private func sharedFault() -> Fault {
        let count = chance.number(below: 200)
        let faults: [Fault] = [
            .fails(.other), .fails(.full), .stopsShort(keeping: count), .storesOthers,
            .crashes(.before), .crashes(.midway(keeping: count)), .crashes(.after),
        ]
        return faults[chance.number(below: faults.count)]
    }

    private func clear(_ station: Station) {
        if station.files.isUp == false {
            census.powerCuts += 1
            timeline.add(" - power cut")
            station.close()
            station.files.restart()
        }
        station.files.forgetFaults()
        shared.isUp ? shared.forgetFaults() : shared.restart()
    }
}
