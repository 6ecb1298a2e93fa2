# SPDX-License-Identifier: MIT
"""Which epochs were opened, and which is written with: Docs/Formats/Keys.md."""

from collections import namedtuple

# after: the entries that opened those before; shares: the entries that share its key.
Epoch = namedtuple("Epoch", "entry id after is_fit shares")


def opened(roster):
    """The epochs whose opening counts. roster: a Roster."""
    ended = roster.cut_keys | set(roster.words.former())
    shares = _shares(roster)
    found = []
    for act in roster.acts:
        if act.type != "epoch.opened" or not _may(roster, act):
            continue
        author = roster.logs[act.entry[0]].birth.signing_key
        is_fit = author not in roster.cut_keys and ended <= set(act.said["without"])
        after = {tuple(name) for name in act.said["after"]}
        after = {roster.by_name[name].entry for name in after if name in roster.by_name}
        found.append(Epoch(act.entry, act.said["id"], after, is_fit, shares.get(act.entry, [])))
    return found


def writing(epochs):
    """The epoch to write with; None where none is fit."""
    by_entry = {one.entry: one for one in epochs}
    fit = [one for one in epochs if one.is_fit]
    followed, left = set(), [entry for one in fit for entry in one.after]
    while left:
        entry = left.pop()
        if entry not in followed:
            followed.add(entry)
            left += by_entry[entry].after if entry in by_entry else []
    free = [one for one in fit if one.entry not in followed]
    return min(free, key=lambda one: one.id, default=None)


def _may(roster, act):
    rank = roster.rank(act.entry)
    return rank is not None and rank <= 2


def _shares(roster):
    found = {}
    for act in roster.acts:
        if act.type != "epoch.shared" or not _may(roster, act):
            continue
        opening = roster.by_name.get(tuple(act.said["opened"]))
        is_one = opening is not None and opening.type == "epoch.opened"
        if is_one and opening.said["id"] == act.said["id"]:
            found.setdefault(opening.entry, []).append(act.entry)
    return found
