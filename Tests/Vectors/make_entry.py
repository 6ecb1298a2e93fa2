# SPDX-License-Identifier: MIT
"""entry.txt: headers, bodies, and changes of every family."""

import cbor
import entry
import make_bodies
from vectorfile import VectorFile, confirm_invalid
from world import at, seeded

TITLE = "Vectors for Docs/Formats/Entry.md and Changes.md, written by vectors.py."
KINDS = """
Kinds, with the names of their values:
header  log (bytes: the id of the log the header stands in), header (bytes),
        verdict (valid, invalid);
        valid: seq, time, further (numbers; the last is how many items follow the sixth),
        type (text), record (null, 0, a seq, <log>/<seq>, or <log>/<seq>/<h>; log and h in hex),
        base (items with one space between, or none: <log>/<seq>/<h>, <log>/<from>-<to>,... for
        what is left out, other/<the item in hex> for an item of another form), body-digest (bytes, or null);
        invalid: why (too-long, cbor, shape, seq, time, type, record, base, body-digest)
body    body, digest (bytes; the second is what bodyDigest must be), verdict (valid, invalid);
        valid: type (text: of the entry it may belong to), record (0, or some: whether that entry is
        about no record or about some), fields (names with one space between, or none),
        shows (text: the changes in diagnostic notation);
        invalid: why (too-short, cbor, shape, key, note)
roster  type (text), body (bytes), verdict (valid, invalid: whether what it says of the roster is used)
change  family (latest, cautious, standing, set, tally, entries, reading; or keyed: one of the first
        three where the vocabulary declares it so), change (bytes: the CBOR of one change),
        verdict (valid, invalid), shows (text: it in diagnostic notation)
"""

OWN = bytes.fromhex("50" * 16)
OTHERS = [bytes([byte]) * 16 for byte in range(1, 70)]
H16 = seeded("h", 16)
DIGEST = seeded("a body digest")
TIME = at("2016-03-14T09:30:00Z")


def make():
    """The text of entry.txt."""
    out = VectorFile(TITLE, KINDS)
    out.section("Headers that are valid")
    for name, data in valid_headers():
        _add_header(out, name, data)
    out.section("Headers that are not valid")
    for name, why, data in invalid_headers():
        confirm_invalid(name, why, data, lambda data: entry.check_header(data, OWN))
        out.add(name, kind="header", log=OWN, header=data, verdict="invalid", why=why)
    make_bodies.add_all(out)
    return out.text()


GOOD = {
    "seq": 7,
    "time": TIME,
    "type_": "case.visited",
    "record": 3,
    "base": [],
    "body_digest": DIGEST,
}


def header(further=(), **others):
    """The CBOR of a header that is good, but for what is said to be something else."""
    return cbor.encode([*{**GOOD, **others}.values(), *further])


def valid_headers():
    """name, header."""
    yield "header-creates", header(record=None, type_="case.opened")
    yield "header-about-no-record", header(record=0, type_="software.updated")
    yield "header-own-record", header(record=3)
    yield "header-own-record-just-before", header(record=6)
    yield "header-other-record", header(record=[OTHERS[0], 15])
    yield "header-other-record-of-a-fork", header(record=[OTHERS[0], 15, H16])
    yield "header-first", header(seq=1, record=None)
    yield "header-largest-numbers", header(seq=2**64 - 1, time=2**64 - 1, record=2**64 - 2)
    yield "header-time-0", header(time=0)
    yield "header-no-body", header(record=0, type_="sync.received", body_digest=None)
    yield "header-base-of-one", header(base=[[OTHERS[4], 2, H16]])
    yield "header-base-of-two", header(base=[[OTHERS[4], 2, H16], [OTHERS[5], 2**64 - 1, H16]])
    around = [[b"\x4f" * 16, 1, H16], [b"\x51" * 16, 1, H16]]
    yield "header-base-around-own-log", header(base=around)
    yield "header-base-of-64", header(base=[[log, 9, H16] for log in OTHERS[:64]])
    yield from _bases()
    yield "header-shortest-type", header(type_="a.b")
    yield "header-type-of-48", header(type_="a" * 40 + ".b234567")
    yield "header-type-with-digits-and-hyphens", header(type_="x-1-.y--2")
    yield "header-of-seven", header(further=[None])
    yield "header-of-nine", header(further=[1, {"a": [b"later"]}, "x"])
    yield "header-of-4096-bytes", _header_of(4096)


def _bases():
    one, two = OTHERS[4], OTHERS[5]
    yield "header-base-log-twice", header(base=[[one, 2, H16], [one, 3, seeded("another h", 16)]])
    yield "header-base-except-one", header(base=[[one, [[2, 2]]], [one, 3, H16]])
    runs = [[1, 2], [4, 4], [6, 2**64 - 1]]
    yield "header-base-except-runs", header(base=[[one, runs], [two, [[3, 9]]], [two, 9, H16]])
    yield "header-base-exception-alone", header(base=[[one, [[2, 2]]]])
    for name, item in (
        ("null", None),
        ("text", "later"),
        ("own-log", [OWN, 3, H16]),
        ("seq-0", [one, 0, H16]),
        ("seq-negative", [one, -1, H16]),
        ("seq-null", [one, None, H16]),
        ("short-log", [b"\1" * 15, 2, H16]),
        ("short-h", [one, 2, b"\1" * 15]),
        ("h-of-32", [one, 2, b"\1" * 32]),
        ("of-two", [one, 2]),
        ("of-four", [one, 2, H16, 0]),
        ("except-none", [one, []]),
        ("except-own-log", [OWN, [[1, 2]]]),
        ("except-0", [one, [[0, 2]]]),
        ("except-backwards", [one, [[3, 2]]]),
        ("except-touching", [one, [[1, 2], [3, 4]]]),
        ("except-falling", [one, [[3, 4], [1, 1]]]),
        ("except-run-of-three", [one, [[1, 2, 3]]]),
        ("except-number", [one, 2]),
        ("map", {"log": one}),
        ("deepest", [[[[[[1]]]]]]),
    ):
        yield f"header-base-item-{name}", header(base=[item])
    both = [[two, 2, H16], {"later": 1}]
    yield "header-base-item-after-one-that-is-known", header(base=both)


def _header_of(size):
    short = header(further=["x" * 300])
    return header(further=["x" * (300 + size - len(short))])


def invalid_headers():
    """name, why, header."""
    yield "header-of-4097-bytes", "too-long", _header_of(4097)
    yield "header-empty", "cbor", b""
    yield "header-trailing-byte", "cbor", header() + b"\0"
    yield "header-cut", "cbor", header()[:-1]
    yield "header-long-seq", "cbor", header().replace(b"\x86\x07", b"\x86\x18\x07", 1)
    yield "header-float-time", "cbor", b"\x86\x07\xfb" + bytes(8) + header()[11:]
    yield "header-seventh-item-broken", "cbor", b"\x87" + header()[1:] + b"\xf7"
    yield "header-seventh-item-deep", "cbor", b"\x87" + header()[1:] + b"\x81" * 8 + b"\0"
    yield "header-base-item-deep", "cbor", header(base=[[[[[[[[1]]]]]]]])
    yield "header-of-five", "shape", cbor.encode([7, TIME, "case.visited", 3, []])
    yield "header-map", "shape", cbor.encode({0: 7})
    yield "header-null", "shape", cbor.encode(None)
    yield "header-seq-0", "seq", header(seq=0, record=None)
    yield "header-seq-negative", "seq", header(seq=-1, record=None)
    yield "header-seq-text", "seq", header(seq="7", record=None)
    yield "header-seq-true", "seq", header(seq=True, record=None)
    yield "header-time-negative", "time", header(time=-1)
    yield "header-time-null", "time", header(time=None)
    yield "header-time-text", "time", header(time="2016-03-14")
    for name, type_ in (
        ("empty", ""),
        ("no-dot", "visited"),
        ("two-dots", "case.visit.ed"),
        ("dot-first", ".visited"),
        ("dot-last", "case."),
        ("capital", "Case.visited"),
        ("capital-later", "case.Visited"),
        ("digit-first", "1case.visited"),
        ("digit-after-dot", "case.1visited"),
        ("hyphen-first", "-case.visited"),
        ("hyphen-after-dot", "case.-visited"),
        ("underscore", "case.was_visited"),
        ("space", "case. visited"),
        ("line-feed-last", "case.visited\n"),
        ("accent", "caf\u00e9.visited"),
        ("of-49", "a" * 41 + ".b234567"),
        ("bytes", b"case.visited"),
        ("null", None),
    ):
        yield f"header-type-{name}", "type", header(type_=type_)
    for name, record in (
        ("itself", 7),
        ("later", 8),
        ("negative", -1),
        ("true", True),
        ("text", "3"),
        ("bytes", OTHERS[0]),
        ("own-log", [OWN, 3]),
        ("own-log-of-a-fork", [OWN, 3, H16]),
        ("other-0", [OTHERS[0], 0]),
        ("other-negative", [OTHERS[0], -1]),
        ("zero-and-seq", [0, 3]),
        ("short-log", [b"\1" * 15, 3]),
        ("long-log", [b"\1" * 32, 3]),
        ("log-as-text", ["01" * 8, 3]),
        ("short-h", [OTHERS[0], 3, b"\1" * 15]),
        ("h-of-32", [OTHERS[0], 3, b"\1" * 32]),
        ("h-null", [OTHERS[0], 3, None]),
        ("of-one", [OTHERS[0]]),
        ("of-four", [OTHERS[0], 3, H16, 0]),
        ("of-none", []),
    ):
        yield f"header-record-{name}", "record", header(record=record)
    for name, base in _invalid_bases():
        data = cbor.encode([7, TIME, "case.visited", 3, base, DIGEST])
        yield f"header-base-{name}", "base", data
    for name, digest in (
        ("short", b"\1" * 31),
        ("long", b"\1" * 33),
        ("text", "1" * 32),
        ("false", False),
    ):
        yield f"header-body-digest-{name}", "body-digest", header(body_digest=digest)


def _invalid_bases():
    one, two = [OTHERS[0], 2, H16], [OTHERS[1], 2, H16]
    return (
        ("null", None),
        ("map", {}),
        ("not-nested", one),
        ("unsorted", [two, one]),
        ("item-twice", [one, one]),
        ("exception-after-what-it-is-for", [one, [OTHERS[0], [[1, 1]]]]),
        ("unsorted-other-items", [one, "x"]),
        ("of-65", [[log, 9, H16] for log in OTHERS[:65]]),
    )


def _add_header(out, name, data):
    found = entry.check_header(data, OWN)
    values = {"log": OWN, "header": data, "verdict": "valid", **header_values(found, OWN)}
    out.add(name, kind="header", **values)


def header_values(found, own_log):
    """What a vector says of a header that stands in some log."""
    return {
        "seq": found.seq,
        "time": found.time,
        "type_": found.type,
        "record": show_record(found.record),
        "base": [show_item(item, own_log) for item in found.base],
        "body_digest": "null" if found.body_digest is None else found.body_digest,
        "further": found.further,
    }


def show_record(record):
    """A record as the vectors files write it."""
    if record is None:
        return "null"
    return str(record) if type(record) is int else show_place(record)


def show_item(item, own_log):
    """An item of a base as the vectors files write it."""
    if entry.is_seen_item(item, own_log):
        return show_place(item)
    if entry.is_exception(item, own_log):
        runs = ",".join(f"{one}-{two}" for one, two in item[1])
        return f"{item[0].hex()}/{runs}"
    return f"other/{cbor.encode(item).hex()}"


def show_place(place):
    """A log id, a seq and h, where it is there, with slashes between."""
    return "/".join(part.hex() if type(part) is bytes else str(part) for part in place)
