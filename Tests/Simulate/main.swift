// SPDX-License-Identifier: MIT
import Storms

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs storms: `beatbook-simulate FIRST COUNT`. Ends with 1 if a promise was broken.
let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard numbers.count == 2, let first = numbers[0], let count = numbers[1] else {
    print("usage: beatbook-simulate FIRST COUNT")
    exit(2)
}
let outcome = Storms.run(first..<(first + count))
if count == 1, outcome.troubles.isEmpty {
    let storm = Storm(Storm.Plan(seed: first))
    try storm.run()
    print(storm.story)
}
for trouble in outcome.troubles { print(trouble) }
print("\(count) storms from seed \(first): \(outcome.census)")
exit(outcome.troubles.isEmpty ? 0 : 1)
