# SPDX-License-Identifier: MIT
"""From the body of an entry to its writes, or why it is set aside: Docs/Formats/State.md."""

from collections import namedtuple

import cbor
import vocabulary
from changes import NOTES, check_change, is_link
from entry import check_body
from later import SEALED
from trouble import Invalid, need

# What is said of one slot. act: "write", "add", "remove", "count", "part", "void", "correct".
# key: of a keyed field, a name, an encoded element, a part (log id, seq); else None.
# since: the vocabulary number from which on it is known.
# run: how often its log had gone back to a lower number.
Act = namedtuple("Act", "field act key value entry time role since run")
# Who wrote an entry: its name, and how often its log had gone back to a lower number.
Author = namedtuple("Author", "entry role run")

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


def fold(one, author, kind, names):
    """The acts of an entry on a record of a kind; Invalid with the reason if it is set aside.

    names: gives the name that state has for what a link of the entry means.
    """
    try:
        said = check_body(one.body)
    except Invalid as trouble:
        raise Invalid("malformed", trouble.sentence) from None
    need(one.header.type != SEALED, "malformed", "an open record has no sealed changes")
    role, creates = author.role, one.header.record is None
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
            acts += _acts(field, said[name], author, one.header.time, names)
    need(is_permitted, "not-permitted", "the role may not write that")
    return acts


def _acts(field, change, author, time, names):
    is_keyed = field.key is not None and field.family in ("latest", "cautious", "standing")
    try:
        check_change("keyed" if is_keyed else field.family, change)
        return [
            Act(field.name, act, key, value, author.entry, time, author.role, since, author.run)
            for act, key, value, since in _said(field, change, names)
        ]
    except Invalid as trouble:
        raise Invalid("malformed", trouble.sentence) from None


def _said(field, change, names):
    """Yields (act, key, value, since) for all that a change says."""
    if field.family == "set":
        for sign, act in (("+", "add"), ("-", "remove")):
            for value in change.get(sign, []):
                element = encoded(field, value, names)
                yield act, element, None, field.since("set", element)
    elif field.family == "tally":
        for name, number in change.items():
            yield "count", name, number, field.since("counted")
    elif field.family == "entries":
        for act in change:
            if act[0] == 0:
                form = "part" if type(act[1]) is str else "part-of-values"
                yield "part", None, None, field.since(form)
            else:
                content = None if act[0] == 1 else cbor.encode(_named(act[2], names))
                part, form = tuple(names(act[1])), "void" if act[0] == 1 else "correct"
                yield form, part, content, field.since(form)
    elif field.family == "reading" or field.key is not None:
        for key, value in change.items():
            data = encoded(field, value, names)
            yield "write", key, data, field.since("keyed", data)
    else:
        data = encoded(field, change, names)
        yield "write", None, data, field.since("value", data)


def _named(content, names):
    """What a part says, with its links as state names entries."""
    if type(content) is not dict:
        return content
    return {key: names(value) if is_link(value) else value for key, value in content.items()}


def encoded(field, value, names):
    """A value in bytes, links with their log in full; Invalid for one of another type."""
    need(value is None or TYPES[field.type](value), "type", f"no {field.type}")
    return cbor.encode(names(value) if type(value) is list else value)
