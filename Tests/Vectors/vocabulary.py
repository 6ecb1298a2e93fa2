# SPDX-License-Identifier: MIT
"""What a vocabulary declares of kinds, fields and rules: Docs/Formats/Vocabulary.md."""

from collections import namedtuple

import cbor
from trouble import need

COORDINATORS, FIELD, AUDITORS = 1, 2, 4
STAFF = COORDINATORS | FIELD
OF_ROLE = {"lead": COORDINATORS, "coordinator": COORDINATORS, "field": FIELD, "auditor": AUDITORS}

Vocabulary = namedtuple("Vocabulary", "number kinds")
# fields and rules stand in the order in which they are declared.
# status is the field that closed values close, or None.
Kind = namedtuple("Kind", "name title status closed fields rules")
# caution is None, or an order and the roles that may ease; key is None for a plain field.
# since: a function from the form of a change and the encoded choice to a vocabulary number.
Field = namedtuple("Field", "name family type key writers caution choices flags_several since")
Rule = namedtuple("Rule", "name field values unseen reading")


def read(data):
    """The vocabulary in its canonical form."""
    said = cbor.decode(data, bytes_limit=1 << 20)
    need(type(said) is dict, "vocabulary", "a vocabulary is a map")
    kinds = [_kind(one, said.get("forms", {})) for one in said["kinds"]]
    return Vocabulary(said["number"], {kind.name: kind for kind in kinds})


def _kind(said, forms):
    fields = [_field(one, said.get("since", 1), forms) for one in said.get("fields", [])]
    rules = [_rule(one) for one in said.get("rules", [])]
    by_name = {one.name: one for one in fields}
    status, closed = said.get("status"), said.get("closed", [])
    return Kind(said["name"], said["title"], status, closed, by_name, rules)


def _field(said, kind_since, forms):
    caution = said.get("caution")
    return Field(
        said["name"],
        said["family"],
        said["type"],
        said.get("key"),
        said.get("writers", 0),
        caution and tuple(caution),
        said.get("choices", []),
        said.get("flags-several", False),
        _since(said, kind_since, forms),
    )


def _since(said, kind_since, forms):
    choices = {cbor.encode(name): one for name, one in said.get("choices-since", {}).items()}
    least = max(kind_since, said.get("since", 1))
    return lambda form, choice=None: max(least, forms.get(form, 1), choices.get(choice, 1))


def _rule(said):
    unseen = [tuple(one) for one in said.get("unseen", [])]
    return Rule(said["name"], said["field"], said["values"], unseen, said.get("reading"))


def may_write(field, role):
    """Whether a role may write a field."""
    return bool(field.writers & OF_ROLE[role])


def may_ease(field, role):
    """Whether a write by a role settles a more cautious one that it has seen."""
    return field.caution is None or bool(field.caution[1] & OF_ROLE[role])


def may_make(kind, role):
    """Whether a role may create a record of a kind."""
    title = kind.fields.get(kind.title)
    return bool((title.writers if title else STAFF) & OF_ROLE[role])
