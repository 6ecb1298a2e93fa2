// SPDX-License-Identifier: MIT

/// What a run tells the program that started it.
package enum ExitCode: Int32, Sendable {
    /// Done as asked.
    case done = 0
    /// The rules said no: nothing was written, and the message says what to do.
    case rejected = 1
    /// The call or the world failed: a word that is no verb, a file that cannot be read.
    case failed = 2
    /// Done, but something found needs a person.
    case findings = 3
}
