# SPDX-License-Identifier: MIT
"""Entry headers and bodies: Docs/Formats/Entry.md."""

import re
from collections import namedtuple

import cbor
from trouble import Invalid, need

HEADER_LIMIT = 4_096
BODY_LIMIT = 262_144
TYPE_LIMIT = 48
BASE_LIMIT = 64
SALT_SIZE = 16
TYPE_FORM = re.compile(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*")

# base is a list of (log id, seq, h); further is the number of items after the sixth.
Header = namedtuple("Header", "seq time type record base body_digest further")


def make_header(seq, time, type_, record=0, base=(), body_digest=None, further=()):
    """The bytes of a header."""
    elements = [list(element) for element in base]
    return cbor.encode([seq, time, type_, record, elements, body_digest, *further])


def check_header(data, own_log):
    """The header in some bytes, or Invalid; own_log is the id of the log it stands in."""
    need(len(data) <= HEADER_LIMIT, "too-long", f"a header of {len(data)} bytes")
    items = cbor.decode(data)
    need(type(items) is list and len(items) >= 6, "shape", "a header is an array of six or more")
    seq, time, type_, record, base, body_digest = items[:6]
    need(is_unsigned(seq) and seq >= 1, "seq", "seq is unsigned and from 1 up")
    need(is_unsigned(time), "time", "time is unsigned")
    need(_is_type(type_), "type", "type is a short text with one dot")
    _check_record(record, seq, own_log)
    _check_base(base, own_log)
    need(body_digest is None or is_bytes(body_digest, 32), "body-digest", "32 bytes or null")
    base = [tuple(element) for element in base]
    return Header(seq, time, type_, record, base, body_digest, len(items) - 6)


def check_body(data):
    """The map of changes in a body, or Invalid."""
    need(len(data) <= BODY_LIMIT, "too-long", f"a body of {len(data)} bytes")
    need(len(data) > SALT_SIZE, "too-short", f"a body of {len(data)} bytes")
    changes = cbor.decode(data[SALT_SIZE:])
    need(type(changes) is dict, "shape", "changes are a map")
    need(all(type(key) is str for key in changes), "key", "the keys of changes are texts")
    return changes


def is_unsigned(value):
    """Whether a value is an unsigned integer (True and False are none)."""
    return type(value) is int and value >= 0


def is_bytes(value, size):
    """Whether a value is a byte string of one size."""
    return type(value) is bytes and len(value) == size


def is_list(value, *sizes):
    """Whether a value is an array of one of some sizes."""
    return type(value) is list and len(value) in sizes


def _is_type(value):
    fits = type(value) is str and len(value.encode("utf-8")) <= TYPE_LIMIT
    return fits and TYPE_FORM.fullmatch(value) is not None


def _check_record(record, seq, own_log):
    if record is None:
        return
    if is_unsigned(record):
        need(record < seq, "record", "a record of the own log was created before this entry")
        return
    need(is_list(record, 2, 3), "record", "record is null, unsigned, or an array of two or three")
    need(is_bytes(record[0], 16), "record", "a log id is 16 bytes")
    need(record[0] != own_log, "record", "the own log is not named by its id")
    need(is_unsigned(record[1]) and record[1] >= 1, "record", "entries count from 1")
    need(len(record) == 2 or is_bytes(record[2], 16), "record", "h is 16 bytes")


def _check_base(base, own_log):
    need(type(base) is list, "base", "base is an array")
    need(len(base) <= BASE_LIMIT, "base", f"a base of {len(base)} elements")
    before = None
    for element in base:
        need(is_list(element, 3), "base", "an element of a base is an array of three")
        log, seq, h = element
        need(is_bytes(log, 16) and is_bytes(h, 16), "base", "a log id and h are 16 bytes each")
        need(is_unsigned(seq) and seq >= 1, "base", "entries count from 1")
        need(log != own_log, "base", "a base never names the own log")
        need(before is None or before < log, "base", "a base is in order of log id, each log once")
        before = log


def body_or_invalid(data):
    """The changes of a body, or the Invalid that says why there are none to use."""
    try:
        return check_body(data)
    except Invalid as trouble:
        return trouble


def has_seen(logs, entry, other):
    """Whether an entry (log id, seq) had seen another, as far as some logs say that are held.

    logs: for each log id, something with `entries` that have a header and a chain value.
    """
    if entry[0] == other[0]:
        return other[1] < entry[1]
    held = logs[other[0]].entries if other[0] in logs else []
    for one in logs[entry[0]].entries[: entry[1]]:
        for log, seq, h in one.header.base:
            if log == other[0] and seq >= other[1] and seq <= len(held):
                if held[seq - 1].chain[:16] == h:
                    return True
    return False
