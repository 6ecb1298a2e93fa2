// SPDX-License-Identifier: MIT

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starts programs and takes their time from before the start until they are gone.
struct Program {
    let path: String

    struct Run {
        let nanoseconds: UInt64
        let peakBytes: Int
    }

    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs once, without output. Throws unless the program ends with a code that is accepted.
    func run(_ arguments: [String], accepting codes: Set<Int32> = [0]) throws -> Run {
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var process: pid_t = 0
        var status: Int32 = 0
        var usage = rusage()
        let start = Stopwatch.nowNanoseconds()
        guard posix_spawn(&process, path, &actions, nil, words, environ) == 0 else {
            throw Fault(description: "\(path) could not be started")
        }
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        let time = Stopwatch.nowNanoseconds() - start
        let code = status & 0x7f == 0 ? status >> 8 & 0xff : -1
        guard codes.contains(code) else {
            throw Fault(
                description: "\(path) \(arguments.joined(separator: " ")) ended with \(code)")
        }
        // Linux counts in KiB, Darwin in bytes.
        #if canImport(Glibc)
            return Run(nanoseconds: time, peakBytes: usage.ru_maxrss * 1_024)
        #else
            return Run(nanoseconds: time, peakBytes: usage.ru_maxrss)
        #endif
    }

    /// Runs several times after one run that is not counted; `prepare` is outside the timing.
    /// Before each run the machine's pace is taken, which may change from one second to the next.
    func figure(
        _ name: String, runs: Int, isWarmed: Bool = true, prepare: () throws -> Void = {},
        _ arguments: [String]
    ) throws -> Figure {
        var times: [UInt64] = []
        var paces: [UInt64] = []
        var peak = 0
        for run in 0..<(runs + (isWarmed ? 1 : 0)) {
            try prepare()
            let pace = References.pace()
            let done = try self.run(arguments)
            if isWarmed && run == 0 { continue }
            times.append(done.nanoseconds)
            paces.append(pace)
            peak = max(peak, done.peakBytes)
        }
        var figure = Figure(name, times)
        figure.peakBytes = peak
        figure.pace = paces.sorted()[paces.count / 2]
        return figure
    }
}
