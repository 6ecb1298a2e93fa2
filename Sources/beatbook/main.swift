// SPDX-License-Identifier: MIT
import Replicas
import Terminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

let program = Program(
    console: .ofProcess(), surroundings: .ofThisMachine(),
    variables: { name in getenv(name).map { String(cString: $0) } })
exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
