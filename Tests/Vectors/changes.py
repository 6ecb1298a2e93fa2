# SPDX-License-Identifier: MIT
"""What the body of an entry says: Docs/Formats/Changes.md, and the table at the end of Entry.md."""

import datetime
import re

import cbor
import later
from entry import check_body, is_bytes, is_list, is_unsigned
from trouble import Invalid, need

DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?", re.ASCII)
ROLES = ("lead", "coordinator", "field", "auditor")


def check_change(family, change):
    """Raises Invalid unless a change has the form of its family."""
    FAMILIES[family](change)


def check_any(change):
    """Raises Invalid unless a change has the form of some family."""
    for family in FAMILIES.values():
        try:
            return family(change)
        except Invalid:
            pass
    raise Invalid("change", "a change that no family allows")


def check_facts(header, changes):
    """Raises Invalid unless the changes of an entry are as the pages say for its kind of record."""
    need(header.type != later.SEALED, "sealed", "a sealed entry has a body of its own form")
    if header.record == 0 and header.type in PARTNERSHIP_ENTRIES:
        _check_partnership_entry(header.type, changes)
        return
    check_notes(changes)
    for name, change in changes.items():
        if name not in NOTES:
            check_any(change)


def check_notes(changes):
    """Raises Invalid unless the names that stand for the entry have their forms."""
    for name, (fits, form) in NOTES.items():
        need(name not in changes or fits(changes[name]), "note", f"{name} is {form}")


def check_body_and_notes(data):
    """The changes in a body of an entry about a record, or Invalid."""
    changes = check_body(data)
    check_notes(changes)
    return changes


def is_value(value):
    """Whether something is a value: text, integer, true, false, bytes, a link or a file."""
    return type(value) in (str, int, bool, bytes) or is_link(value) or later.is_file(value)


def is_link(value):
    """Whether something names an entry: a log id, a seq and perhaps h; or 0 and an own seq."""
    if is_list(value, 3):
        return is_pinned(value)
    if not is_list(value, 2) or not is_unsigned(value[1]) or value[1] < 1:
        return False
    return is_bytes(value[0], 16) or (is_unsigned(value[0]) and value[0] == 0)


def is_pinned(value, least=1):
    """Whether something names an entry with its history: a log id, a seq and h."""
    if not is_list(value, 3) or not is_bytes(value[0], 16) or not is_bytes(value[2], 16):
        return False
    return is_unsigned(value[1]) and value[1] >= least


def _value(change):
    need(change is None or is_value(change), "change", "a value or null")


def _set(change):
    need(type(change) is dict and change, "change", "a map with + or - or both")
    need(set(change) <= {"+", "-"}, "change", "a set knows + and - only")
    for values in change.values():
        need(type(values) is list and values, "change", "an array with at least one value")
        need(all(is_value(value) for value in values), "change", "the elements of a set are values")


def _tally(change):
    need(type(change) is dict, "change", "a map from what is counted to how many more")
    need(all(type(key) is str for key in change), "change", "what is counted is a text")
    for number in change.values():
        fits = type(number) is int and cbor.SIGNED_LEAST <= number <= cbor.SIGNED_MOST
        need(fits, "change", "how many more is a signed integer")


def _entries(change):
    need(type(change) is list, "change", "an array of acts")
    for act in change:
        need(is_list(act, 2, 3) and type(act[0]) is int, "change", "an act is an array")
        if act[0] == 0 and len(act) == 2:
            _content(act[1])
        elif act[0] == 1 and len(act) == 2:
            need(is_link(act[1]), "change", "what is voided is a link")
        elif act[0] == 2 and len(act) == 3:
            need(is_link(act[1]), "change", "what is corrected is a link")
            _content(act[2], clears=True)
        else:
            raise Invalid("change", "an act is [0, content], [1, part] or [2, part, content]")
    added = sum(act[0] == 0 for act in change)
    need(added <= 1, "change", "one entry adds at most one part to a field")


def _content(content, clears=False):
    if type(content) is str:
        return
    need(type(content) is dict, "change", "the content of a part is a text or a map")
    for key, value in content.items():
        fits = is_value(value) or clears and value is None
        need(type(key) is str and fits, "change", "content maps texts to values")


def _keyed(change):
    need(type(change) is dict, "change", "a map from keys to values")
    for key, value in change.items():
        need(type(key) is str, "change", "a key is a text")
        _value(value)


# "keyed" is a field of the first three families that the vocabulary declares as keyed.
FAMILIES = {
    "latest": _value,
    "cautious": _value,
    "standing": _value,
    "set": _set,
    "tally": _tally,
    "entries": _entries,
    "reading": _keyed,
    "keyed": _keyed,
}


def _is_text(value):
    return type(value) is str


def _is_key(value):
    return is_bytes(value, 32)


def _is_day(value):
    if not _is_date(value) or len(value) != 10:
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_from(value):
    return is_pinned(value, 0)


def _is_cut_list(value):
    return type(value) is list and all(is_pinned(one, 0) for one in value)


def _is_pinned_list(value):
    return type(value) is list and bool(value) and all(is_pinned(one) for one in value)


def _is_id(value):
    return is_bytes(value, 16)


def _is_sealed_list(value):
    return type(value) is list and all(
        is_list(one, 2) and is_bytes(one[0], 32) and is_bytes(one[1], 80) for one in value
    )


def _is_key_list(value):
    return type(value) is list and all(_is_key(one) for one in value)


def _is_id_list(value):
    return type(value) is list and all(_is_id(one) for one in value)


def _is_pinned_list_or_none(value):
    return type(value) is list and all(is_pinned(one) for one in value)


def _is_share_list(value):
    return type(value) is list and bool(value) and all(later.is_share(one) for one in value)


def _is_redaction_list(value):
    return type(value) is list and bool(value) and all(later.is_redaction(one) for one in value)


def _is_parameters(value):
    if type(value) is not dict:
        return False
    return all(type(key) is str and is_value(one) for key, one in value.items())


def _is_date(value):
    return type(value) is str and DATE.fullmatch(value) is not None


# Names that stand for the entry and not for a field.
NOTES = {
    "occurred": (_is_date, "a date, or a date and time"),
    "reason": (_is_text, "a text"),
    "cause": (is_link, "a link"),
    "again": (is_pinned, "an entry with its history"),
    "settles": (_is_pinned_list, "an array of entries with their histories"),
    "import": (lambda value: is_bytes(value, 16), "an id of 16 bytes"),
}

PARTNERSHIP_ENTRIES = {
    "sync.received": {},
    "software.updated": {"vocabulary": is_unsigned},
    "roster.enrolled": {
        "key": _is_key,
        "box": _is_key,
        "role": lambda role: role in ROLES,
        "call-sign": _is_text,
    },
    "roster.cut": {"key": _is_key, "at": _is_cut_list, "reason": _is_text},
    "roster.reinstated": {"key": _is_key, "lifts": _is_pinned_list, "reason": _is_text},
    "epoch.opened": {
        "id": _is_id,
        "without": _is_key_list,
        "after": _is_pinned_list_or_none,
        "keys": _is_sealed_list,
    },
    "epoch.shared": {"id": _is_id, "opened": is_pinned, "keys": _is_sealed_list},
    "recovery.renewed": {"key": _is_key, "box": _is_key},
    "partnership.founded": {
        "name": _is_text,
        "call-sign": _is_text,
    },
    "circle.opened": {
        "circle": _is_id,
        "key": _is_id,
        "name": lambda value: type(value) is bytes,
        "after": _is_id_list,
        "without": _is_key_list,
        "members": _is_share_list,
        "by": _is_pinned_list_or_none,
    },
    "circle.admitted": {
        "circle": _is_id,
        "key": _is_id,
        "members": _is_share_list,
        "by": _is_pinned_list,
    },
    "circle.left": {
        "circle": _is_id,
        "member": _is_key,
        "at": _is_cut_list,
        "by": _is_pinned_list,
    },
    "erasure.proposed": {"basis": _is_text, "entries": _is_redaction_list},
    "erasure.approved": {"names": is_pinned},
    "erasure.objected": {"names": is_pinned, "reason": _is_text},
    "erasure.withdrawn": {"names": is_pinned},
    "erasure.decided": {"names": is_pinned, "against": _is_pinned_list, "reason": _is_text},
    "erasure.ordered": {"names": is_pinned, "reason": _is_text},
    "report.published": {
        "name": _is_text,
        "title": _is_text,
        "heads": _is_pinned_list_or_none,
        "parameters": _is_parameters,
        "program": _is_text,
        "vocabulary": _is_key,
        "data": later.is_file,
    },
}

# What may be left out of them.
OPTIONAL = {
    "epoch.opened": {"unread": _is_pinned_list},
    "partnership.founded": {"staff": is_link},
    "roster.enrolled": {
        "staff": is_link,
        "replaces": _is_pinned_list,
        "from": _is_from,
        "until": _is_day,
    },
    "report.published": {"replaces": is_pinned},
}


def is_acceptance(content):
    """Whether the content of a part of `accepted` accepts an item of a list."""
    if type(content) is not dict or not _is_key(content.get("because")):
        return False
    named = _is_text(content.get("list")) and _is_text(content.get("reason"))
    return named and ("until" not in content or _is_day(content["until"]))


def is_access(type_, said):
    """Whether what a sealed entry about no record says inside is an access entry that is used."""
    if type_ != later.ACCESSED or said.get("act") not in later.ACTS:
        return False
    return is_link(said.get("record")) and ("purpose" not in said or _is_text(said["purpose"]))


def check_partnership_body(type_, data):
    """Raises Invalid unless a body says what an entry of some type about no record says."""
    _check_partnership_entry(type_, check_body(data))


def _check_partnership_entry(type_, changes):
    for name, fits in PARTNERSHIP_ENTRIES[type_].items():
        need(name in changes, "change", f"{type_} says nothing of {name}")
        need(fits(changes[name]), "change", f"{type_} has another form of {name}")
    for name, fits in OPTIONAL.get(type_, {}).items():
        need(name not in changes or fits(changes[name]), "change", f"{type_}, another {name}")
