# SPDX-License-Identifier: MIT
"""What fields read, family by family: Docs/Formats/State.md.

Each takes the acts of one field and gives the content of its canonical form, and whether it is a
conflict. `has_seen` tells whether one act's author had seen another act.
"""

import re
from collections import namedtuple

import cbor
import vocabulary

NULL = cbor.encode(None)
DATE = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")
COMPARED_ELEMENTS, COMPARED_ADDITIONS = 32, 8

# shown: bytes; live: acts.
Reading = namedtuple("Reading", "shown live is_disputed")
Parts = namedtuple("Parts", "counted void disputed added")


class Raw:
    """A value that is encoded already."""

    def __init__(self, data):
        self.data = data


def lateness(act):
    """Sorts acts by the timeline."""
    return act.time, act.entry


class Caution:
    """The order of a cautious field's values."""

    def __init__(self, field):
        self.order = field.caution[0]
        self.choices = [cbor.encode(one) for one in field.choices]
        self.is_date = field.type == "date"

    def rank(self, value):
        """Lower for what is more cautious."""
        if value == NULL:
            return (2,)
        if self.order == "listed":
            if value in self.choices:
                return 1, 2 * self.choices.index(value), b""
            return 1, 2 * len(self.choices) - 3, value
        size = Reverse(_size(value)) if self.order == "greater" else _size(value)
        return 1, not self.knows(value), size

    def is_more(self, one, other):
        """Whether a value is more cautious than another."""
        return one != other and self.rank(one) < self.rank(other)

    def knows(self, value):
        """Whether a value has a place of its own in the order."""
        if self.order == "listed":
            return value == NULL or value in self.choices
        if not self.is_date or value == NULL:
            return True
        return DATE.fullmatch(cbor.decode(value)) is not None

    def is_least(self, value):
        """Whether nothing is less cautious."""
        if value == NULL:
            return True
        if self.order == "listed":
            return self.choices[-1:] == [value]
        return value == cbor.encode(self.order == "lesser")


def _size(value):
    said = cbor.decode(value)
    return said.encode("utf-8") if type(said) is str else int(said)


class Reverse:
    """Sorts the other way round."""

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return other.value < self.value

    def __eq__(self, other):
        return other.value == self.value


def live(field, writes, has_seen):
    """The writes on a slot that no other settles."""
    caution = Caution(field) if field.family == "cautious" else None

    def eases(later, earlier):
        may_ease = caution is None or vocabulary.may_ease(field, later.role)
        return may_ease and has_seen(later, earlier)

    eased = [one for one in writes if any(eases(other, one) for other in writes)]

    def is_outweighed(one):
        return any(
            _is_of_run(other, one) and other.entry > one.entry
            and not caution.is_more(one.value, other.value)
            for other in writes
        )

    gone = eased + [one for one in writes if caution is not None and is_outweighed(one)]

    def outweighs(later, earlier):
        is_as_cautious = not caution.is_more(earlier.value, later.value)
        return is_as_cautious and has_seen(later, earlier) and _stands_in(later, earlier, gone)

    left = [one for one in writes if one not in eased]
    if caution is None:
        return left
    return [one for one in left if not any(outweighs(other, one) for other in writes)]


def _stands_in(later, earlier, eased):
    """Whether a write may stand in for another: in one run, or where it is not gone itself."""
    return _is_of_run(later, earlier) or later not in eased


def _is_of_run(one, other):
    return (one.entry[0], one.run) == (other.entry[0], other.run)


def register(field, writes, has_seen):
    """What a slot of a latest, cautious or reading field reads."""
    if field.family == "standing":
        return standing(writes, has_seen)
    standing_writes = live(field, writes, has_seen)
    if field.family == "cautious":
        caution = Caution(field)
        best = min(caution.rank(one.value) for one in standing_writes)
        shown = [one for one in standing_writes if caution.rank(one.value) == best]
    else:
        shown = standing_writes
    values = {one.value for one in standing_writes}
    return Reading(max(shown, key=lateness).value, standing_writes, len(values) > 1)


def standing(writes, has_seen):
    """What was last agreed."""
    newest = last_unseen(writes, has_seen)
    agreed, remaining = newest, writes
    while len({one.value for one in agreed}) > 1:
        remaining = [one for one in remaining if all(has_seen(last, one) for last in agreed)]
        agreed = last_unseen(remaining, has_seen)
    shown = max(agreed, key=lateness).value if agreed else NULL
    return Reading(shown, newest, len({one.value for one in newest}) > 1)


def last_unseen(acts, has_seen):
    """The last act of each run of a log, without those that another of them has seen."""
    last = {}
    for act in acts:
        slot = act.entry[0], act.run
        if slot not in last or last[slot].entry < act.entry:
            last[slot] = act
    return [
        one for one in last.values() if not any(has_seen(other, one) for other in last.values())
    ]


def elements(field, acts, has_seen):
    """The elements of a set in their order, and whether it is contested."""
    additions = _standing_additions(acts, has_seen)
    order, by_element = [], {}
    for _, one in additions:
        if one.key not in by_element:
            order.append(one.key)
        by_element.setdefault(one.key, []).append(one)
    compared = [by_element[key][:COMPARED_ADDITIONS] for key in _leading(order, by_element)]
    is_contested = field.flags_several and any(
        not _meet(one, other, has_seen)
        for place, one in enumerate(compared)
        for other in compared[place + 1 :]
    )
    return order, is_contested


def _leading(order, by_element):
    """The elements that are compared: the first of each log, then the second of each."""
    counts, rounds = {}, {}
    for key in order:
        log = by_element[key][0].entry[0]
        counts[log] = rounds[key] = counts.get(log, 0) + 1
    return sorted(order, key=rounds.get)[:COMPARED_ELEMENTS]


def _standing_additions(acts, has_seen):
    """Sorted pairs: the order of an element by one log's last addition of it, and that."""
    removals = [one for one in acts if one.act == "remove"]
    first, last = {}, {}
    for one in acts:
        if one.act != "add":
            continue
        slot = one.key, one.entry[0]
        first[slot] = min(first.get(slot, one.time), one.time)
        if slot not in last or last[slot].entry < one.entry:
            last[slot] = one
    found = []
    for slot, one in last.items():
        if not any(other.key == one.key and has_seen(other, one) for other in removals):
            found.append(((first[slot], one.entry, one.key), one))
    return sorted(found, key=lambda pair: pair[0])


def _meet(some, others, has_seen):
    return any(
        one.entry == other.entry or has_seen(one, other) or has_seen(other, one)
        for one in some
        for other in others
    )


def sums(acts):
    """The sum of each name of a tally."""
    found = {}
    for act in acts:
        found[act.key] = found.get(act.key, 0) + act.value
    return found


def verdicts(acts, has_seen):
    """What became of the parts of a field: "void", "corrected" or "disputed" by part."""
    found = {}
    for part, newest in _newest(acts, has_seen).items():
        said = {(one.act, one.value) for one in newest}
        is_void = {act for act, _ in said} == {"void"}
        found[part] = "disputed" if len(said) > 1 else "void" if is_void else "corrected"
    return found


def void_for_rules(acts, has_seen, suspends):
    """The parts that are void for a rule about closing."""
    newest = _newest(acts, has_seen)
    void = {part for part, verdict in verdicts(acts, has_seen).items() if verdict == "void"}
    if suspends:
        void = {part for part in void if any(_may_void(one, part) for one in newest[part])}
    return void


def _may_void(one, part):
    return one.entry[0] == part[0] or one.role in ("coordinator", "lead")


def _newest(acts, has_seen):
    added = {one.entry for one in acts if one.act == "part"}
    by_part = {}
    for one in acts:
        if one.act in ("void", "correct") and one.key in added:
            by_part.setdefault(one.key, []).append(one)
    return {part: last_unseen(some, has_seen) for part, some in by_part.items()}


def parts(acts, has_seen):
    """How many parts of a field count, and who added them."""
    added, found = {}, verdicts(acts, has_seen)
    for one in acts:
        if one.act == "part":
            log_id, seq = one.entry
            count, last = added.get(log_id, (0, 0))
            added[log_id] = count + 1, max(last, seq)
    void = sum(verdict == "void" for verdict in found.values())
    disputed = sum(verdict == "disputed" for verdict in found.values())
    total = sum(count for count, _ in added.values())
    return Parts(total - void - disputed, void, disputed, added)
