# SPDX-License-Identifier: MIT
"""What the logs of a partnership come to, worked out from Docs/Formats/State.md alone."""

import cbor
import digests
import folding
import links
import record
import repeats
import roster
from later import SEALED
from sight import Seen, Sight
from trouble import Invalid

AUTOMATIC = ("sync.received", "software.updated")


class Held:
    """One log as far as it is held."""

    def __init__(self, reader, counts_unsealed):
        self.birth = reader.birth
        count = len(reader.entries) if counts_unsealed else reader.sealed
        self.entries = reader.entries[:count]


class State:
    """readers: of whole logs; counts_unsealed: as for the log of one's own device."""

    def __init__(self, readers, partnership, vocabulary, counts_unsealed=False):
        logs = [Held(one, counts_unsealed) for one in readers if one.birth is not None]
        self.logs = {one.birth.id: one for one in logs if one.birth.partnership == partnership}
        self.vocabulary = vocabulary
        sight = Sight(self.logs)
        self.sight = sight
        self.links = links.Links(self.logs, sight)
        self.roster = roster.Roster(self.logs, partnership, sight)
        self.admissions = self.roster.admissions()
        self.repeats = repeats.Repeats(
            self.logs, self.admissions, self.links, vocabulary.kinds
        )
        self.seen = Seen(sight, self.admissions, self.repeats)
        self.waiting, self.asides, self.acts, self.folded = {}, {}, {}, {}
        self.kinds, self.unknown = {}, set()
        self._make_records()
        self._fold_others()
        self.records = [self._evaluated(entry) for entry in sorted(self.kinds)]

    def _entries(self):
        for log_id in sorted(self.logs):
            if log_id not in self.admissions:
                continue
            for one in self.logs[log_id].entries:
                if one.header.record is None or one.header.record != 0:
                    yield (log_id, one.header.seq), one

    def _make_records(self):
        for entry, one in self._entries():
            if one.header.record is None and entry not in self.repeats.originals:
                self._make(entry, one)

    def _make(self, entry, one):
        admission = self.admissions[entry[0]]
        if admission.span(entry[1]) is None:
            self.asides[entry] = admission.reason(entry[1])
            return
        kind = self.vocabulary.kinds.get(one.header.type.split(".")[0])
        if kind is None:
            self.asides[entry] = "unknown-kind"
            self.unknown.add(entry)
            return
        self._fold(entry, one, entry, kind)
        if entry not in self.asides:
            self.kinds[entry] = kind

    def _fold_others(self):
        for entry, one in self._entries():
            named = one.header.record
            if named is not None:
                link = [0, named] if type(named) is int else named
                self._take(entry, one, self.links.entry(link, entry))
            elif entry in self.repeats.originals:
                self._take(entry, one, entry)

    def _take(self, entry, one, target):
        if target is None or not self._is_held(target):
            self.waiting[entry] = "record"
            return
        target = self.repeats.counted(target)
        if self.admissions[entry[0]].span(entry[1]) is None:
            self.asides[entry] = self.admissions[entry[0]].reason(entry[1])
        elif target not in self.kinds:
            self.asides[entry] = "unknown-kind" if target in self.unknown else "no-record"
        elif entry not in self.repeats.originals:
            self._fold(entry, one, target, self.kinds[target])

    def _is_held(self, entry):
        return entry[0] in self.admissions and entry[1] <= len(self.logs[entry[0]].entries)

    def _fold(self, entry, one, target, kind):
        header = one.header
        if header.further:
            self.asides[entry] = "later-version"
        elif header.body_digest is None:
            return
        elif one.body is None:
            self.waiting[entry] = "body"
        else:
            self._say(entry, one, target, kind)

    def _say(self, entry, one, target, kind):
        role = self.admissions[entry[0]].span(entry[1]).role
        author = folding.Author(entry, role, self.seen.run(entry))
        try:
            acts = folding.fold(one, author, kind, lambda link: self._name(link, entry))
        except Invalid as trouble:
            self.asides[entry] = trouble.reason
            return
        self.acts.setdefault(target, []).extend(acts)
        self.folded.setdefault(target, []).append((entry, one.header.body_digest))

    def _name(self, link, author):
        """How state names what a link means."""
        found = self.links.meaning(link, author)
        if found is None:
            return [link[0] or author[0], *link[1:]]
        return list(self.repeats.counted(found))

    def _evaluated(self, entry):
        acts, folded = self.acts.get(entry, []), self.folded.get(entry, [])
        return record.evaluate(entry, self.kinds[entry], acts, folded, self.seen)

    def digest(self):
        """The state digest."""
        return digests.H(b"".join(one.canonical for one in self.records))

    def reading_seal(self):
        """The reading seal."""
        told = []
        for log_id in sorted(self.admissions):
            entries = self.logs[log_id].entries
            own = [one for one in entries if not _is_automatic(one.header)]
            if own:
                last = own[-1].header.seq
                told.append([log_id, last, own[-1].chain, _absent(entries[:last])])
        return digests.H(b"beatbook/reading-seal/1" + cbor.encode([self.vocabulary.number, told]))


def _is_automatic(header):
    return header.type in AUTOMATIC or (header.type == SEALED and header.record == 0)


def _absent(entries):
    """The runs of entries whose bodies are not here as their headers say."""
    runs = []
    for one in entries:
        seq = one.header.seq
        if one.body is None and one.header.body_digest is not None:
            if runs and runs[-1][1] == seq - 1:
                runs[-1][1] = seq
            else:
                runs.append([seq, seq])
    return runs
