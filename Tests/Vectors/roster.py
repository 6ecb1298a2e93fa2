# SPDX-License-Identifier: MIT
"""Who is enrolled, and which entries count: Docs/Formats/Entry.md, the roster."""

import datetime
from collections import namedtuple

import changes
from entry import check_body
from trouble import Invalid

RANKS = {"lead": 1, "coordinator": 2, "field": 3, "auditor": 3}
LEAST_FIRST = ("auditor", "field", "coordinator", "lead")
DAY = 86_400_000

# by: the entry that enrolled the device; None for the founder's.
Span = namedtuple("Span", "role by")
# said: the values of the body; name: the entry with its history.
Act = namedtuple("Act", "entry type said name")


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
        self.logs = logs
        self.sight = sight
        self.acts = list(_acts(logs))
        self.by_name = {act.name: act for act in self.acts}
        self.lead = None
        for log in logs.values():
            if log.birth.is_founder and log.birth.chain == partnership:
                self.lead = log.birth.signing_key
        self.known = {}
        # First those whom the lead cut, then what coordinators cut, all by ranks before that.
        self.limits = {}
        self.limits = self._limits(lambda act: self.rank(act) == 1)
        coordinators = self._limits(lambda act: self.rank(act) is not None)
        self.known, self.limits = {}, coordinators

    def admissions(self):
        """The admission of each log whose device is enrolled."""
        found = {}
        for log_id, log in self.logs.items():
            key = log.birth.signing_key
            if key != self.lead and not any(self._counts(act, key) for act in self.acts):
                continue
            spans = {}
            for one in log.entries:
                span = self.span((log_id, one.header.seq))
                if span is not None:
                    spans[one.header.seq] = span
            found[log_id] = Admission(spans, self.limits.get(log_id))
        return found

    def _counts(self, act, key):
        """Whether an act is an enrolment of a key that an author of a rank above made."""
        if act.type != "roster.enrolled" or act.said["key"] != key:
            return False
        rank = self.rank(act)
        return rank is not None and rank < RANKS[act.said["role"]]

    def rank(self, act):
        """The rank of an act's author, 1 or 2; None for others, and for one that was cut."""
        limit = self.limits.get(act.entry[0])
        if limit is not None and act.entry[1] > limit:
            return None
        span = self.span(act.entry, most=2)
        return None if span is None else RANKS[span.role]

    def span(self, entry, most=3):
        """The enrolment that holds at an entry, of ranks up to `most`; None for none."""
        slot = entry, most
        if slot not in self.known:
            self.known[slot] = self._span(entry, most)
        return self.known[slot]

    def _span(self, entry, most):
        key = self.logs[entry[0]].birth.signing_key
        if key == self.lead:
            return Span("lead", None)
        for rank in range(2, most + 1):
            holding = self._holding(entry, key, rank)
            if holding is not None and RANKS[holding.said["role"]] == rank:
                return Span(holding.said["role"], holding.entry)
        return None

    def _holding(self, entry, key, rank):
        """The enrolment that holds at an entry, of those that authors above a rank made."""
        applying = [
            act
            for act in self.acts
            if self._counts(act, key)
            and self.rank(act) < rank <= RANKS[act.said["role"]]
            and self._applies(act, entry)
        ]
        replaced = {name for act in applying for name in _names(act, "replaces")}
        left = [act for act in applying if act.name not in replaced]
        return min(left, key=_weight, default=None)

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
        return is_first or self._permits_less(act) or self.sight.has(entry, act.entry)

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
        others = [self.by_name.get(name) for name in _names(act, "replaces")]
        return any(
            other is not None
            and other.type == "roster.enrolled"
            and other.said["key"] == act.said["key"]
            and own < LEAST_FIRST.index(other.said["role"])
            for other in others
        )

    def _limits(self, may_cut):
        limits = {}
        for act in self.acts:
            if act.type == "roster.cut" and may_cut(act) and self._binds(act):
                for log_id, log in self.logs.items():
                    if log.birth.signing_key == act.said["key"]:
                        listed = [one[1] for one in act.said["at"] if one[0] == log_id]
                        place = listed[0] if listed else 0
                        limits[log_id] = min(limits.get(log_id, place), place)
        return limits

    def _binds(self, cut):
        key = cut.said["key"]
        if key == self.lead:
            return False
        enrolments = [act for act in self.acts if self._counts(act, key)]
        coordinating = [act for act in enrolments if act.said["role"] == "coordinator"]
        if self.rank(cut) != 1 and coordinating:
            others = [act for act in enrolments if act.said["role"] != "coordinator"]
            if not self._binds_coordinator(cut, coordinating, others):
                return False
        may_lift = 1 if coordinating else 2
        return not any(self._lifts(act, cut, may_lift) for act in self.acts)

    def _binds_coordinator(self, cut, coordinating, others):
        """Whether a coordinator's cut binds a device that was let in as coordinator."""
        in_sight = [act for act in coordinating if self.sight.has(cut.entry, act.entry)]
        lesser = [act for act in others if self.sight.has(cut.entry, act.entry)]
        if in_sight:
            replaced = {name for act in lesser for name in _names(act, "replaces")}
            return all(act.name in replaced for act in in_sight)
        if any(self.sight.has(act.entry, cut.entry) for act in coordinating):
            return True
        return any(
            not any(self.sight.has(act.entry, one.entry) for one in coordinating) for act in others
        )

    def _lifts(self, act, cut, most):
        if act.type != "roster.reinstated" or act.said["key"] != cut.said["key"]:
            return False
        rank = self.rank(act)
        is_above = rank is not None and rank <= most
        return is_above and cut.name in _names(act, "lifts") and self.sight.has(act.entry, cut.entry)


def admissions(logs, partnership, sight):
    """The admission of each log whose device is enrolled, by log id."""
    return Roster(logs, partnership, sight).admissions()


def _weight(act):
    return LEAST_FIRST.index(act.said["role"]), act.entry


def _names(act, key):
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
