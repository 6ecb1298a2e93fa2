// SPDX-License-Identifier: MIT

/// What of an entry this program does not know, so that newer software is needed to read all of it.
/// It is kept and passed on all the same.
package enum Unread: String, Hashable, Sendable, CaseIterable {
    /// It is about a kind of record that is not known.
    case kind
    /// It changes a field that is not known.
    case field
    /// It writes a choice that is not known.
    case choice
    /// It is about no record, and of a type that is not known.
    case type
    /// Its header has more items than are known.
    case header
}
