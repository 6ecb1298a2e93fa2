# SPDX-License-Identifier: MIT
"""Rules of this reader, broken one by one: books that another program wrote have to show each.

A comparison that finds nothing says something only if it would have found this.
"""

import contextlib

import cbor
import changes
import epochs
import families
import folding
import links
import peers
import record
import repeats
import roster
import sight
import state
import statebooks
import vocabulary
import words


def unnoticed(books):
    """The names of the rules that can be broken without any of the books showing it."""
    for name, (place, attribute, make) in RULES.items():
        with _broken(place, attribute, make):
            if not any(statebooks.differences(book)[1] for book in books):
                yield name


@contextlib.contextmanager
def _broken(place, attribute, make):
    whole = getattr(place, attribute)
    setattr(place, attribute, make(whole))
    try:
        yield
    finally:
        setattr(place, attribute, whole)


def _always(value):
    return lambda whole: lambda *_, **__: value


def _without_enrolment(whole):
    def has_itself(self, entry, other, since):
        same = entry[0] == other[0] or self.number(entry) >= since
        return same and self.sight.has(entry, other)

    return has_itself


def _without_number(whole):
    return lambda self, entry, other, since: whole(self, entry, other, 1)


def _least_last(whole):
    return lambda one: (whole(one)[0], -whole(one)[1], whole(one)[2])


def _without_exceptions(whole):
    return lambda base, own_log: [(*item[:3], []) for item in whole(base, own_log)]


def _untyped(value, names):
    return cbor.encode(names(value) if changes.is_link(value) else value)


def _author_of(roster, entry):
    return roster.logs[entry[0]].birth.signing_key


RULES = {
    "exceptions of bases": (sight, "newly_seen", _without_exceptions),
    "what was seen asks for the enrolment": (sight.Seen, "has_itself", _without_enrolment),
    "what was seen asks for the vocabulary number": (sight.Seen, "has_itself", _without_number),
    "runs of a log whose number fell": (sight.Seen, "run", _always(0)),
    "only what is under a seal is held": (
        state.Held, "__init__", lambda whole: lambda self, reader, _: whole(self, reader, True)
    ),
    "a link means the history that its author's log had named": (
        sight.Sight, "is_named", _always(True)
    ),
    "an entry that repeats another says nothing by itself": (
        repeats.Repeats, "_stands", _always(False)
    ),
    "only what says the same is repeated": (
        repeats.Repeats, "_is_alike", lambda whole: lambda self, entry, other: (
            self._speech(other) is not None)
    ),
    "those that say the same of what is not held are one act": (
        repeats.Repeats, "_act", lambda whole: lambda self, entry: (
            whole(self, entry) and (*whole(self, entry), entry))
    ),
    "an original is folded": (repeats.Repeats, "_stands", _always(True)),
    "what a repeat creates is one record with what it repeats": (
        state.State, "_take", lambda whole: lambda self, entry, one, target: (
            self.waiting.update({entry: "record"})
            if target in self.repeats.originals else whole(self, entry, one, target))
    ),
    "a link to a repeat means what it repeats": (
        state.State, "_name", lambda whole: lambda self, link, author: [
            link[0] or author[0], link[1]]
    ),
    "who has seen a repeat has seen what it repeats": (repeats.Repeats, "of", _always([])),
    "an enrolment applies from a place on": (roster.Roster, "_is_after", _always(True)),
    "who is given more has it from where it is in sight": (
        roster.Roster, "_permits_less", _always(True)
    ),
    "the least role holds": (roster, "_weight", _least_last),
    "whose word holds": (roster, "_weight", lambda whole: lambda one: whole(one)[1:]),
    "what a lower rank replaces": (roster, "replaces", lambda whole: lambda one, other: (
        other.act.name in roster.names(one.act, "replaces"))),
    "a cut that was taken back": (roster.Roster, "_lifts", _always(False)),
    "who takes back a cut": (roster.Roster, "_cutter", _always(2)),
    "a cut by peers": (peers, "was_below", _always(False)),
    "words that were renewed": (words.Words, "_has_another", _always(False)),
    "who renewed apart may end access": (words.Words, "may_cut", _always(False)),
    "an epoch is for every lead": (epochs, "_devices", _always([])),
    "who lets a device in gives it the keys that they have": (
        epochs, "_is_from_holder", _always(False)
    ),
    "a key that came later was not given": (
        epochs, "_is_from_holder", lambda whole: lambda roster, entry, opening, ways: (
            _author_of(roster, entry) in {*roster.words.signers, *ways})
    ),
    "an epoch that does not open for a lead is not fit": (epochs, "_unread", _always(set())),
    "a device's box key is that of its own births": (
        roster.Roster, "_box_key", _always(None)
    ),
    "an epoch follows others": (epochs, "writing", lambda whole: lambda found: whole(
        [one._replace(after=set()) for one in found])
    ),
    "who may write a field": (vocabulary, "may_write", _always(True)),
    "who may make a record": (vocabulary, "may_make", _always(True)),
    "who may ease a field": (vocabulary, "may_ease", _always(True)),
    "a value has its field's type": (
        folding, "encoded", lambda whole: lambda field, value, names: _untyped(value, names)
    ),
    "who voids what suspends a closing": (families, "_may_void", _always(True)),
    "a word that is no choice hides no level": (
        families.Caution, "rank", lambda whole: lambda self, value: (
            whole(self, value) if self.knows(value) else (0, value))
    ),
    "the most cautious value is read": (families.Caution, "is_more", _always(False)),
    "what was last agreed": (
        families, "standing", lambda whole: lambda writes, has_seen: families.Reading(
            max(writes, key=families.lateness).value, *whole(writes, has_seen)[1:])
    ),
    "an addition stands against a removal that had not seen it": (
        families, "_standing_additions", lambda whole: lambda acts, has_seen: whole(
            acts, lambda later, earlier: later.act == "remove")
    ),
    "a set that is contested": (families, "_meet", _always(True)),
    "a part that was voided": (families, "verdicts", _always({})),
    "later is by time": (families, "lateness", lambda whole: lambda act: act.entry),
    "a part that a closing had not seen": (record.Evaluation, "_part_unseen", _always(False)),
    "a value that a closing had not seen": (record.Evaluation, "_caution_unseen", _always(False)),
    "a closing knows of what was eased no more": (
        record.Evaluation, "_read", lambda whole: lambda self, field, acts, closing: [
            one for one in acts if self._knows(closing, one)]),
    "a closing has seen what its own entry writes": (
        record.Evaluation, "_knows", lambda whole: lambda self, closing, one: (
            self.has_seen(closing.entry, one.entry, one.since))
    ),
    "a sum out of range": (record, "clamped", lambda whole: lambda number: number % 2**63),
}
