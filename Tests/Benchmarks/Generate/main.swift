// SPDX-License-Identifier: MIT
import Generator
import Logs

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

let usage = """
    Makes a book with the logs of many devices, the same for the same numbers.
    Usage: beatbook-generate [--devices 50] [--events 10000] [--records 1000] [--seed 1]
           [--skew 30] [--notes 40] [--sync-every 200] [--news 100] FOLDER
    """

/// The plan and the folder that the words ask for; nil if they ask for none.
func read(_ words: [String]) -> (plan: BookPlan, folder: String)? {
    var plan = BookPlan()
    var folder: String?
    var rest = words[...]
    while let word = rest.popFirst() {
        guard word.hasPrefix("--") else {
            guard folder == nil else { return nil }
            folder = word
            continue
        }
        guard let number = rest.popFirst().flatMap({ Int($0) }), number >= 0 else { return nil }
        switch word {
        case "--devices": plan.devices = number
        case "--events": plan.events = number
        case "--records": plan.records = number
        case "--seed": plan.seed = UInt64(number)
        case "--skew": plan.skew = number
        case "--notes": plan.notes = number
        case "--sync-every": plan.syncEvery = number
        case "--news": plan.news = number
        default: return nil
        }
    }
    return folder.map { (plan, $0) }
}

guard let (plan, folder) = read(Array(CommandLine.arguments.dropFirst())) else {
    print(usage)
    exit(2)
}
let book = try GeneratedBook(plan)
try book.write(to: folder, DiskFiles())
print("\(book.events) events of \(plan.devices) devices over \(book.records) records")
print("\(book.logBytes) bytes of logs, \(book.logBytes / max(1, book.events)) an event")
print("digest \(book.digest)")
