# SPDX-License-Identifier: MIT
"""XSalsa20-Poly1305 (crypto_box) and XChaCha20-Poly1305 (IETF). For vectors only.

The words of many blocks are worked on at once: one long integer holds the same word of each block,
in a lane of 64 bits of which the upper 32 are masked off after every step.
"""

import array
import hmac
import struct
import sys

import x25519

CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")
BLOCKS_AT_ONCE = 512

CHACHA_COLUMNS = [(i, i + 4, i + 8, i + 12) for i in range(4)]
CHACHA_DIAGONALS = [(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4) for i in range(4)]
SALSA_COLUMNS = [(0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11)]
SALSA_ROWS = [(0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14)]


def seal_aead(key, nonce, associated, message):
    """XChaCha20-Poly1305: the ciphertext, then 16 bytes of tag."""
    subkey, short_nonce = hchacha(key, nonce[:16]), bytes(4) + nonce[16:]
    ciphertext = xor(message, chacha_stream(subkey, short_nonce, 1, len(message)))
    return ciphertext + _aead_tag(subkey, short_nonce, associated, ciphertext)


def open_aead(key, nonce, associated, sealed):
    """The message, or None if the tag does not fit."""
    if len(sealed) < 16:
        return None
    subkey, short_nonce = hchacha(key, nonce[:16]), bytes(4) + nonce[16:]
    ciphertext, tag = sealed[:-16], sealed[-16:]
    if not hmac.compare_digest(tag, _aead_tag(subkey, short_nonce, associated, ciphertext)):
        return None
    return xor(ciphertext, chacha_stream(subkey, short_nonce, 1, len(ciphertext)))


def seal_box(public, secret, nonce, message):
    """crypto_box as in libsodium's `easy` form: 16 bytes of tag, then the ciphertext."""
    return seal_secretbox(box_key(public, secret), nonce, message)


def open_box(public, secret, nonce, sealed):
    """The message of a crypto_box, or None if the tag does not fit or the keys share only zeros."""
    if not any(x25519.shared(secret, public)):
        return None
    return open_secretbox(box_key(public, secret), nonce, sealed)


def box_key(public, secret):
    """The key that two parties share: HSalsa20 of their X25519 point, and 16 zeros."""
    return hsalsa(x25519.shared(secret, public), bytes(16))


def seal_secretbox(key, nonce, message):
    """XSalsa20-Poly1305: 16 bytes of tag, then the ciphertext."""
    stream = xsalsa_stream(key, nonce, 32 + len(message))
    ciphertext = xor(message, stream[32:])
    return poly1305(stream[:32], ciphertext) + ciphertext


def open_secretbox(key, nonce, sealed):
    """The message, or None if the tag does not fit."""
    if len(sealed) < 16:
        return None
    tag, ciphertext = sealed[:16], sealed[16:]
    stream = xsalsa_stream(key, nonce, 32 + len(ciphertext))
    if not hmac.compare_digest(tag, poly1305(stream[:32], ciphertext)):
        return None
    return xor(ciphertext, stream[32:])


def poly1305(key, message):
    """The 16 byte tag of RFC 8439, section 2.5."""
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b"\1", "little")) * r
        total %= (1 << 130) - 5
    return ((total + int.from_bytes(key[16:], "little")) % (1 << 128)).to_bytes(16, "little")


def chacha_stream(key, nonce, counter, length):
    """The key stream of ChaCha20 (RFC 8439): 12 bytes of nonce, 32 bits of counter."""
    words = struct.unpack("<8I", key), struct.unpack("<3I", nonce)

    def state(counters, spread):
        fixed = [word * spread for word in CONSTANTS + words[0]]
        return fixed + [counters] + [word * spread for word in words[1]]

    return _stream(state, chacha_rounds, counter, length)


def xsalsa_stream(key, nonce, length):
    """The key stream of XSalsa20: 24 bytes of nonce."""
    k = struct.unpack("<8I", hsalsa(key, nonce[:16]))
    n, c = struct.unpack("<2I", nonce[16:]), CONSTANTS

    def state(counters, spread):
        words = [c[0], *k[:4], c[1], *n, 0, 0, c[2], *k[4:], c[3]]
        lanes = [word * spread for word in words]
        lanes[8] = counters
        return lanes

    return _stream(state, salsa_rounds, 0, length)


def hchacha(key, nonce):
    """HChaCha20 of draft-irtf-cfrg-xchacha: 32 bytes from a key and 16 bytes."""
    state = [*CONSTANTS, *struct.unpack("<8I", key), *struct.unpack("<4I", nonce)]
    chacha_rounds(state, 0xFFFFFFFF)
    return struct.pack("<8I", *state[:4], *state[12:])


def hsalsa(key, nonce):
    """HSalsa20 of NaCl: 32 bytes from a key and 16 bytes."""
    k, n, c = struct.unpack("<8I", key), struct.unpack("<4I", nonce), CONSTANTS
    state = [c[0], *k[:4], c[1], *n, c[2], *k[4:], c[3]]
    salsa_rounds(state, 0xFFFFFFFF)
    return struct.pack("<8I", *state[0:16:5], *state[6:10])


def chacha_rounds(x, mask):
    """Twenty rounds of ChaCha, in place."""
    for _ in range(10):
        for a, b, c, d in CHACHA_COLUMNS + CHACHA_DIAGONALS:
            for other, turn in ((d, 16), (b, 12), (d, 8), (b, 7)):
                source = (a, b) if other == d else (c, d)
                x[source[0]] = x[source[0]] + x[source[1]] & mask
                x[other] = _turned(x[other] ^ x[source[0]], turn, mask)


def salsa_rounds(x, mask):
    """Twenty rounds of Salsa, in place."""
    for _ in range(10):
        for a, b, c, d in SALSA_COLUMNS + SALSA_ROWS:
            for to, one, two, turn in ((b, a, d, 7), (c, b, a, 9), (d, c, b, 13), (a, d, c, 18)):
                x[to] ^= _turned(x[one] + x[two] & mask, turn, mask)


def xor(one, two):
    """The bytes of one, each with its counterpart in two."""
    number = int.from_bytes(one, "little") ^ int.from_bytes(two[: len(one)], "little")
    return number.to_bytes(len(one), "little")


def _turned(x, bits, mask):
    return (x << bits | x >> 32 - bits) & mask


def _stream(state, rounds, counter, length):
    """The blocks from a counter on, until there are enough bytes."""
    stream = bytearray()
    while len(stream) < length:
        count = min(BLOCKS_AT_ONCE, -(-(length - len(stream)) // 64))
        spread = sum(1 << 64 * lane for lane in range(count))
        mask = spread * 0xFFFFFFFF
        before = state(sum(counter + lane << 64 * lane for lane in range(count)), spread)
        after = list(before)
        rounds(after, mask)
        words = [_lanes(a + b & mask, count) for a, b in zip(after, before)]
        stream += b"".join(struct.pack("<16I", *block) for block in zip(*words))
        counter += count
    return bytes(stream[:length])


def _lanes(number, count):
    lanes = array.array("Q", number.to_bytes(8 * count, "little"))
    if sys.byteorder == "big":
        lanes.byteswap()
    return lanes


def _aead_tag(subkey, nonce, associated, ciphertext):
    """The tag of RFC 8439, section 2.8."""
    lengths = struct.pack("<QQ", len(associated), len(ciphertext))
    parts = associated, bytes(-len(associated) % 16), ciphertext, bytes(-len(ciphertext) % 16)
    return poly1305(chacha_stream(subkey, nonce, 0, 32), b"".join(parts) + lengths)
