# SPDX-License-Identifier: MIT
"""Whether a cut by somebody of a device's own rank binds: Docs/Formats/Entry.md, the roster."""

import roster


def was_below(one, cut, rank):
    """Whether the device had a lower rank for the author of a cut. one: a Roster."""
    key = cut.said["key"]
    if key == one.lead:
        return False
    counted = one.counted.get(key, [])
    raising = [entry for entry in counted if roster.RANKS[entry.act.said["role"]] <= rank]
    lesser = [entry for entry in counted if roster.RANKS[entry.act.said["role"]] > rank]
    in_sight = [entry for entry in raising if one.sight.has(cut.entry, entry.act.entry)]
    if in_sight:
        known = [entry for entry in lesser if one.sight.has(cut.entry, entry.act.entry)]
        return all(any(roster.replaces(other, entry) for other in known) for entry in in_sight)
    if raising and all(one.sight.has(entry.act.entry, cut.entry) for entry in raising):
        return True
    return any(
        one.sight.has(cut.entry, act.entry)
        and all(one.sight.has(entry.act.entry, act.entry) for entry in raising)
        for act in _lower(one, key, rank)
    )


def _lower(one, key, rank):
    """The enrolments of a device with a lower rank, by authors of this rank or one above."""
    for act in one.acts:
        if act.type != "roster.enrolled" or act.said["key"] != key:
            continue
        by = one.rank(act.entry)
        if roster.RANKS[act.said["role"]] > rank and by is not None and by <= rank:
            yield act
