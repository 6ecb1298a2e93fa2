// SPDX-License-Identifier: MIT
import Replicas
import Terminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Where the system does not say how the program was called, it is not taken for a call without
// words: what somebody asked for would be answered by the help, as if it were done.
guard CommandLine.arguments.isEmpty == false, CommandLine.arguments[0].isEmpty == false else {
    let said = "beatbook: The system does not say what was asked for; nothing was done.\n"
    _ = write(STDERR_FILENO, said, said.utf8.count)
    exit(2)
}

let program = Program(
    console: .ofProcess(), surroundings: .ofThisMachine(), interruptions: .ofProcess,
    variables: { name in getenv(name).map { String(cString: $0) } })
exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
