# SPDX-License-Identifier: MIT
"""Entries that a device wrote down again in another log: Docs/Formats/Changes.md, repeats.

An entry is a pair (log id, seq). This reader holds one history of each log.
"""

from changes import is_pinned
from entry import body_or_invalid
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
        creates = one.header.record is None
        likeness = named, self._key(entry[0]), one.header.type, creates
        first = self.stand_ins.setdefault(likeness, entry)
        return first if first[0] != entry[0] else None

    def _is_fit(self, entry, one, other, log_id):
        """Whether an entry may be what another one of the same device repeats."""
        return (
            log_id != entry[0]
            and self._key(log_id) == self._key(entry[0])
            and _speaks(other)
            and other.header.type == one.header.type
            and (other.header.record is None) == (one.header.record is None)
        )

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


def _speaks(one):
    """Whether an entry is about a record, and open, whole and here."""
    about_record = one.header.record is None or one.header.record != 0
    is_known = not one.header.further and one.header.type != SEALED
    return about_record and is_known and one.body is not None
