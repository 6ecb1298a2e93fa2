# SPDX-License-Identifier: MIT
"""witness.txt: witness files, good, torn and spoilt, and the names of markers."""

import make_log
import witness
from vectorfile import VectorFile
from witness import SLOT, Witness
from world import FOUNDER, WARDEN

TITLE = """
Vectors for Docs/Formats/Witness.md, written by vectors.py. The logs are those of log.txt.
"""
KINDS = """
Kinds, with the names of their values:
witness  file (bytes), says (nothing, or generation, log id, seq and chain value with one space
         between)
marker   signing-key (bytes), path (bytes), file-name (text)
"""


def make():
    """The text of witness.txt."""
    out = VectorFile(TITLE, KINDS)
    founders, _, _ = make_log.grow()
    places = [
        Witness(number + 1, founders.birth.id, number, founders.chains[number])
        for number in range(5)
    ]
    out.section("Files")
    for name, data in _files(places):
        said = witness.read_file(data)
        out.add(f"witness-{name}", kind="witness", file=data, says=_shown(said))
    out.section("Names of markers")
    for name, device, path in (
        ("warden", WARDEN, "/books/w"),
        ("founder", FOUNDER, "/books/w"),
        ("elsewhere", WARDEN, "/stick/Bücher/beatbook"),
        ("root", WARDEN, "/"),
    ):
        key = device.signing_key
        named = witness.marker_name(key, path)
        out.add(
            f"marker-{name}", kind="marker", signing_key=key,
            path=path.encode("utf-8"), file_name=named,
        )
    return out.text()


def _files(places):
    """name, file"""
    first, second, third, fourth, fifth = places
    both = witness.make_file(first, second)
    yield "first", witness.make_file(first)
    yield "second", both
    yield "third", witness.make_file(first, second, third)
    yield "far-apart", witness.make_file(first, fourth)
    yield "same-generation-twice", witness.make(first).ljust(SLOT, b"\0") * 2
    yield "greatest-generation", witness.make_file(fourth, fifth._replace(generation=2**62 - 1))
    yield "generation-too-great", witness.make_file(fourth, fifth._replace(generation=2**62 + 1))
    yield "generation-of-all-ones", witness.make_file(fourth, fifth._replace(generation=2**64 - 1))
    yield "seq-too-great", witness.make_file(fourth, fifth._replace(seq=2**40))
    yield "generation-0", witness.make_file(first._replace(generation=0))
    yield "empty-file", b""
    yield "zeros", bytes(2 * SLOT)
    yield "one-slot-alone", witness.make_file(second)[:SLOT]
    yield "cut-in-the-second", witness.make_file(first, second)[: SLOT + 87]
    yield "whole-without-its-zeros", witness.make_file(first, second)[: SLOT + 88]
    yield "bytes-after-the-witness", both[: SLOT - 1] + b"x" + both[SLOT:]
    for size in (1, 40, 72, 87):
        torn = bytearray(witness.make_file(first, second))
        torn[:size] = witness.make(fourth)[:size]
        yield f"torn-after-{size}", bytes(torn)
    for name, at in (("magic", 0), ("generation", 15), ("seq", 39), ("check", 87)):
        spoilt = bytearray(both)
        spoilt[at] ^= 1
        yield f"spoilt-{name}", bytes(spoilt)
    swapped = both[SLOT:] + both[:SLOT]
    yield "slots-swapped", swapped
    yield "version-2", both.replace(witness.MAGIC, witness.MAGIC[:7] + b"\2")


def _shown(said):
    if said is None:
        return "nothing"
    return f"{said.generation} {said.log_id.hex()} {said.seq} {said.chain.hex()}"
