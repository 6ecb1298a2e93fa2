// SPDX-License-Identifier: MIT
package import Basics
package import Logs
import Projections

/// One log as it is held: its bytes come in when they are first needed.
package final class LogSource {
    package let identity: LogIdentity
    /// Of the file: a log of which several histories are held has a file for each.
    package let name: String
    /// In bytes, when the source was made.
    package let size: Int
    /// Whether this device writes it: it is read even by a device that was not let in yet.
    package let isOwn: Bool
    /// Whether what stands behind its last seal counts, as in the log that is written here. Of
    /// another device's log such bytes are nobody's words.
    package let countsUnsealed: Bool
    private let expected: LogPosition?
    private let open: () throws(Failure) -> FileView
    private var opened: FileView?

    /// `position` is a place that was read before: bytes that do not have it are not used.
    package init(
        _ identity: LogIdentity, name: String = "", size: Int, isOwn: Bool,
        countsUnsealed: Bool? = nil, expecting position: LogPosition? = nil,
        open: @escaping () throws(Failure) -> FileView
    ) {
        self.identity = identity
        self.name = name
        self.size = size
        self.isOwn = isOwn
        self.countsUnsealed = countsUnsealed ?? isOwn
        expected = position
        self.open = open
    }

    package func view() throws(Failure) -> FileView {
        if let opened { return opened }
        let view = try open()
        opened = view
        if let expected, try continues(after: expected) == false {
            opened = nil
            // What is mended has other bytes than before, and more of them.
            guard view.bytes.count > expected.offset else {
                throw Failure(
                    .damaged, "The log \(identity.id.hex) is damaged at its end on this disk.",
                    advice: "All before is safe: 'beatbook sync FOLDER --thorough' brings what "
                        + "others hold, and 'beatbook verify' says what is damaged.")
            }
            throw Failure(
                .locked, "This book was mended by another command while this command read it.",
                advice: "Run it again; nothing is lost.")
        }
        return view
    }

    /// Whether the file still has a frame that ends at a place which was read before: a file that
    /// was written anew, with bodies that had been lacking, has its frames elsewhere.
    func continues(after position: LogPosition) throws(Failure) -> Bool {
        let bytes = try view().bytes
        guard position.offset <= bytes.count else { return false }
        guard position.tip.seq > 0 else { return true }
        // A batch ends with its chain value, a seal with a signature after it.
        let ends = [0, Frame.sealTailLength].map { position.offset - $0 }
        return ends.contains { end in
            guard end >= 32, let start = bytes.baseAddress else { return false }
            return Bytes32(start + (end - 32)) == position.tip.chain
        }
    }

    /// The same, read as it stands, whatever an index has read of it.
    func asItStands() -> LogSource {
        LogSource(
            identity, name: name, size: size, isOwn: isOwn, countsUnsealed: countsUnsealed,
            open: open)
    }

    /// Lets go of the bytes; they come in again when needed.
    package func close() { opened = nil }

    /// The entry whose header item starts at an offset that was noted when the log was read. A body
    /// that has rotted since is found, unless the caller has no use for it.
    package func entry(at offset: Int, checksBody: Bool = true) throws(Failure) -> EntryView {
        let bytes = try view().bytes
        do throws(EntryError) {
            return try EntryView(
                at: offset, of: bytes, in: identity.id, checksBody: checksBody)
        } catch {
            throw Failure(
                .damaged, "The log \(identity.id.hex) is damaged at byte \(offset).",
                advice: "Nothing was changed: run 'beatbook verify' to see what is affected.")
        }
    }
}
