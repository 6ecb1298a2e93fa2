# SPDX-License-Identifier: MIT
"""Entries that a device wrote down again in another log: Docs/Formats/Changes.md, repeats.

An entry is a pair (log id, seq). This reader holds one history of each log.
"""

from collections import namedtuple

import cbor
import folding
from changes import is_link, is_pinned
from entry import SALT_SIZE
from later import SEALED
from trouble import Invalid

ASKED_FOR_SIGHT = 8
Speech = namedtuple("Speech", "words again")


class Repeats:
    """Answers for the entries of some logs that are held, by log id, as are admissions.

    links: finds entries as they stand in their logs; kinds: those of a vocabulary, by name.
    """

    def __init__(self, logs, admissions, links, kinds):
        self.logs, self.admissions, self.links, self.kinds = logs, admissions, links, kinds
        self._speeches, self._acts, self._stood = {}, {}, {}
        acts = {}
        for log_id in sorted(logs):
            for one in logs[log_id].entries:
                entry = log_id, one.header.seq
                act = self._act(entry)
                if act is not None:
                    acts.setdefault(act, []).append(entry)
        self.roots = set()
        for act, entries in acts.items():
            root = self._held(act[0])
            if root is not None and root not in self.roots and self._may_be(entries[0], root):
                self.roots.add(root)
                entries.append(root)
        self.originals = {}
        for makes in (True, False):
            counted = dict(self.originals)
            for entries in acts.values():
                self._settle(entries, makes, counted)

    def _settle(self, entries, makes, counted):
        """Finds what counts among the entries of one act that are about one record."""
        groups = {}
        for entry in entries:
            record = self._record(entry)
            if record is not None and (record == entry) == makes:
                on = None if makes else counted.get(record, record)
                groups.setdefault(on, []).append(entry)
        for on, alike in groups.items():
            alike.sort(key=lambda one: (one not in self.roots, one))
            standing = [one for one in alike if self._stands(one, one if makes else on)]
            for one in alike if standing and len(alike) > 1 else []:
                self._stood[one] = one in standing
                if one != standing[0]:
                    self.originals[one] = standing[0]

    def counted(self, entry):
        """What counts for an entry: what it repeats, or itself."""
        return self.originals.get(entry, entry)

    def of(self, original):
        """The repeats of an entry that are asked whether they were in sight."""
        found = sorted(
            one for one, what in self.originals.items() if what == original and self._leads(one)
        )
        return found[:ASKED_FOR_SIGHT]

    def _leads(self, entry):
        """Whether who has seen a repeat has seen its original: it stands, and says which it is."""
        return self.originals[entry] in self.roots and self._stood[entry]

    def _act(self, entry):
        """What all entries share that are one act; None for one that repeats none."""
        if entry not in self._acts:
            self._acts[entry] = self._said(entry)
        return self._acts[entry]

    def _said(self, entry):
        speech = self._speech(entry)
        if speech is None or speech.again is None:
            return None
        return speech.again, speech.words

    def _may_be(self, entry, root):
        """Whether an entry says what the one says that it repeats, or nothing speaks against it."""
        one = self._one(root)
        if one.body is None and one.header.body_digest is not None:
            key = self.logs[root[0]].birth.signing_key
            mine = self._speech(entry).words[:3]
            return not one.header.further and mine == (
                key, one.header.type, one.header.record is None
            ) and one.header.record != 0
        return self._is_alike(entry, root)

    def _is_alike(self, entry, root):
        one, two = self._speech(entry), self._speech(root)
        return two is not None and two.again is None and one.words == two.words

    def _record(self, entry):
        """The entry that makes an entry's record, as it names it; None while that is unknown."""
        record = self._one(entry).header.record
        if record is None:
            return entry
        return self.links.entry([0, record] if isinstance(record, int) else record, entry)

    def _held(self, pinned):
        log_id, seq, h = pinned
        there = self.logs[log_id].entries[seq - 1 : seq] if log_id in self.logs else []
        return (log_id, seq) if there != [] and there[0].chain[:16] == h else None

    def _speech(self, entry):
        if entry not in self._speeches:
            self._speeches[entry] = self._read(entry)
        return self._speeches[entry]

    def _read(self, entry):
        """What an entry says; None for one that neither repeats another nor is repeated."""
        log = self.logs[entry[0]]
        one = log.entries[entry[1] - 1]
        if not _speaks(one):
            return None
        said = _map(one)
        if said is None or "again" in said and not is_pinned(said["again"]):
            return None
        again = tuple(said.pop("again")) if "again" in said else None
        words = cbor.encode({key: _unlinked(value) for key, value in said.items()})
        key, makes = log.birth.signing_key, one.header.record is None
        return Speech((key, one.header.type, makes, words), again)

    def _stands(self, entry, record):
        """Whether an entry is folded on a record if it repeats none."""
        kind = self._kind(record)
        return kind is not None and self._becomes(entry, kind) == "folded"

    def _kind(self, entry):
        """The kind of the record that an entry makes; None where that is not there."""
        if entry is None or entry[1] > len(self.logs[entry[0]].entries):
            return None
        one = self._one(entry)
        kind = self.kinds.get(one.header.type.split(".")[0])
        if one.header.record is not None or kind is None or self._role(entry) is None:
            return None
        is_made = not one.header.further and self._becomes(entry, kind) != "set aside"
        return kind if is_made else None

    def _becomes(self, entry, kind):
        one, role = self._one(entry), self._role(entry)
        if role is None or one.header.further or one.body is None:
            return "nothing"
        try:
            folding.fold(one, folding.Author(entry, role, 0), kind, list)
        except Invalid:
            return "set aside"
        return "folded"

    def _one(self, entry):
        return self.logs[entry[0]].entries[entry[1] - 1]

    def _role(self, entry):
        admission = self.admissions.get(entry[0])
        span = admission.span(entry[1]) if admission is not None else None
        return None if span is None else span.role


def _map(one):
    """What an entry's body says, if it is a map with names."""
    try:
        said = cbor.decode(one.body[SALT_SIZE:])
    except Invalid:
        return None
    if not isinstance(said, dict) or not all(isinstance(key, str) for key in said):
        return None
    return said


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
