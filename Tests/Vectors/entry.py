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

class Header(namedtuple("Header", "seq time type record base body_digest further")):
    """What a header says; base is a list of its items, and further how many follow the sixth."""

    @property
    def needs_body(self):
        """Whether the log means nothing without the entry's body."""
        return self.record == 0 and self.body_digest is not None and self.type != "sealed.entry"


def make_header(seq, time, type_, record=0, base=(), body_digest=None, further=()):
    """The bytes of a header."""
    elements = sorted([list(element) for element in base], key=cbor.encode)
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
    _check_base(base)
    need(body_digest is None or is_bytes(body_digest, 32), "body-digest", "32 bytes or null")
    return Header(seq, time, type_, record, base, body_digest, len(items) - 6)


def check_body(data):
    """The map of changes in a body, or Invalid; its batch was checked for how long it may be."""
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
    """Invalid unless it is null, 0, an earlier seq, or a link to an entry of another log."""
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


def _check_base(base):
    need(type(base) is list, "base", "base is an array")
    need(len(base) <= BASE_LIMIT, "base", f"a base of {len(base)} items")
    items = [cbor.encode(item) for item in base]
    rise = all(one < other for one, other in zip(items, items[1:]))
    need(rise, "base", "the items of a base are in the order of their bytes, each once")


def is_seen_item(item, own_log):
    """Whether an item of a base says how far another log was taken in."""
    if not is_list(item, 3) or not is_bytes(item[0], 16) or not is_bytes(item[2], 16):
        return False
    return is_unsigned(item[1]) and item[1] >= 1 and item[0] != own_log


def is_exception(item, own_log):
    """Whether an item of a base says which runs of another log are left out."""
    if not is_list(item, 2) or not is_bytes(item[0], 16) or item[0] == own_log:
        return False
    return type(item[1]) is list and bool(item[1]) and _are_runs(item[1])


def _are_runs(runs):
    free = 1
    for run in runs:
        if not is_list(run, 2) or not all(is_unsigned(number) for number in run):
            return False
        if not free <= run[0] <= run[1]:
            return False
        free = run[1] + 2
    return True


def newly_seen(base, own_log):
    """What a base says: (log id, seq, h, the seqs that it leaves out) for each log it names."""
    runs = {}
    for item in base:
        if is_exception(item, own_log):
            runs.setdefault(item[0], []).extend(range(one, two + 1) for one, two in item[1])
    for item in base:
        if is_seen_item(item, own_log):
            yield (*item, runs.get(item[0], []))


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
        for log, seq, h, left_out in newly_seen(one.header.base, entry[0]):
            if log == other[0] and other[1] <= seq <= len(held):
                is_held = held[seq - 1].chain[:16] == h
                if is_held and not any(other[1] in run for run in left_out):
                    return True
    return False
