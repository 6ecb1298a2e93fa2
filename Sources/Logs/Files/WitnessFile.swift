// SPDX-License-Identifier: MIT
package import Basics

/// A file of two slots that take a witness in turn, so that a write that is cut short spoils the
/// older one alone.
package struct WitnessFile: Sendable {
    package static let slotLength = 4_096

    package let path: String
    private let files: any FileSystem

    package init(_ path: String, files: any FileSystem) {
        self.path = path
        self.files = files
    }

    /// The witness of the highest generation; nil if there is no file, or no good slot in it.
    package func read() throws(Failure) -> Witness? {
        guard try files.size(path) != nil else { return nil }
        return WitnessFile.witness(in: try files.start(of: path, count: 2 * Self.slotLength))
    }

    /// Puts a witness in its slot. `waits` says whether for the disk.
    package func write(_ witness: Witness, waits: Bool) throws(Failure) {
        guard try files.size(path) == 2 * Self.slotLength else {
            return try files.replace(path, WitnessFile.bytes(witness))
        }
        try files.overwrite(
            path, at: WitnessFile.place(of: witness), with: WitnessFile.slot(witness),
            waits: waits)
    }

    /// A whole file that says this and nothing else.
    package static func bytes(_ witness: Witness) -> [UInt8] {
        let empty = [UInt8](repeating: 0, count: slotLength)
        return place(of: witness) == 0 ? slot(witness) + empty : empty + slot(witness)
    }

    private static func slot(_ witness: Witness) -> [UInt8] {
        witness.encoded + [UInt8](repeating: 0, count: slotLength - Witness.length)
    }

    /// What a file's bytes say; a witness that stands in the other slot was put there by nobody.
    package static func witness(in bytes: [UInt8]) -> Witness? {
        let found = [0, slotLength].compactMap { place in
            bytes.count < place + Witness.length
                ? nil
                : Witness(bytes[place...]).flatMap { self.place(of: $0) == place ? $0 : nil }
        }
        return found.max { $0.generation < $1.generation }
    }

    /// The name of the file in which a machine remembers a device's book in a folder, which is
    /// named from the root.
    package static func markerName(of key: DeviceKey, at folder: String) -> String {
        let digest = Digest.of(.marker, key.bytes.array + Array(folder.utf8))
        return "\(Base32.text(digest.bytes.array.prefix(20))).marker"
    }

    private static func place(of witness: Witness) -> Int {
        Int(witness.generation % 2) * slotLength
    }
}
