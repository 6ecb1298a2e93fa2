// SPDX-License-Identifier: MIT
import CSodium

/// BLAKE2b-256, the one hash of the formats.
package struct Digest: Hashable, Sendable {
    package let bytes: Bytes32

    package init(_ bytes: Bytes32) { self.bytes = bytes }

    /// The digest of the domain string followed by the bytes.
    package static func of(_ domain: Domain, _ parts: [UInt8]...) -> Digest {
        var stream = DigestStream()
        stream.add(Array(domain.rawValue.utf8))
        for part in parts { stream.add(part) }
        return stream.finish()
    }

    /// The plain digest of the bytes, as `b2sum -l 256` gives it.
    package static func of(_ bytes: [UInt8]) -> Digest {
        bytes.withUnsafeBytes { Digest.of(raw: $0) }
    }

    /// The plain digest of the bytes in memory.
    package static func of(raw: UnsafeRawBufferPointer) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { out in
            let start = out.baseAddress.unsafelyUnwrapped
            crypto_generichash(
                start.assumingMemoryBound(to: UInt8.self), 32,
                raw.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(raw.count), nil, 0)
            return Digest(Bytes32(UnsafeRawPointer(start)))
        }
    }

    /// The digest of a prefix followed by bytes in memory, in one call while they are short.
    package static func of(
        prefix: UnsafeRawBufferPointer, _ raw: UnsafeRawBufferPointer
    ) -> Digest {
        let total = prefix.count + raw.count
        guard total <= 4_608 else {
            var stream = DigestStream()
            stream.add(raw: prefix)
            stream.add(raw: raw)
            return stream.finish()
        }
        return withUnsafeTemporaryAllocation(byteCount: total, alignment: 8) { scratch in
            scratch.copyMemory(from: prefix)
            UnsafeMutableRawBufferPointer(rebasing: scratch[prefix.count...]).copyMemory(from: raw)
            return Digest.of(raw: UnsafeRawBufferPointer(scratch))
        }
    }
}

/// BLAKE2b-256 over bytes that come in pieces.
package struct DigestStream: ~Copyable {
    // libsodium's state wants 64 byte alignment, which an imported Swift struct cannot promise.
    private let memory: UnsafeMutableRawPointer

    package init() {
        memory = .allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
        crypto_generichash_init(OpaquePointer(memory), nil, 0, 32)
    }

    deinit { memory.deallocate() }

    package mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { add(raw: $0) }
    }

    package mutating func add(raw: UnsafeRawBufferPointer) {
        guard let base = raw.baseAddress else { return }
        crypto_generichash_update(
            OpaquePointer(memory), base.assumingMemoryBound(to: UInt8.self), UInt64(raw.count))
    }

    /// The digest of all that was added; the stream is used up.
    package consuming func finish() -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { out in
            let start = out.baseAddress.unsafelyUnwrapped
            crypto_generichash_final(
                OpaquePointer(memory), start.assumingMemoryBound(to: UInt8.self), 32)
            return Digest(Bytes32(UnsafeRawPointer(start)))
        }
    }
}

extension Bytes32 {
    package static let zero = Bytes32(
        first: Bytes16(high: 0, low: 0), second: Bytes16(high: 0, low: 0))
}
