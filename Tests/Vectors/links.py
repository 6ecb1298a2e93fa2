# SPDX-License-Identifier: MIT
"""Which entries links name: Docs/Formats/Entry.md, links and the histories of one log.

This reader holds one history of each log, so that what is left to ask is whether it is the one
that is meant.
"""


class Links:
    """Answers for the entries of some logs that are held, by log id; entries are (log id, seq)."""

    def __init__(self, logs, sight):
        self.logs, self.sight = logs, sight

    def entry(self, link, author):
        """The entry that a link of some author's entry names; None while it is not known."""
        log_id, seq = link[0] or author[0], link[1]
        if len(link) == 3:
            is_known = self._chain(log_id, seq) == link[2]
        else:
            is_known = log_id == author[0] or self.sight.is_named(author, log_id, seq)
        return (log_id, seq) if is_known else None

    def meaning(self, link, author):
        """The same for a link in a body: a place that is not held is taken for the one to come."""
        found = self.entry(link, author)
        log_id, seq = link[0] or author[0], link[1]
        is_assumed = found is None and self._chain(log_id, seq) is None
        return (log_id, seq) if is_assumed else found

    def _chain(self, log_id, seq):
        """What says in which history a held entry stands; None where nothing is held."""
        held = self.logs[log_id].entries if log_id in self.logs else []
        return held[seq - 1].chain[:16] if seq <= len(held) else None
