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
Speech = namedtuple("Speech", "words links again")


class Repeats:
    """Answers for the entries of some logs that are held, by log id, as are admissions.

    links: finds entries as they stand in their logs; kinds: those of a vocabulary, by name.
    """

    def __init__(self, logs, admissions, links, kinds):
        self.logs, self.admissions, self.links, self.kinds = logs, admissions, links, kinds
        self._speeches, self._acts, self.named = {}, {}, {}
        members = {}
        for log_id in sorted(logs):
            for one in logs[log_id].entries:
                entry = log_id, one.header.seq
                speech = self._speech(entry)
                if speech is not None and speech.again is not None:
                    members.setdefault(self._act(entry), set()).add(entry)
        self.originals = {}
        for act, entries in members.items():
            first = [act[1]] if act[0] == "entry" else []
            alike = first + sorted(entries - set(first))
            original = next((one for one in alike if self._stands(one)), None)
            if original is not None:
                self.originals.update({one: original for one in alike if one != original})

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
        """Whether an entry is admitted, and chain values lead from it to its original."""
        original, place = self.originals[entry], entry
        while place != original and place in self.named:
            place = self.named[place]
        return place == original and self._role(entry) is not None

    def _act(self, entry):
        """Which act an entry is; each that is needed before is found first."""
        waiting = [entry]
        while waiting:
            needed = None if waiting[-1] in self._acts else self._take(waiting[-1])
            if needed is None:
                waiting.pop()
            else:
                waiting.append(needed)
        return self._acts[entry]

    def _take(self, entry):
        """Finds the act of an entry, or gives another one whose act has to be known before."""
        speech = self._speech(entry)
        if speech is None or speech.again is None:
            self._acts[entry] = "entry", entry
            return None
        named = self._held(speech.again)
        alike = named is not None and self._is_alike(entry, named)
        for one in [entry, named] if alike else [entry]:
            for target in self._targets(one):
                if target[0] == "held" and target[1] not in self._acts:
                    return target[1]
        targets = self._known(entry)
        if alike and self._known(named) == targets:
            if named not in self._acts:
                return named
            self.named[entry] = named
            self._acts[entry] = self._acts[named]
        else:
            self._acts[entry] = "said", speech.again, speech.words, tuple(targets)
        return None

    def _is_alike(self, entry, other):
        """Whether an entry says what another one does, but for what links come to."""
        one, two = self._speech(entry), self._speech(other)
        return two is not None and one.words == two.words

    def _known(self, entry):
        return [
            self._acts[target[1]] if target[0] == "held" else target
            for target in self._targets(entry)
        ]

    def _targets(self, entry):
        """What the links of an entry lead to: what is held, or what they say."""
        return [self._target(entry, link) for link in self._speech(entry).links]

    def _target(self, entry, link):
        log_id, seq, h = (link[0] or entry[0], *link[1:], None)[:3]
        is_later = log_id == entry[0] and seq >= entry[1] and h is None
        found = None if is_later else self.links.entry(link, entry)
        if found is None or found[1] > len(self.logs[found[0]].entries):
            return "link", log_id, seq, h
        return "held", found

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
        record, links = one.header.record, []
        if record is not None:
            links.append([0, record] if isinstance(record, int) else list(record))
        _collect(said, links)
        words = cbor.encode({key: _unlinked(value) for key, value in said.items()})
        return Speech((log.birth.signing_key, one.header.type, record is None, words), links, again)

    def _stands(self, entry):
        """Whether an entry would be folded if no entry repeated another."""
        one = self._one(entry)
        record = one.header.record
        if record is None:
            made = entry
        else:
            made = self.links.entry([0, record] if isinstance(record, int) else record, entry)
        kind = self._kind(made)
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
        unknown = None in (self.links.meaning(link, entry) for link in folding.links(one, kind))
        return "waits" if unknown else "folded"

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


def _collect(value, links):
    """Takes in the links of a value, in the order of the names that they stand under."""
    if is_link(value):
        links.append(value)
    elif isinstance(value, list):
        for one in value:
            _collect(one, links)
    elif isinstance(value, dict):
        for key in sorted(value, key=cbor.encode):
            inner = value[key]
            if key in ("+", "-") and isinstance(inner, list):
                for one in inner:
                    _collect(one, links)
            else:
                _collect(inner, links)


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
