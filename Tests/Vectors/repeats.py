# SPDX-License-Identifier: MIT
"""Entries that a device wrote down again in another log: Docs/Formats/Changes.md, repeats.

An entry is a pair (log id, seq). This reader holds one history of each log.
"""

import cbor
from changes import is_link, is_pinned
from entry import SALT_SIZE, body_or_invalid
from later import SEALED
from trouble import Invalid

ASKED_FOR_SIGHT = 8


class Repeats:
    """Answers for the entries of some logs that are held, by log id, as are admissions."""

    def __init__(self, logs, admissions):
        self.logs, self.admissions = logs, admissions
        self.named, self.stand_ins = {}, {}
        for log_id in sorted(logs):
            for one in logs[log_id].entries:
                entry = log_id, one.header.seq
                named = self._named(entry, one)
                if named is not None:
                    self.named[entry] = named
        self.originals = {}
        for entry in self.named:
            end = self._end(entry)
            if end is not None:
                self.originals[entry] = end

    def counted(self, entry):
        """What counts for an entry: what it repeats, or itself."""
        return self.originals.get(entry, entry)

    def of(self, original):
        """The repeats of an entry that are asked whether they were in sight."""
        found = sorted(one for one, what in self.originals.items() if what == original)
        return found[:ASKED_FOR_SIGHT]

    def _named(self, entry, one):
        """The entry that another one names, where it is fit to be repeated by it."""
        if not _speaks(one) or not self._counts(entry):
            return None
        said = body_or_invalid(one.body)
        if isinstance(said, Invalid) or not is_pinned(said.get("again")):
            return None
        log_id, seq, h = said["again"]
        other = self.logs[log_id].entries[seq - 1 : seq] if log_id in self.logs else []
        if other == [] or other[0].chain[:16] != h:
            return self._stand_in(entry, one, (log_id, seq, h))
        if not self._is_fit(entry, one, other[0], log_id):
            return None
        if not self._counts((log_id, seq)):
            return self._stand_in(entry, one, (log_id, seq, h))
        return log_id, seq

    def _stand_in(self, entry, one, named):
        """What stands for an entry that is not held: the first that names it and counts."""
        likeness = named, self._key(entry[0]), *self._likeness(entry[0], one)
        first = self.stand_ins.setdefault(likeness, entry)
        return first if first[0] != entry[0] else None

    def _is_fit(self, entry, one, other, log_id):
        """Whether an entry may be what another one of the same device repeats."""
        return (
            log_id != entry[0]
            and self._key(log_id) == self._key(entry[0])
            and _speaks(other)
            and self._likeness(log_id, other) == self._likeness(entry[0], one)
        )

    def _likeness(self, log_id, one):
        """What two entries have in common of which one may repeat the other."""
        return one.header.type, self._record(log_id, one.header.record), _words(one)

    def _record(self, log_id, record):
        """The record of an entry; one that says that it repeats another by that one's name."""
        if record is None:
            return None
        if not isinstance(record, int):
            return tuple(record) if len(record) == 3 else (*record, None)
        named = self.logs[log_id].entries[record - 1]
        is_open = named.body is not None and not named.header.further
        said = body_or_invalid(named.body) if is_open else {}
        again = None if isinstance(said, Invalid) else said.get("again")
        return tuple(again) if is_pinned(again) else (log_id, record, named.chain[:16])

    def _key(self, log_id):
        return self.logs[log_id].birth.signing_key

    def _counts(self, entry):
        admission = self.admissions.get(entry[0])
        return admission is not None and admission.span(entry[1]) is not None

    def _end(self, entry):
        """Where a chain of names ends; None for one that comes back to itself."""
        met = set()
        while entry in self.named:
            if entry in met:
                return None
            met.add(entry)
            entry = self.named[entry]
        return entry


def _words(one):
    """What is said, with one link in the place of all, without the name of what is repeated."""
    try:
        said = cbor.decode(one.body[SALT_SIZE:])
    except Invalid:
        return None
    if not isinstance(said, dict):
        return None
    return cbor.encode({key: _unlinked(value) for key, value in said.items() if key != "again"})


def _unlinked(value):
    if is_link(value):
        return [0, 1]
    if isinstance(value, list):
        return [_unlinked(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [_unlinked(one) for one in inner]
        if key in ("+", "-") and isinstance(inner, list)
        else _unlinked(inner)
        for key, inner in value.items()
    }


def _speaks(one):
    """Whether an entry is about a record, and open, whole and here."""
    about_record = one.header.record is None or one.header.record != 0
    is_known = not one.header.further and one.header.type != SEALED
    return about_record and is_known and one.body is not None
