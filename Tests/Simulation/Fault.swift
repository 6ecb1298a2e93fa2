// SPDX-License-Identifier: MIT
package import Basics

/// What goes wrong in one call to a `MemoryFiles`.
package enum Fault: Hashable, Sendable {
    /// The call fails and changes nothing.
    case fails(Failure.Kind)
    /// The call fails halfway and cannot clean up: an append keeps this many of its bytes, a file
    /// that was to be made whole is left under its temporary name, other calls change nothing.
    case stopsShort(keeping: Int)
    /// The call says that all is well, and the file holds other bytes than it was given.
    case storesOthers
    /// The call does what it says, and fails: a disk that refuses to sync what can be read there.
    case failsAfter(Failure.Kind)
    /// The power goes: all calls fail until `restart`.
    case crashes(CrashPoint)
}

/// How far a call came when the power went.
package enum CrashPoint: Hashable, Sendable {
    case before
    /// An append keeps this many of its bytes; a file that was to be made whole is left under its
    /// temporary name with as many; anything else did not happen.
    case midway(keeping: Int)
    /// An append left the file as long as it should be, with this many of its bytes and then zeros.
    case zeroFilled(keeping: Int)
    /// The call did all its work, and its caller never heard.
    case after
}
