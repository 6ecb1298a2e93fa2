# SPDX-License-Identifier: MIT
"""One record: what its fields read, what the rules find, its canonical form (State.md)."""

from collections import namedtuple

import cbor
import families

SUM_LEAST, SUM_MOST = cbor.SIGNED_LEAST, cbor.SIGNED_MOST

# fields: what the canonical form has of each, already encoded; conflicts: names of fields
# as pairs with a key or part; status: what the status reads, and whether the record is open.
Record = namedtuple("Record", "entry kind fields findings conflicts status canonical")


class Evaluation:
    """What the acts of one record come to; seen tells whether an entry had seen another."""

    def __init__(self, kind, acts, seen):
        self.kind = kind
        self.has_seen, self.has_seen_itself = seen.has, seen.has_itself
        self.acts = {}
        for act in acts:
            self.acts.setdefault(act.field, []).append(act)
        self.readings = {}
        self.conflicts = []
        self.suspended = None

    def acts_seen(self, field):
        """Whether one act's author had seen another act on a field."""
        return lambda later, earlier: self._has_seen(later, earlier)

    def _has_seen(self, later, earlier):
        return self.has_seen(later.entry, earlier.entry, earlier.since)

    def contents(self):
        """The canonical content of each field that was written, as bytes."""
        found = {}
        for name, field in self.kind.fields.items():
            if name in self.acts:
                found[name] = self._content(field, self.acts[name])
        return found

    def _content(self, field, acts):
        has_seen = self.acts_seen(field)
        if field.family == "set":
            order, is_contested = families.elements(field, acts, has_seen)
            self._note(field, "set", is_contested)
            return array([array(order), cbor.encode(is_contested)])
        if field.family == "tally":
            found = families.sums(acts)
            return cbor.encode({key: clamped(value) for key, value in found.items()})
        if field.family == "entries":
            found = families.parts(acts, has_seen)
            for part, verdict in families.verdicts(acts, has_seen).items():
                self._note(field, part, verdict == "disputed")
            added = [[log_id, *rest] for log_id, rest in sorted(found.added.items())]
            return cbor.encode([found.counted, found.void, found.disputed, added])
        return self._registers(field, acts, has_seen)

    def _registers(self, field, acts, has_seen):
        by_key = {}
        for act in acts:
            by_key.setdefault(act.key, []).append(act)
        contents = {}
        for key, writes in by_key.items():
            reading = families.register(field, writes, has_seen)
            self.readings[field.name, key] = reading
            self._note(field, key or "", reading.is_disputed)
            contents[key] = content(reading)
        return contents[None] if None in contents else mapping(contents)

    def _note(self, field, key, is_conflict):
        if is_conflict:
            self.conflicts.append((field.name, key))

    def status(self):
        """What the status reads, and whether something is still to be done."""
        reading = self.readings.get((self.kind.status, None))
        if reading is None:
            return "", True
        shown = cbor.decode(reading.shown)
        if self.suspended is not None:
            return self.suspended, True
        return shown or "", shown not in self.kind.closed

    def findings(self):
        """The names of what the rules find, once the contents are known."""
        found = []
        for rule in self.kind.rules:
            if self._holds(rule):
                found.append(rule.name)
                if rule.reading is not None:
                    self.suspended = rule.reading
                    break
        for name, field in self.kind.fields.items():
            if field.family != "tally":
                continue
            sums = families.sums(self.acts.get(name, []))
            for key in sorted(sums, key=lambda key: key.encode("utf-8")):
                if not SUM_LEAST <= sums[key] <= SUM_MOST:
                    found.append("count-out-of-range")
                elif sums[key] < 0:
                    found.append("negative-count")
        return found

    def _holds(self, rule):
        reading = self.readings.get((rule.field, None))
        values = [cbor.encode(value) for value in rule.values]
        if reading is None or reading.shown not in values:
            return False
        return any(
            closing.value in values and self._is_unseen(cause, name, closing, rule.reading)
            for closing in reading.live
            for cause, name in rule.unseen
        )

    def _is_unseen(self, cause, name, closing, reading):
        field = self.kind.fields.get(name)
        if field is None:
            return False
        acts = self.acts.get(name, [])
        if cause == "part":
            return self._part_unseen(field, acts, closing, reading is not None)
        return self._caution_unseen(field, acts, closing)

    def _part_unseen(self, field, acts, closing, suspends):
        void = families.void_for_rules(acts, self.acts_seen(field), suspends)
        return any(
            one.act == "part"
            and one.entry[0] != closing.entry[0]
            and one.entry not in void
            and self._are_apart(one, closing)
            for one in acts
        )

    def _caution_unseen(self, field, acts, closing):
        if field.family != "cautious":
            return False
        caution = families.Caution(field)
        shown = self.readings[field.name, None].shown if acts else None
        known = [
            one.value for one in self._read(field, acts, closing) if caution.knows(one.value)
        ]
        return any(
            not caution.is_least(one.value)
            and not self._knows(closing, one)
            and self._are_apart(one, closing)
            and not caution.is_more(one.value, shown)
            and (
                not caution.knows(one.value)
                or all(caution.is_more(one.value, value) for value in known)
            )
            for one in acts
        )

    def _read(self, field, acts, closing):
        """The writes that were live for whoever wrote a closing."""
        known = [one for one in acts if self._knows(closing, one)]
        return families.live(field, known, self.acts_seen(field))

    def _knows(self, closing, one):
        return one.entry == closing.entry or self._has_seen(closing, one)

    def _are_apart(self, one, other):
        has_seen_closing = self.has_seen_itself(one.entry, other.entry, other.since)
        return not has_seen_closing and not self._has_seen(other, one)


def clamped(number):
    """The nearest number that the format has."""
    return min(max(number, SUM_LEAST), SUM_MOST)


def array(items):
    """An array of items that are encoded already."""
    return cbor.head(cbor.ARRAY, len(items)) + b"".join(items)


def mapping(items):
    """A map from texts to items that are encoded already."""
    pairs = sorted((cbor.encode(key), item) for key, item in items.items())
    return cbor.head(cbor.MAP, len(pairs)) + b"".join(key + item for key, item in pairs)


def content(reading):
    """What a slot reads, as the canonical form has it."""
    if not reading.is_disputed:
        return reading.shown
    live = [
        array([cbor.encode(one.entry[0]), cbor.encode(one.entry[1]), one.value])
        for one in sorted(reading.live, key=lambda one: one.entry)
    ]
    return array([reading.shown, array(live)])


def evaluate(entry, kind, acts, folded, seen):
    """The record that an entry creates; folded: (entry, body digest) of all that was folded."""
    evaluation = Evaluation(kind, acts, seen)
    fields = evaluation.contents()
    findings = evaluation.findings()
    canonical = array(
        [
            cbor.encode(entry[0]),
            cbor.encode(entry[1]),
            cbor.encode(kind.name),
            mapping(fields),
            cbor.encode(findings),
            cbor.encode(_entries(folded)),
        ]
    )
    conflicts, status = evaluation.conflicts, evaluation.status()
    return Record(entry, kind, fields, findings, conflicts, status, canonical)


def _entries(folded):
    by_log = {}
    for (log_id, seq), digest in folded:
        count, last, mixed = by_log.get(log_id, (0, 0, bytes(16)))
        mixed = bytes(one ^ other for one, other in zip(mixed, digest[:16]))
        by_log[log_id] = count + 1, max(last, seq), mixed
    return [[log_id, *rest] for log_id, rest in sorted(by_log.items())]
