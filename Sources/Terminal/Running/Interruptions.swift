// SPDX-License-Identifier: MIT
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps Ctrl-C and its like waiting: whoever is ended between the writing and the answer would not
/// know what stands, and enter it again.
package struct Interruptions: Sendable {
    let hold: @Sendable () -> Void
    let release: @Sendable () -> Void

    /// Where there is no process of its own to end.
    package static let none = Interruptions(hold: {}, release: {})

    /// Those of this process.
    package static let ofProcess = Interruptions(
        hold: { mask(SIG_BLOCK) }, release: { mask(SIG_UNBLOCK) })

    private static func mask(_ how: Int32) {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
        pthread_sigmask(how, &signals, nil)
    }
}
