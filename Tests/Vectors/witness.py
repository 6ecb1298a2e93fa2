# SPDX-License-Identifier: MIT
"""Witness files and markers: Docs/Formats/Witness.md."""

import base64
from collections import namedtuple

from digests import H, u64be

MAGIC = bytes.fromhex("42454154 57495401")
SLOT = 4_096
LENGTH = 88

Witness = namedtuple("Witness", "generation log_id seq chain")


def make(one):
    """The bytes of a witness."""
    data = MAGIC + u64be(one.generation) + one.log_id + u64be(one.seq) + one.chain
    return data + H(b"beatbook/witness/1" + data)[:16]


def make_file(*witnesses):
    """A file in which some witnesses stand, each in its slot, the later over the earlier."""
    slots = [bytes(SLOT), bytes(SLOT)]
    for one in witnesses:
        slots[one.generation % 2] = make(one).ljust(SLOT, b"\0")
    return b"".join(slots)


def read_file(data):
    """What a file says; None if it says nothing."""
    found = [_good(data[number * SLOT : number * SLOT + LENGTH], number) for number in (0, 1)]
    return max((one for one in found if one), key=lambda one: one.generation, default=None)


def _good(data, number):
    check = H(b"beatbook/witness/1" + data[: LENGTH - 16])[:16]
    if len(data) != LENGTH or not data.startswith(MAGIC) or data[LENGTH - 16 :] != check:
        return None
    generation = int.from_bytes(data[8:16], "big")
    seq = int.from_bytes(data[32:40], "big")
    if generation % 2 != number or generation >= 2**62 or seq >= 2**40:
        return None
    return Witness(generation, data[16:32], seq, data[40:72])


def marker_name(signing_key, path):
    """The name of the file in which a machine remembers a book in a folder."""
    digest = H(b"beatbook/marker/1" + signing_key + path.encode("utf-8"))
    return base64.b32encode(digest[:20]).decode("ascii").lower() + ".marker"
