// SPDX-License-Identifier: MIT
import Basics

/// How far a scan has come: all before `offset` is whole and chained.
package struct LogPosition: Hashable, Sendable {
    /// In bytes from the start of the log file, between two frames.
    package let offset: Int
    package let tip: LogTip
    /// The last valid seal before `offset`: where it ends, and what it covers.
    package let sealedOffset: Int
    package let sealedTip: LogTip

    package init(offset: Int, tip: LogTip, sealedOffset: Int, sealedTip: LogTip) {
        self.offset = offset
        self.tip = tip
        self.sealedOffset = sealedOffset
        self.sealedTip = sealedTip
    }

    /// Right behind a seal, or where nothing stands that could be sealed.
    package init(atSeal tip: LogTip, offset: Int) {
        self.init(offset: offset, tip: tip, sealedOffset: offset, sealedTip: tip)
    }
}

/// Reads a log's frames front to back and checks each as `Docs/Formats/Log.md` says.
///
/// The bytes are borrowed: their holder keeps them alive while the scanner and its entries are
/// used.
package struct LogScanner {
    /// What one step read.
    package enum Step: Sendable {
        /// The entries are in `entries` until the next step.
        case batch
        case seal
    }

    package let log: LogIdentity
    package private(set) var position: LogPosition
    private let file: UnsafeRawBufferPointer
    private let checksBodies: Bool
    private var batch = BatchReader()
    private var isKeySound = false

    /// Starts at the log's first frame after the birth, which it reads and checks.
    package init(_ file: UnsafeRawBufferPointer, checksBodies: Bool = true) throws(LogError) {
        let (log, end) = try LogScanner.birth(file)
        self.init(
            file, of: log,
            from: LogPosition(atSeal: log.start, offset: end),
            checksBodies: checksBodies)
    }

    /// Goes on from a place that an earlier scan of the same bytes reached.
    package init(
        _ file: UnsafeRawBufferPointer, of log: LogIdentity, from position: LogPosition,
        checksBodies: Bool = true
    ) {
        self.file = file
        self.log = log
        self.position = position
        self.checksBodies = checksBodies
    }

    /// The entries of the batch that the last step read; where bodies are checked, none of them has
    /// one that is not what its header says.
    package var entries: [EntryView] { batch.views }

    /// Whether a seal covers all that was read.
    package var isSealed: Bool { position.sealedTip.seq == position.tip.seq }

    /// Whether every byte was read.
    package var isAtEnd: Bool { position.offset == file.count }

    /// Reads one more frame; nil at the end of the bytes. After an error the scanner stands before
    /// the frame that is at fault.
    package mutating func next() throws(LogError) -> Step? {
        guard isAtEnd == false else { return nil }
        guard let frame = Frame.slice(file, at: position.offset) else { throw .frameIncomplete }
        switch frame.kind {
        case .birth: throw .birthAgain
        case .batch:
            try readBatch(frame)
            return .batch
        case .seal:
            try readSeal(frame)
            return .seal
        }
    }

    /// Reads one more frame; nil where the bytes end, and where they stop being good. For those who
    /// use a log as far as it is good, and have nobody to tell why it goes no further.
    package mutating func nextIfGood() -> Step? {
        do throws(LogError) { return try next() } catch { return nil }
    }

    /// The log that the file's birth names, and where its first frame ends.
    package static func birth(
        _ file: UnsafeRawBufferPointer
    ) throws(LogError) -> (log: LogIdentity, end: Int) {
        let magic = Frame.logMagic.count
        guard file.count >= magic, file.prefix(magic).elementsEqual(Frame.logMagic) else {
            throw .notALog
        }
        guard let frame = Frame.slice(file, at: magic), frame.kind == .birth else {
            throw .birthMissing
        }
        return (try LogIdentity(payload: frame.payload), frame.end)
    }

    private mutating func readBatch(_ frame: Frame.Slice) throws(LogError) {
        let tip = try batch.read(
            frame.payload, at: position.offset + Frame.headLength, after: position.tip,
            in: log.id)
        if checksBodies { batch.checkBodies() }
        try batch.checkMeaning()
        position = LogPosition(
            offset: frame.end, tip: tip, sealedOffset: position.sealedOffset,
            sealedTip: position.sealedTip)
    }

    private mutating func readSeal(_ frame: Frame.Slice) throws(LogError) {
        let seal = try Seal(frame.payload)
        guard seal.seq == position.tip.seq, seal.chain == position.tip.chain else {
            throw .sealOutOfPlace
        }
        // The key is looked at once a log: it costs about as much as a signature.
        isKeySound = isKeySound || log.key.isSound
        guard isKeySound, seal.verifiesAsSound(for: log) else { throw .sealForged }
        position = LogPosition(
            offset: frame.end, tip: position.tip, sealedOffset: frame.end,
            sealedTip: position.tip)
    }
}
