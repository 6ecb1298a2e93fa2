# SPDX-License-Identifier: MIT
"""From the body of an entry to its writes, or why it is set aside: Docs/Formats/State.md."""

from collections import namedtuple

import cbor
import vocabulary
from changes import NOTES, check_change, is_link
from entry import check_body
from trouble import Invalid, need

# What is said of one slot. act: "write", "add", "remove", "count", "part", "void", "correct".
# key: of a keyed field, a name, an encoded element, a part (log id, seq); else None.
Act = namedtuple("Act", "field act key value entry time role")

TYPES = {
    "text": lambda value: type(value) is str,
    "long text": lambda value: type(value) is str,
    "code": lambda value: type(value) is str,
    "choice": lambda value: type(value) is str,
    "date": lambda value: type(value) is str,
    "integer": lambda value: type(value) is int and value <= cbor.SIGNED_MOST,
    "flag": lambda value: type(value) is bool,
    "link": is_link,
}


def fold(one, entry, kind, role):
    """The acts of an entry on a record of a kind; Invalid with the reason if it is set aside."""
    try:
        said = check_body(one.body)
    except Invalid as trouble:
        raise Invalid("malformed", trouble.sentence) from None
    creates = one.header.record is None
    is_permitted = vocabulary.may_make(kind, role) if creates else role != "auditor"
    acts = []
    for name in sorted(said, key=cbor.encode):
        field = kind.fields.get(name)
        if field is None:
            fits = name not in NOTES or NOTES[name][0](said[name])
            need(fits, "malformed", f"{name} has another form")
            continue
        is_permitted = is_permitted and vocabulary.may_write(field, role)
        if is_permitted:
            acts += _acts(field, said[name], entry, one.header.time, role)
    need(is_permitted, "not-permitted", "the role may not write that")
    return acts


def _acts(field, change, entry, time, role):
    is_keyed = field.key is not None and field.family in ("latest", "cautious", "standing")
    try:
        check_change("keyed" if is_keyed else field.family, change)
        return [
            Act(field.name, act, key, value, entry, time, role)
            for act, key, value in _said(field, change, entry[0])
        ]
    except Invalid as trouble:
        raise Invalid("malformed", trouble.sentence) from None


def _said(field, change, own_log):
    """Yields (act, key, value) for all that a change says."""
    if field.family == "set":
        for sign, act in (("+", "add"), ("-", "remove")):
            for value in change.get(sign, []):
                yield act, encoded(field, value, own_log), None
    elif field.family == "tally":
        for name, number in change.items():
            yield "count", name, number
    elif field.family == "entries":
        for act in change:
            if act[0] == 0:
                yield "part", None, None
            else:
                content = None if act[0] == 1 else cbor.encode(act[2])
                part = tuple(full_link(act[1], own_log))
                yield "void" if act[0] == 1 else "correct", part, content
    elif field.family == "reading" or field.key is not None:
        for key, value in change.items():
            yield "write", key, encoded(field, value, own_log)
    else:
        yield "write", None, encoded(field, change, own_log)


def encoded(field, value, own_log):
    """A value in bytes, links with their log in full; Invalid for one of another type."""
    need(value is None or TYPES[field.type](value), "type", f"no {field.type}")
    return cbor.encode(full_link(value, own_log) if type(value) is list else value)


def full_link(link, own_log):
    """A link as it is compared: its log in full."""
    return [link[0] or own_log, link[1]]
