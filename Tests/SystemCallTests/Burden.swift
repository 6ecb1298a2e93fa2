// SPDX-License-Identifier: MIT
import Basics
import Events
import Foundation
import Logs
import Replicas
import Scenarios
import Simulation
import Syncing
import Testing

/// What a member, a stranger or an accident can pile up, and the verb that meets it.
enum Burden: String, CaseIterable, CustomTestStringConvertible {
    case owners = "names of owners in one command"
    case voids = "voids of visits on one record"
    case logsOfOneKey = "logs of one device"
    case writersOfOneRecord = "logs of one device that write to one record"
    case fullBodies = "hundreds of names in entries of a few KiB"
    case rounds = "rounds in which two logs of one device disagree"
    case unknownLogs = "logs that bases name and nobody holds"
    case unknownPlaces = "places of one log that bases name and nobody holds"
    case dueDates = "later due dates by a field device"
    case partsToCome = "voids of parts that have not come"
    case repeats = "entries of a log that another log repeats"
    case repeatsOfUnheld = "repeats of one entry that nobody holds"
    case repeatChains = "repeats that link to each other"
    case disputedParts = "parts that two people corrected apart"
    case twice = "elements that are added and taken out twice"
    case tornTail = "KiB of a write that was cut short"
    case columns = "columns of a CSV"
    case forks = "histories of one log in an exchange, at the third sync"
    case emptyFiles = "empty files in an exchange"

    var testDescription: String { rawValue }

    /// So many and four times as many are compared: enough to stand out from the rest of the work.
    var size: Int {
        switch self {
        case .tornTail: 100
        case .owners, .columns: 400
        case .logsOfOneKey, .forks, .repeatsOfUnheld: 40
        case .writersOfOneRecord: 100
        case .fullBodies: 8
        case .unknownLogs: 80
        case .voids, .dueDates, .partsToCome, .unknownPlaces, .emptyFiles: 120
        case .repeats, .repeatChains, .disputedParts: 120
        case .twice, .rounds: 300
        }
    }

    /// Makes the burden in a folder; gives the command that is counted.
    func make(_ count: Int, for program: CountedProgram) throws -> [String] {
        switch self {
        case .owners:
            try found(program)
            let names = (1...count).map { "N\($0)" }.joined(separator: ";")
            return ["case", "open", "Noise", "--type", "noise", "--owners", names]
        case .columns:
            try found(program)
            let header = (["title", "type"] + (1...count).map { "c\($0)" }).joined(separator: ",")
            let row = "Noise,noise" + String(repeating: ",x", count: count)
            let path = "\(program.folder)/table.csv"
            try "\(header)\n\(row)\n".write(toFile: path, atomically: true, encoding: .utf8)
            return ["case", "import", path]
        case .emptyFiles:
            try found(program)
            try program.run(["sync", program.exchange, "--create"])
            for number in 1...count {
                let name = Base32.text(Bytes16(high: UInt64(number), low: 7).array)
                try Data().write(
                    to: URL(filePath: "\(program.exchange)/segments/\(name).segment"))
            }
            return ["sync", program.exchange]
        case .forks:
            try leaveForks(count, for: program)
            for _ in 1...2 { try program.run(["sync", program.exchange]) }
            return ["sync", program.exchange]
        case .tornTail:
            var story = Scenario("a", vocabulary: .current)
            story.write("\(Burden.next("f", in: story)) case: title=Noise type=noise")
            let garbage = (0..<count * 1_024).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            try write(story, to: program, tail: garbage)
            return ["verify"]
        default:
            try write(story(count), to: program)
            switch self {
            case .voids, .twice, .rounds: return ["show", "A-1"]
            case .writersOfOneRecord: return ["case", "visit", "F-1", "Nobody in"]
            case .fullBodies, .disputedParts: return ["case", "visit", "A-1", "Nobody in"]
            default: return ["verify"]
            }
        }
    }

    private func found(_ program: CountedProgram) throws {
        try program.run(["init", "T", "--holder", "H", "--agency", "A", "--call-sign", "C01"])
    }

    private func story(_ count: Int) -> Scenario {
        var story = Scenario("ab", vocabulary: .current)
        story.write("a1 case: title=Noise type=noise")
        switch self {
        case .voids:
            for number in 2...count + 1 { story.write("a\(number) a1: visits*=call") }
            for number in 1...count {
                story.write("b\(number)[a\(count + 1)] a1: visits!=a\(number + 1)")
            }
        case .logsOfOneKey:
            for letter in Burden.letters(count) {
                story.begin(letter, of: "a", after: nil)
                story.write("\(letter)1 case: title=Noise type=noise")
            }
        case .writersOfOneRecord, .fullBodies, .rounds, .disputedParts: pile(count, in: &story)
        case .unknownLogs, .unknownPlaces: nameStrangers(count, in: &story)
        case .repeats, .repeatsOfUnheld, .repeatChains: again(count, in: &story)
        case .dueDates:
            let action = Burden.next("f", in: story)
            story.write("\(action) action: title=Mark due=2000-01-01")
            for number in 1...count {
                let day = Burden.day(number)
                story.write("a\(number + 1)[\(action)] \(action): due=\(day)")
            }
        case .partsToCome:
            for number in 1...count {
                story.write("b\(number) a1: visits*=x", "a\(number + 1) a1: visits!=b\(number)")
            }
        case .twice:
            let names = (1...count).map { "N\($0)" }.joined(separator: ",")
            story.write(
                "a2 a1: owners+=\(names)", "a3 a1: owners-=\(names)", "a4 a1: owners+=\(names)",
                "a5 a1: owners-=\(names)")
        default: break
        }
        return story
    }

    /// Much on one record.
    private func pile(_ count: Int, in story: inout Scenario) {
        switch self {
        case .writersOfOneRecord:
            let record = Burden.next("f", in: story)
            story.write("\(record) case: title=Noise type=noise")
            for letter in Burden.letters(count) {
                story.begin(letter, of: "a", after: nil)
                story.write(
                    """
                    \(letter)1 \(record): title=\(letter) risk=high status=closed owners+=X \
                    visits*=call
                    """)
            }
        case .fullBodies:
            for number in 1...count {
                let names = (1...300).map { "N\(number)-\($0)" }.joined(separator: ",")
                story.write("b\(number)[a1] a1: owners+=\(names)")
            }
        case .disputedParts:
            for number in 2...count + 1 { story.write("a\(number) a1: visits*=call") }
            for number in 2...count + 1 {
                story.write("b\(number - 1)[a\(count + 1)] a1: visits~=a\(number),one")
                story.write("a\(count + number) a1: visits~=a\(number),two")
            }
        case .rounds:
            story.begin("c", of: "a", after: nil)
            story.write("a2 a1: title=A0", "c1 a1: title=C0")
            for number in 1...count {
                story.write(
                    "a\(number + 2)[c\(number)] a1: title=A\(number)",
                    "c\(number + 1)[a\(number + 1)] a1: title=C\(number)")
            }
        default: break
        }
    }

    /// Entries that repeat others.
    private func again(_ count: Int, in story: inout Scenario) {
        guard self == .repeatsOfUnheld else {
            // Each says that the one before did not happen, or that there was a visit.
            func word(_ log: Character, _ seq: Int) -> String {
                self == .repeats || seq < 3 ? "visits*=call" : "visits!=\(log)\(seq - 1)"
            }
            for seq in 2...count + 1 { story.write("a\(seq) a1: \(word("a", seq))") }
            story.begin("c", of: "a", after: nil)
            story.write("c1 -")
            for seq in 2...count + 1 {
                story.write("c\(seq)[f1] a1: \(word("c", seq)) again=a\(seq)")
            }
            return
        }
        story.write("b1[a1] a1: visits*=call")
        for letter in Burden.letters(count) {
            story.begin(letter, of: "b", after: nil)
            story.write("\(letter)1[f1] a1: visits*=call again=b1")
        }
    }

    /// Bases that name what nobody holds: a place of each of many logs, or many of one.
    private func nameStrangers(_ count: Int, in story: inout Scenario) {
        if self == .unknownPlaces {
            for number in 1...count {
                story.write("b\(number) -", "a\(number + 1)[b\(number)] a1: notes*=x")
            }
            return
        }
        for (number, letter) in Burden.letters(count).enumerated() {
            story.begin(letter, of: "b", after: nil)
            story.write("\(letter)1 -", "a\(number + 2)[\(letter)1] a1: notes*=x")
        }
    }

    /// An exchange with so many histories of one log, each in a file.
    private func leaveForks(_ count: Int, for program: CountedProgram) throws {
        var story = Scenario("a", vocabulary: .current)
        story.write("a1 case: title=Noise type=noise")
        try write(story, to: program)
        try program.run(["sync", program.exchange, "--create"])
        for number in 1...count {
            var other = story
            other.write("a2 a1: title=Noise\(number)")
            other.seal("a")
            let bytes = try #require(other.builders["a"]).bytes
            let slice = try bytes.withRaw { raw throws(FileFault) in try Slice(logFile: raw) }
            let file = SegmentFile.encode(slice.bytes, with: EpochKey(.zero))
            let name = Base32.text(Bytes16(high: UInt64(number), low: 7).array)
            try Data(file).write(to: URL(filePath: "\(program.exchange)/segments/\(name).segment"))
        }
    }

    private static func next(_ name: Character, in story: Scenario) -> Spot {
        Spot(name, story.last(name).seq + 1)
    }

    /// A day of 2000 and after, each later than the one before.
    private static func day(_ number: Int) -> String {
        let date = CivilDate(daysSince1970: 11_000 + number)
        return String(format: "%04d-%02d-%02d", date.year, date.month, date.day)
    }

    private static func letters(_ count: Int) -> [Character] {
        (0..<count).compactMap { UnicodeScalar(0x4E00 + $0).map(Character.init) }
    }

    /// Which logs of the story the book holds.
    private func holds(_ letter: Character) -> Bool {
        switch self {
        case .unknownLogs: letter.isASCII
        case .unknownPlaces, .partsToCome, .repeatsOfUnheld: letter != "b"
        default: true
        }
    }

    /// A book of the founder's device with the logs of a story.
    private func write(
        _ story: Scenario, to program: CountedProgram, tail: [UInt8] = []
    ) throws {
        let device = Scenario.device("f")
        let own = story.id(Spot("f", 1)).log
        let key = DeviceFile(
            keys: (device.key, device.box), partnership: story.partnership,
            // A device without a key has not been let in, and reads nothing of others.
            epochs: [Grant.Epoch(time: HybridTime(raw: 1), key: EpochKey(.zero))], log: own)
        let logs = "\(program.book)/logs"
        try FileManager.default.createDirectory(
            atPath: logs, withIntermediateDirectories: true)
        try Data(key.encoded).write(to: URL(filePath: "\(program.book)/device.key"))
        for letter in story.names where holds(letter) && story.last(letter).seq > 0 {
            var sealed = story
            sealed.seal(letter)
            guard let builder = sealed.builders[letter] else { continue }
            let bytes = builder.bytes + (builder.log.id == own ? tail : [])
            try Data(bytes).write(to: URL(filePath: "\(logs)/\(builder.log.id.hex).log"))
        }
    }
}
