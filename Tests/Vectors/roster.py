# SPDX-License-Identifier: MIT
"""Who is enrolled, and which entries count: Docs/Formats/Entry.md, the roster, and Keys.md."""

import datetime
from collections import namedtuple

import changes
import peers
import words
from entry import check_body
from trouble import Invalid

RANKS = {"lead": 1, "coordinator": 2, "field": 3, "auditor": 3}
LEAST_FIRST = ("auditor", "field", "coordinator", "lead")
DAY = 86_400_000

# by: the entry that enrolled the device; None for the founder's.
Span = namedtuple("Span", "role by")
# said: the values of the body; name: the entry with its history.
Act = namedtuple("Act", "entry type said name")
# An enrolment, and the rank that its author had.
Counted = namedtuple("Counted", "act by")
Present = namedtuple("Present", "role box_key")


class Admission:
    """Which entries of one log count, and as whose."""

    def __init__(self, spans, limit):
        self.spans = spans
        self.limit = limit

    def span(self, seq):
        """What the author of an entry was; None for one that does not count."""
        if self.limit is not None and seq > self.limit:
            return None
        return self.spans.get(seq)

    def reason(self, seq):
        """Why an entry that does not count is set aside."""
        return "after-cut" if self.limit is not None and seq > self.limit else "not-let-in"


class Roster:
    """Works it out rank by rank; logs are by their ids."""

    def __init__(self, logs, partnership, sight):
        self.logs, self.sight = logs, sight
        self.acts = list(_acts(logs))
        self.by_name = {act.name: act for act in self.acts}
        founding = [
            log.birth
            for log in logs.values()
            if log.birth.is_founder and log.birth.chain == partnership
        ]
        self.founding = founding[0] if founding else None
        self.lead = founding[0].signing_key if founding else None
        self.words = words.Words(founding[0] if founding else None, logs, self.acts, sight)
        self.counted = {}
        self.limits, self.cut_keys = {}, set()
        # The lowest rank at which is known what holds.
        self.stage = 0
        self.known = {}
        if founding:
            self._work_out()

    def _work_out(self):
        for rank in range(3):
            self._cut(rank, peers.was_below)
            self._count(rank)
            self.stage = rank + 1
            self._cut(rank + 1)

    def admissions(self):
        """The admission of each log whose device is enrolled, or that words signed."""
        found = {}
        for log_id, log in self.logs.items():
            key = log.birth.signing_key
            if key in self.words.signers:
                spans = {one.header.seq: Span("auditor", None) for one in log.entries}
                found[log_id] = Admission(spans, self.words.last.get(log_id, 0))
            elif key == self.lead or key in self.counted:
                seqs = [one.header.seq for one in log.entries]
                spans = {seq: self._span((log_id, seq)) for seq in seqs}
                found[log_id] = Admission(spans, self.limits.get(log_id))
        return found

    def rank(self, entry):
        """The rank of an entry's author, as far as it is known; None for none."""
        limit = self.limits.get(entry[0])
        if limit is not None and entry[1] > limit:
            return None
        if self.logs[entry[0]].birth.signing_key in self.words.signers:
            return 0 if self.words.counts(entry) else None
        span = self._span(entry)
        return None if span is None else RANKS[span.role]

    def top(self, key):
        """The highest rank that a device was ever let in with; None for none."""
        if key == self.lead:
            return 1
        return min((RANKS[one.act.said["role"]] for one in self.counted.get(key, [])), default=None)

    def present(self, key):
        """What a device is if no entry of its own is looked at; None for nothing."""
        box_key = self._box_key(key)
        if key == self.lead:
            return Present("lead", box_key or self.founding.box_key)
        for rank in range(1, 4):
            deciding = [
                one
                for one in self.counted.get(key, [])
                if one.by < rank <= RANKS[one.act.said["role"]]
            ]
            found = _holding_of(deciding)
            if found is not None and RANKS[found.said["role"]] == rank:
                return Present(found.said["role"], box_key or found.said["box"])
        return None

    def _box_key(self, key):
        """What the device's own logs say; None where none is held."""
        own = [log_id for log_id, log in self.logs.items() if log.birth.signing_key == key]
        return self.logs[min(own)].birth.box_key if own else None

    def _count(self, rank):
        """Counts the enrolments that authors of a rank made of lower ones."""
        for act in self.acts:
            if act.type != "roster.enrolled" or RANKS[act.said["role"]] <= rank:
                continue
            key = act.said["key"]
            if key == self.lead or key in self.words.signers or self.rank(act.entry) != rank:
                continue
            self.counted.setdefault(key, []).append(Counted(act, rank))

    def _span(self, entry):
        key = self.logs[entry[0]].birth.signing_key
        if key == self.lead:
            return Span("lead", None)
        for rank in range(1, min(self.stage, 3) + 1):
            if (entry, rank) not in self.known:
                self.known[entry, rank] = self._holding(entry, key, rank)
            holding = self.known[entry, rank]
            if holding is not None and RANKS[holding.said["role"]] == rank:
                return Span(holding.said["role"], holding.entry)
        return None

    def _holding(self, entry, key, rank):
        """The enrolment that holds at an entry, of those that authors above a rank made."""
        applying = [
            one
            for one in self.counted.get(key, [])
            if one.by < rank <= RANKS[one.act.said["role"]] and self._applies(one.act, entry)
        ]
        return _holding_of(applying)

    def _applies(self, act, entry):
        said = act.said
        if "from" in said and not self._is_after(entry, said["from"]):
            return False
        if "until" in said:
            last = datetime.date.fromisoformat(said["until"]) - datetime.date(1970, 1, 1)
            time = self.logs[entry[0]].entries[entry[1] - 1].header.time
            if time >> 16 >= (last.days + 1) * DAY:
                return False
        is_first = "replaces" not in said
        if is_first or self.sight.has(entry, act.entry):
            return True
        return self._permits_less(act) and self.sight.reach(act.entry, entry[0]) < entry[1]

    def _is_after(self, entry, place):
        if place[0] == entry[0]:
            return entry[1] > place[1]
        log_id, passed = place[0], set()
        while log_id in self.logs and log_id not in passed:
            passed.add(log_id)
            previous = self.logs[log_id].birth.previous
            if previous is None:
                return True
            log_id = previous[0]
            if log_id == entry[0]:
                return False
        return True

    def _permits_less(self, act):
        own = LEAST_FIRST.index(act.said["role"])
        others = [self.by_name.get(name) for name in names(act, "replaces")]
        return any(
            other is not None
            and other.type == "roster.enrolled"
            and other.said["key"] == act.said["key"]
            and own < LEAST_FIRST.index(other.said["role"])
            for other in others
        )

    def _cut(self, rank, may_bind=None):
        """Cuts the devices of a rank, by ranks above; or by their own, where `may_bind` says so."""
        binding = []
        for act in self.acts:
            if act.type != "roster.cut" or self.top(act.said["key"]) != rank:
                continue
            by = self.rank(act.entry)
            if may_bind is not None:
                binds = by == rank and may_bind(self, act, rank)
            else:
                binds = by is not None and by < rank or self.words.may_cut(act.entry)
            if binds and not any(self._lifts(other, act, rank) for other in self.acts):
                binding.append(act)
        for act in binding:
            self._bind(act)

    def _bind(self, act):
        self.cut_keys.add(act.said["key"])
        for log_id, log in self.logs.items():
            if log.birth.signing_key == act.said["key"]:
                listed = [one for one in act.said["at"] if one[0] == log_id]
                place = min((one[1] for one in listed if _may_stand(one, log)), default=0)
                self.limits[log_id] = min(self.limits.get(log_id, place), place)

    def _lifts(self, act, cut, rank):
        if act.type != "roster.reinstated" or act.said["key"] != cut.said["key"]:
            return False
        by = self.rank(act.entry)
        is_above = by is not None and by < rank and by <= self._cutter(cut)
        return is_above and cut.name in names(act, "lifts") and self.sight.has(act.entry, cut.entry)

    def _cutter(self, cut):
        return 0 if self.words.may_cut(cut.entry) else self.rank(cut.entry)


def _may_stand(place, log):
    """Whether a place that a cut lists is in the history of its log that is held, or may come."""
    _, seq, h = place
    chains = [log.birth.chain] + [one.chain for one in log.entries]
    return seq >= len(chains) or chains[seq][:16] == h


def _holding_of(enrolments):
    left = [one for one in enrolments if not any(replaces(other, one) for other in enrolments)]
    return min(left, key=_weight, default=Counted(None, None)).act


def replaces(one, other):
    """Whether an enrolment replaces another, which nobody does of a higher rank's."""
    return other.act.name in names(one.act, "replaces") and one.by <= other.by


def _weight(one):
    return one.by, LEAST_FIRST.index(one.act.said["role"]), one.act.entry


def names(act, key):
    """The pinned entries that an act names under a key."""
    return {tuple(one) for one in act.said.get(key, [])}


def _acts(logs):
    for log_id, log in logs.items():
        for one in log.entries:
            header = one.header
            if header.record != 0 or header.further or one.body is None:
                continue
            if header.type not in changes.PARTNERSHIP_ENTRIES:
                continue
            try:
                changes.check_partnership_body(header.type, one.body)
                said = check_body(one.body)
            except Invalid:
                continue
            name = log_id, header.seq, one.chain[:16]
            yield Act((log_id, header.seq), header.type, said, name)
