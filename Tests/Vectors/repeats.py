# SPDX-License-Identifier: MIT
"""Entries that a device wrote down again in another log: Docs/Formats/Changes.md, repeats.

An entry is a pair (log id, seq). This reader holds one history of each log.
"""

from collections import namedtuple

import cbor
from changes import is_link, is_pinned
from entry import SALT_SIZE
from later import SEALED
from trouble import Invalid

ASKED_FOR_SIGHT = 8
# Of entries alike in all but their links so many are told apart at most.
FIRSTS = 8
Act = namedtuple("Act", "entry likeness links again")
RIGHTS = {"lead": 2, "coordinator": 2, "field": 1, "auditor": 0}


class Repeats:
    """Answers for the entries of some logs that are held, by log id, as are admissions."""

    def __init__(self, logs, admissions):
        self.logs, self.admissions = logs, admissions
        self._alike, self._acts = {}, {}
        namers = {}
        for log_id in sorted(logs):
            for one in logs[log_id].entries:
                act = self._act((log_id, one.header.seq))
                if act is not None and act.again is not None and self._role(act.entry):
                    namers[act.entry] = act.again
        named = {entry: again[:2] for entry, again in namers.items() if self._names(entry, again)}
        self.held = named
        self.named = self._trusted(named)
        others = {
            entry: again
            for entry, again in namers.items()
            if entry not in self.named and (entry in named or not self._is_held(again))
        }
        self.named.update(self._trusted(self._stand_ins(others)))
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
        found = sorted(
            one for one, what in self.originals.items() if what == original and self._leads(one)
        )
        return found[:ASKED_FOR_SIGHT]

    def _leads(self, entry):
        """Whether chain values lead from a repeat to its original."""
        original = self.originals[entry]
        while entry in self.held and self.originals.get(entry) == original:
            entry = self.held[entry]
            if entry == original:
                return True
        return False

    def _names(self, entry, again):
        """Whether an entry says what the one that it names says, and that one is held."""
        return self._is_held(again) and self._is_alike(entry, again[:2])

    def _is_held(self, pinned):
        log_id, seq, h = pinned
        there = self.logs[log_id].entries[seq - 1 : seq] if log_id in self.logs else []
        return there != [] and there[0].chain[:16] == h

    def _trusted(self, named):
        """Those of a log before the first whose original is not admitted or has fewer rights."""
        ends = {}
        for entry, original in named.items():
            if self._rights(original) < self._rights(entry):
                ends[entry[0]] = min(ends.get(entry[0], entry[1]), entry[1])
        return {
            entry: original
            for entry, original in named.items()
            if entry[0] not in ends or entry[1] < ends[entry[0]]
        }

    def _stand_ins(self, namers):
        """What stands for entries that are not held, or not trusted: the first that names them."""
        found, firsts = {}, {}
        for entry in sorted(namers):
            group = firsts.setdefault((namers[entry], self._act(entry).likeness), [])
            first = next((one for one in group if self._is_alike(entry, one)), None)
            if first is not None:
                found[entry] = first
            elif len(group) < FIRSTS:
                group.append(entry)
        return found

    def _is_alike(self, entry, other):
        """Whether an entry says what another one says, link by link."""
        asked = entry, other
        waiting = [asked]
        while waiting:
            pair = waiting[-1]
            if pair in self._alike:
                waiting.pop()
                continue
            needed = self._needs(*pair)
            unknown = [] if needed is None else [one for one in needed if one not in self._alike]
            if unknown:
                waiting += unknown
                continue
            self._alike[pair] = needed is not None and all(self._alike[one] for one in needed)
        return self._alike[asked]

    def _needs(self, entry, other):
        """Which others have to be alike for two entries to be; None if they cannot be."""
        one, two = self._act(entry), self._act(other)
        if one is None or two is None or entry[0] == other[0]:
            return None
        if one.likeness != two.likeness or len(one.links) != len(two.links):
            return None
        needed = []
        for link, second in zip(one.links, two.links):
            place, name = self._link(entry, link)
            other_place, other_name = self._link(other, second)
            if name is None or other_name is None:
                return None
            if name == other_name:
                continue
            if place is None or other_place is None:
                return None
            again, before = self._act(place), self._act(other_place)
            if again is None or before is None or again.again is None:
                return None
            if again.again not in (before.again, other_name):
                return None
            needed.append((place, other_place))
        return needed

    def _link(self, entry, link):
        """The own place that a link names, or None, and what it names with its history."""
        if isinstance(link[0], bytes):
            return None, (*link, None)[:3]
        if link[1] >= entry[1]:
            return None, None
        named = self.logs[entry[0]].entries[link[1] - 1]
        return (entry[0], link[1]), (entry[0], link[1], named.chain[:16])

    def _act(self, entry):
        if entry not in self._acts:
            self._acts[entry] = self._read(entry)
        return self._acts[entry]

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
        likeness = log.birth.signing_key, one.header.type, record is None, words
        return Act(entry, likeness, links, again)

    def _role(self, entry):
        admission = self.admissions.get(entry[0])
        span = admission.span(entry[1]) if admission is not None else None
        return None if span is None else span.role

    def _rights(self, entry):
        role = self._role(entry)
        return -1 if role is None else RIGHTS[role]

    def _end(self, entry):
        """Where a chain of names ends; None for one that comes back to itself."""
        met = set()
        while entry in self.named:
            if entry in met:
                return None
            met.add(entry)
            entry = self.named[entry]
        return entry


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
