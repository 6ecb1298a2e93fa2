# SPDX-License-Identifier: MIT
"""Which epochs were opened, and which is written with: Docs/Formats/Keys.md."""

from collections import Counter, namedtuple

from roster import names

# after: the entries that opened those before; is_known: whether every lead has its key; shares: the
# entries that share it; lacking: the box keys that it never came to.
Epoch = namedtuple("Epoch", "entry id after is_fit is_known shares lacking")


# So many openings by one device count.
OPENINGS = 1_024


def opened(roster):
    """The epochs whose opening counts. roster: a Roster."""
    ended = roster.cut_keys | set(roster.words.former())
    shares = _shares(roster)
    leads = [
        key
        for key in _devices(roster)
        if key not in roster.cut_keys and roster.present(key).role == "lead"
    ]
    found = []
    for act in _openings(roster):
        author = _author(roster, act.entry)
        is_fit = author not in roster.cut_keys and ended <= set(act.said["without"])
        bringing = [act, *shares.get(act.entry, [])]
        ways = _ways(roster, act, bringing)
        is_known = all(key in ways for key in leads)
        after = {tuple(name) for name in act.said["after"]}
        after = {roster.by_name[name].entry for name in after if name in roster.by_name}
        by = [one.entry for one in bringing[1:]]
        lacking = _lacking(roster, bringing, ways)
        is_fit = is_fit and is_known
        found.append(Epoch(act.entry, act.said["id"], after, is_fit, is_known, by, lacking))
    return found


def founding(roster):
    """The entry that opened the first epoch of the founding log, and the epoch's id, or None."""
    for act in roster.acts:
        if act.type == "epoch.opened" and roster.logs[act.entry[0]].birth.is_founder:
            return act.entry, act.said["id"]
    return None


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


def _openings(roster):
    """The acts that open an epoch and count, in the order in which they are held."""
    made = [act for act in roster.acts if act.type == "epoch.opened" and _may(roster, act)]
    counted, by = set(), Counter()
    for act in sorted(made, key=lambda act: act.entry):
        author = _author(roster, act.entry)
        by[author] += 1
        if by[author] <= OPENINGS:
            counted.add(act.entry)
    return [act for act in made if act.entry in counted]


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


def _devices(roster):
    keys = [roster.lead, *roster.counted]
    return [key for key in keys if roster.present(key) is not None]


def _lacking(roster, bringing, ways):
    boxes = [
        roster.present(key).box_key
        for key in _devices(roster)
        if key not in ways and key not in roster.cut_keys
    ]
    words = roster.words.box_key
    named = {box for one in bringing for box, _ in one.said["keys"]}
    if words is not None and words not in named:
        boxes.append(words)
    return sorted(boxes)


def _ways(roster, opening, bringing):
    """By which entries each device has an epoch's key, by signing key."""
    ways, grants = {}, []
    for key in _devices(roster):
        unread = _unread(roster, key)
        box_key = roster.present(key).box_key
        named = [
            one.entry
            for one in bringing
            if one.name not in unread and any(box_key == box for box, _ in one.said["keys"])
        ]
        if _author(roster, opening.entry) == key:
            named.append(opening.entry)
        if named:
            ways[key] = named
        if opening.name not in unread:
            grants += [
                (key, one.act.entry)
                for one in roster.counted.get(key, [])
                if roster.sight.has(one.act.entry, opening.entry)
            ]
    while True:
        good = [one for one in grants if _is_from_holder(roster, one[1], opening.entry, ways)]
        if not good:
            return ways
        for key, entry in good:
            ways.setdefault(key, []).append(entry)
            grants.remove((key, entry))


def _is_from_holder(roster, entry, opening, ways):
    author = _author(roster, entry)
    return author in roster.words.signers or any(
        way == opening or roster.sight.has(entry, way) for way in ways.get(author, [])
    )


def _unread(roster, key):
    """The names of the entries whose keys a device says that it cannot open."""
    return {
        name
        for act in _openings(roster)
        if _author(roster, act.entry) == key
        for name in names(act, "unread")
    }
