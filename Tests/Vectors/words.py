# SPDX-License-Identifier: MIT
"""Which recovery words hold, and which entries signed with them count: Docs/Formats/Keys.md."""


class Words:
    """birth: the founding one, or None; acts: those of the roster."""

    def __init__(self, birth, logs, acts, sight):
        self.sight = sight
        # The keys of the words that hold, or None; the signing keys of all that ever held, in order.
        self.holding, self.box_key, self.signers = None, None, []
        # The last seq that counts, by log; logs in which words were renewed apart.
        self.last, self.apart = {}, set()
        renewals = {}
        for act in sorted(acts, key=lambda act: act.entry):
            if act.type == "recovery.renewed":
                renewals.setdefault(act.entry[0], act)
        keys = birth.recovery_keys if birth is not None else ()
        self._follow(*(keys if keys else (None, None)), renewals, logs)

    def _follow(self, key, box_key, renewals, logs):
        while key is not None:
            if key in self.signers:
                return
            self.signers.append(key)
            own = [act for log, act in renewals.items() if logs[log].birth.signing_key == key]
            first = [act for act in own if not self._has_another(act, own)]
            self.last.update(act.entry for act in first)
            if not first:
                self.holding, self.box_key = key, box_key
                return
            if len(first) > 1:
                self.apart.update(act.entry[0] for act in first)
                return
            key, box_key = first[0].said["key"], first[0].said["box"]

    def _has_another(self, act, others):
        return any(
            other is not act and self.sight.has(act.entry, other.entry) for other in others
        )

    def former(self):
        """The signing keys of words that hold no more."""
        return [key for key in self.signers if key != self.holding]

    def counts(self, entry):
        """Whether an entry of a log that words signed counts."""
        return self.may_cut(entry) and entry[0] not in self.apart

    def may_cut(self, entry):
        """Whether it may end access, which also those may who renewed apart."""
        return entry[1] <= self.last.get(entry[0], 0)
