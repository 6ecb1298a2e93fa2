# SPDX-License-Identifier: MIT
"""What entries had in sight, and what they had seen: Docs/Formats/Entry.md and State.md.

An entry is a pair (log id, seq).
"""

from entry import body_or_invalid, is_unsigned, newly_seen
from trouble import Invalid

RUNS_LIMIT = 8


class Sight:
    """Answers for the entries of some logs that are held, by log id."""

    def __init__(self, logs):
        self.logs = logs
        self.first = {log_id: self._first(log_id) for log_id in logs}

    def _first(self, log_id):
        """From which own seq on each entry of another log was in sight, by (log id, seq)."""
        found = {}
        for one in self.logs[log_id].entries:
            if one.header.further:
                continue
            for other, seq, h, left_out in newly_seen(one.header.base, log_id):
                held = self.logs[other].entries if other in self.logs else []
                if seq <= len(held) and held[seq - 1].chain[:16] == h:
                    for named in range(1, seq + 1):
                        if not any(named in run for run in left_out):
                            found.setdefault((other, named), one.header.seq)
        return found

    def has(self, entry, other):
        """Whether an entry has another in sight."""
        if entry[0] == other[0]:
            return other[1] < entry[1]
        first = self.first[entry[0]].get(other)
        return first is not None and first <= entry[1]

    def is_named(self, entry, log_id, seq):
        """Whether the first base of an entry's log that names a place of another one, or a later
        one, names the history that is held."""
        for one in self.logs[entry[0]].entries[: entry[1]]:
            if one.header.further:
                continue
            named = [
                item for item in newly_seen(one.header.base, entry[0])
                if item[0] == log_id and _reach(item) >= seq
            ]
            if named:
                return all(self._is_held(item) for item in named)
        return False

    def reach(self, entry, log_id):
        """The highest seq of another log that an entry has in sight; 0 for none."""
        first = self.first[entry[0]].items()
        return max((seq for (log, seq), at in first if log == log_id and at <= entry[1]), default=0)

    def _is_held(self, item):
        held = self.logs[item[0]].entries if item[0] in self.logs else []
        return item[1] <= len(held) and held[item[1] - 1].chain[:16] == item[2]


class Seen:
    """Sight through gates: admissions are by log id; who has seen a repeat has seen it all."""

    def __init__(self, sight, admissions, repeats):
        self.sight = sight
        self.admissions = admissions
        self.repeats = repeats
        self.stated = {log_id: _stated(log) for log_id, log in sight.logs.items()}

    def has(self, entry, other, since=1):
        """Whether an entry has seen what another says, which vocabularies know since a number."""
        if entry[0] == other[0]:
            return self.has_itself(entry, other, since)
        ways = [other] + self.repeats.of(other)
        return any(self.has_itself(entry, one, since) for one in ways)

    def has_itself(self, entry, other, since):
        """The same, whoever has written it down again."""
        if not self.sight.has(entry, other):
            return False
        if entry[0] == other[0]:
            return True
        by = self.admissions[other[0]].span(other[1]).by
        if by is not None and by != entry and not self.sight.has(entry, by):
            return False
        return self.number(entry) >= since

    def number(self, entry):
        """The vocabulary number that an entry's log stated last."""
        return self._stated(entry)[-1]

    def run(self, entry):
        """How often an entry's log had gone back to a lower number; eight for all beyond."""
        numbers = self._stated(entry)
        falls = sum(later < before for before, later in zip(numbers, numbers[1:]))
        return min(falls, RUNS_LIMIT)

    def _stated(self, entry):
        return [1] + [number for seq, number in self.stated[entry[0]] if seq <= entry[1]]


def _reach(item):
    """The last entry that an item of a base names and leaves in."""
    seq = item[1]
    while any(seq in run for run in item[3]):
        seq -= 1
    return seq


def _stated(log):
    """The statements of vocabulary numbers in a log: (seq, number)."""
    found = []
    for one in log.entries:
        about_software = one.header.type == "software.updated" and one.header.record == 0
        if not about_software or one.header.further or one.body is None:
            continue
        said = body_or_invalid(one.body)
        if not isinstance(said, Invalid) and is_unsigned(said.get("vocabulary")):
            # What states 0 states nothing.
            if said["vocabulary"] == 0:
                continue
            found.append((one.header.seq, said["vocabulary"]))
    return found
