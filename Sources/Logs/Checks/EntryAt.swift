// SPDX-License-Identifier: MIT
package import Basics

extension EntryView {
    /// The entry whose header item starts at `offset` of a log file that was checked before.
    ///
    /// Its chain value is left out. Throws if no entry stands there.
    package init(
        at offset: Int, of file: UnsafeRawBufferPointer, in log: LogID
    ) throws(EntryError) {
        guard offset >= 0, offset < file.count else { throw .headerMalformed(.endsEarly) }
        let rest = UnsafeRawBufferPointer(rebasing: file[offset...])
        let raw: UnsafeRawBufferPointer
        let body: UnsafeRawBufferPointer?
        do throws(CBORError) {
            var reader = CBORReader(rest)
            raw = try reader.bytes(limit: Limits.header)
            body = reader.takeNull() ? nil : try reader.bytes(limit: Limits.body)
        } catch {
            throw .headerMalformed(error)
        }
        self.init(
            header: try EntryHeader(raw, in: log), body: body, offset: offset, chain: .zero)
    }
}
