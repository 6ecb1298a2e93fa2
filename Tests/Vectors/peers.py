# SPDX-License-Identifier: MIT
"""Whether a cut by somebody of a device's own rank binds: Docs/Formats/Entry.md, the roster."""

import roster


def was_below(one, cut, rank):
    """Whether the device had a lower rank for the author of a cut. one: a Roster."""
    key = cut.said["key"]
    if key == one.lead:
        return False
    counted = [entry.act for entry in one.counted.get(key, [])]
    raising = [act for act in counted if roster.RANKS[act.said["role"]] <= rank]
    lesser = [act for act in counted if roster.RANKS[act.said["role"]] > rank]
    in_sight = [act for act in raising if one.sight.has(cut.entry, act.entry)]
    if in_sight:
        known = [act for act in lesser if one.sight.has(cut.entry, act.entry)]
        replaced = {name for act in known for name in roster.names(act, "replaces")}
        return all(act.name in replaced for act in in_sight)
    if any(one.sight.has(act.entry, cut.entry) for act in raising):
        return True
    return any(
        not any(one.sight.has(act.entry, other.entry) for other in raising)
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
