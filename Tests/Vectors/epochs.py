# SPDX-License-Identifier: MIT
"""Which epochs were opened, and which is written with: Docs/Formats/Keys.md."""

from collections import namedtuple

from roster import names

# after: the entries that opened those before; shares: the entries that share its key.
Epoch = namedtuple("Epoch", "entry id after is_fit shares")


def opened(roster):
    """The epochs whose opening counts. roster: a Roster."""
    ended = roster.cut_keys | set(roster.words.former())
    shares = _shares(roster)
    leads = list(_leads(roster))
    found = []
    for act in roster.acts:
        if act.type != "epoch.opened" or not _may(roster, act):
            continue
        author = _author(roster, act.entry)
        is_fit = author not in roster.cut_keys and ended <= set(act.said["without"])
        bringing = [act] + shares.get(act.entry, [])
        is_fit = is_fit and all(_has(roster, key, box, act, bringing) for key, box in leads)
        after = {tuple(name) for name in act.said["after"]}
        after = {roster.by_name[name].entry for name in after if name in roster.by_name}
        by = [one.entry for one in bringing[1:]]
        found.append(Epoch(act.entry, act.said["id"], after, is_fit, by))
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
            found.setdefault(opening.entry, []).append(act)
    return found


def _author(roster, entry):
    return roster.logs[entry[0]].birth.signing_key


def _leads(roster):
    """The signing key and the box key of each lead that goes on."""
    for key in {roster.lead, *roster.counted} - roster.cut_keys:
        lead = roster.present(key)
        if lead is not None and lead.role == "lead":
            yield key, lead.box_key


def _has(roster, key, box_key, opening, bringing):
    """Whether a device was given an epoch's key, and has not said that it does not open."""
    unread = _unread(roster, key)
    if _author(roster, opening.entry) == key or any(
        one.name not in unread and any(box_key == box for box, _ in one.said["keys"])
        for one in bringing
    ):
        return True
    return opening.name not in unread and any(
        roster.sight.has(one.act.entry, opening.entry)
        and opening.name not in _unread(roster, _author(roster, one.act.entry))
        for one in roster.counted.get(key, [])
    )


def _unread(roster, key):
    """The names of the entries whose keys a device says that it cannot open."""
    return {
        name
        for act in roster.acts
        if act.type == "epoch.opened" and _may(roster, act) and _author(roster, act.entry) == key
        for name in names(act, "unread")
    }
