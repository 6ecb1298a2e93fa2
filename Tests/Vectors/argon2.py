# SPDX-License-Identifier: MIT
"""Argon2id of RFC 9106, version 1.3, with one lane. For vectors only: it is slow."""

import hashlib
import struct

MASK = (1 << 64) - 1
WORDS = 128
SLICES = 4
ID = 2


def argon2id(password, salt, passes, kibibytes, size=32, secret=b"", associated=b"", lanes=1):
    """The tag of a password; kibibytes is how much memory is filled."""
    blocks = max(8 * lanes, 4 * lanes * (kibibytes // (4 * lanes)))
    seed = _seed(password, salt, passes, kibibytes, size, secret, associated, lanes)
    length = blocks // lanes
    memory = [[None] * length for _ in range(lanes)]
    for lane in range(lanes):
        for column in range(2):
            data = _long_hash(seed + struct.pack("<II", column, lane), 1024)
            memory[lane][column] = list(struct.unpack("<128Q", data))
    for number in range(passes):
        for part in range(SLICES):
            for lane in range(lanes):
                _fill(memory, number, lane, part, passes)
    last = memory[0][-1]
    for lane in range(1, lanes):
        last = _xor(last, memory[lane][-1])
    return _long_hash(struct.pack("<128Q", *last), size)


def _seed(password, salt, passes, kibibytes, size, secret, associated, lanes):
    data = struct.pack("<6I", lanes, size, kibibytes, passes, 0x13, ID)
    for one in (password, salt, secret, associated):
        data += struct.pack("<I", len(one)) + one
    return hashlib.blake2b(data, digest_size=64).digest()


def _long_hash(data, size):
    data = struct.pack("<I", size) + data
    if size <= 64:
        return hashlib.blake2b(data, digest_size=size).digest()
    out, block = b"", hashlib.blake2b(data).digest()
    while size - len(out) > 64:
        out += block[:32]
        left = size - len(out)
        block = hashlib.blake2b(block, digest_size=min(left, 64)).digest()
    return out + block


def _fill(memory, number, lane, part, passes):
    """One of the four parts of a lane, in one pass."""
    lanes, length = len(memory), len(memory[0])
    quarter = length // SLICES
    addresses = None
    is_free = number == 0 and part < 2
    for index in range(2 if number == 0 and part == 0 else 0, quarter):
        column = part * quarter + index
        before = memory[lane][column - 1]
        if is_free:
            if addresses is None or index % WORDS == 0:
                where = number, lane, part, lanes * length, passes
                addresses = _addresses(where, index // WORDS + 1)
            chance = addresses[index % WORDS]
        else:
            chance = before[0]
        other = lane if number == 0 and part == 0 else (chance >> 32) % lanes
        place = _place(number, part, index, quarter, length, chance & 0xFFFFFFFF, other == lane)
        made = _compress(before, memory[other][place])
        memory[lane][column] = made if number == 0 else _xor(made, memory[lane][column])


def _addresses(where, counter):
    zero = [0] * WORDS
    number, lane, part, blocks, passes = where
    entry = [number, lane, part, blocks, passes, ID, counter] + [0] * (WORDS - 7)
    return _compress(zero, _compress(zero, entry))


def _place(number, part, index, quarter, length, chance, is_same_lane):
    """Which block of a lane is taken in."""
    done = part * quarter if number == 0 else length - quarter
    size = done + index - 1 if is_same_lane else done - (1 if index == 0 else 0)
    relative = size - 1 - (size * ((chance * chance) >> 32) >> 32)
    start = 0 if number == 0 or part == SLICES - 1 else (part + 1) * quarter
    return (start + relative) % length


def _xor(one, other):
    return [a ^ b for a, b in zip(one, other)]


def _compress(one, other):
    mixed = _xor(one, other)
    made = list(mixed)
    for row in range(8):
        _permute(made, [16 * row + i for i in range(16)])
    for column in range(8):
        _permute(made, [2 * column + 16 * (i // 2) + i % 2 for i in range(16)])
    return _xor(made, mixed)


def _permute(words, at):
    for a, b, c, d in (
        (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
        (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
    ):
        _mix(words, at[a], at[b], at[c], at[d])


def _mix(v, a, b, c, d):
    for far, near in ((32, 24), (16, 63)):
        v[a] = (v[a] + v[b] + 2 * (v[a] & 0xFFFFFFFF) * (v[b] & 0xFFFFFFFF)) & MASK
        turned = v[d] ^ v[a]
        v[d] = (turned >> far | turned << 64 - far) & MASK
        v[c] = (v[c] + v[d] + 2 * (v[c] & 0xFFFFFFFF) * (v[d] & 0xFFFFFFFF)) & MASK
        turned = v[b] ^ v[c]
        v[b] = (turned >> near | turned << 64 - near) & MASK
