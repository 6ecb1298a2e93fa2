// SPDX-License-Identifier: MIT

/// What the arguments of the program ask for.
package enum Call: Equatable, Sendable {
    case run(Invocation)
    /// Help on the verb at a path, or on the whole program where the path is empty.
    case help(path: [String])
    case version
    /// The shell asks how the last of these words may go on; the words before it are whole.
    case completeWords([String])
}
