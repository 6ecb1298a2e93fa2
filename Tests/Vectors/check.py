# SPDX-License-Identifier: MIT
"""Checks files that another program wrote, by the rules of Docs/Formats."""

import json
import os
import re

import changes
import digests
import exchange
import later
import log
from entry import check_body, newly_seen
from trouble import Invalid, need


class Holding:
    """What is held of one log: its birth, its entries from 1 on, and up to where it is sealed."""

    def __init__(self, reader):
        self.birth = reader.birth
        self.entries = list(reader.entries)
        self.sealed = reader.sealed

    def line(self):
        """The one line that is printed of a log."""
        head = self.entries[-1].chain if self.entries else self.birth.chain
        name, count = self.birth.id.hex(), len(self.entries)
        return f"log {name} entries {count} head {head.hex()} sealed {self.sealed}"

    def chain(self, seq):
        """h(seq), or None where it is not held."""
        if seq == 0:
            return self.birth.chain
        return self.entries[seq - 1].chain if seq <= len(self.entries) else None

    def join(self, first_seq, reader):
        """Takes in what another reader read of the same log, from some entry on; or Invalid."""
        for seq, one in enumerate(reader.entries, first_seq):
            if seq > len(self.entries):
                self._append(one)
                continue
            mine = self.entries[seq - 1]
            name = self.birth.id.hex()
            need(mine.chain == one.chain, "fork", f"log {name} has two histories of entry {seq}")
            if mine.body is None:
                self.entries[seq - 1] = one
        self.sealed = max(self.sealed, reader.sealed)

    def _append(self, one):
        if self.entries:
            grows = one.header.time > self.entries[-1].header.time
            need(grows, "time-order", f"the time of entry {one.header.seq} does not grow")
        self.entries.append(one)


class Checker:
    """Takes in files, prints a line for each log, and keeps a sentence for each thing wrong."""

    def __init__(self, epoch_keys=(), box_secret=None, with_bodies=True):
        self.epoch_keys = epoch_keys
        self.box_secret = box_secret
        self.with_bodies = with_bodies
        self.partnership = None
        self.holdings = {}
        self.slices = []
        self.dumps = []
        self.troubles = []

    def check(self, paths):
        """Yields the lines to print; what is wrong is in `troubles` afterwards."""
        for path in paths:
            yield from self._one(path, self._take_file)
        from_segments = []
        for path, one in sorted(self.slices, key=lambda pair: pair[1].first_seq):
            if one.log_id not in from_segments:
                from_segments.append(one.log_id)
            yield from self._one(path, lambda path, one=one: self._take_slice(one))
        for log_id in from_segments:
            if log_id in self.holdings:
                yield self.holdings[log_id].line()
                self.dumps.append(self.holdings[log_id])
        for holding in list(self.holdings.values()):
            self._check_holding(holding)

    def _one(self, path, take):
        try:
            yield from take(path) or ()
        except (Invalid, exchange.NotHereYet, exchange.Waits) as trouble:
            kind = {exchange.NotHereYet: "not here yet: ", exchange.Waits: "waits for "}
            self.troubles.append(f"{path}: {kind.get(type(trouble), '')}{trouble}")
        except OSError as trouble:
            self.troubles.append(f"{path}: {trouble.strerror}")

    def _take_file(self, path):
        with open(path, "rb") as file:
            data = file.read()
        name = os.path.basename(path)
        ending = os.path.splitext(name)[1]
        if name == "beatbook.exchange":
            return self._take_marker(data)
        takers = {
            ".log": self._take_log,
            ".request": self._take_request,
            ".grant": self._take_grant,
            ".segment": self._take_segment,
        }
        need(ending in takers, "name", "a name that ends in none of " + " ".join(takers))
        if re.fullmatch(r"[a-z2-7]{32}\.(request|grant|segment)", name):
            fits = name == digests.file_name(data) + ending
            need(fits, "name", f"the name of these bytes is {digests.file_name(data)}{ending}")
        return takers[ending](path, data)

    def _take_marker(self, data):
        partnership = exchange.check_marker(data)
        self._same_partnership(partnership)
        return [f"marker partnership {partnership.hex()}"]

    def _take_log(self, path, data):
        reader = log.Reader().read_log(data)
        if reader.trouble:
            sentence = f"{reader.verdict} at {reader.offset}: {reader.trouble}"
            self.troubles.append(f"{path}: {sentence}")
        if reader.birth is None:
            return []
        name = os.path.basename(path)
        if re.fullmatch(r"[0-9a-f]{32}\.log", name):
            fits = name == f"{reader.birth.id.hex()}.log"
            need(fits, "name", f"this is the log {reader.birth.id.hex()}")
        holding = Holding(reader)
        self.dumps.append(holding)
        if reader.birth.id in self.holdings:
            self.holdings[reader.birth.id].join(1, reader)
        else:
            self.holdings[reader.birth.id] = Holding(reader)
        return [holding.line()]

    def _take_request(self, _, data):
        found = exchange.check_request(data)
        self._same_partnership(found.partnership)
        spoken = digests.device_digest(found.signing_key, found.box_key)[:8]
        words = " ".join(str(byte) for byte in spoken)
        return [f"request of {found.signing_key.hex()} spoken {words}"]

    def _take_grant(self, _, data):
        need(self.box_secret is not None, "box", "give the --box-secret that opens a grant")
        found = exchange.check_grant(data, self.box_secret)
        self._same_partnership(found.birth.partnership)
        count = len(found.epochs)
        return [f"grant for {found.device_key.hex()} by {found.granter.hex()} epochs {count}"]

    def _take_segment(self, path, data):
        self.slices.append((path, exchange.open_segment(data, self.epoch_keys)))

    def _take_slice(self, one):
        held = self.holdings.get(one.log_id)
        count = len(held.entries) if held else 0
        if one.first_seq > count + 1:
            raise exchange.Waits(f"entry {one.first_seq - 1} of log {one.log_id.hex()}")
        if one.first_seq > 1:
            chain = held.chain(one.first_seq - 1)
            need(chain == one.chain_before, "fork", "the chain value before is not the one held")
        reader = exchange.read_slice(one, None, held and held.birth)
        self._same_partnership(reader.birth.partnership)
        if held is None:
            self.holdings[one.log_id] = Holding(reader)
        else:
            held.join(one.first_seq, reader)

    def _same_partnership(self, partnership):
        self.partnership = self.partnership or partnership
        need(partnership == self.partnership, "partnership", "this is of another partnership")

    def _check_holding(self, holding):
        for one in holding.entries:
            try:
                self._check_bases(one, holding.birth.id)
                if self.with_bodies:
                    self._check_facts(holding, one)
            except Invalid as trouble:
                name, seq = holding.birth.id.hex(), one.header.seq
                self.troubles.append(f"log {name}, entry {seq}: {trouble}")

    def _check_bases(self, one, own_log):
        for log_id, seq, h, _ in newly_seen(one.header.base, own_log):
            held = self.holdings.get(log_id)
            chain = held.chain(seq) if held else None
            sentence = f"its base names another history of log {log_id.hex()}"
            need(chain is None or chain[:16] == h, "base", sentence)

    def _check_facts(self, holding, one):
        header = one.header
        first = "the first entry of a log is software.updated"
        need(header.seq > 1 or header.type == "software.updated", "first", first)
        target = holding if type(header.record) is int else None
        if type(header.record) is list:
            target = self.holdings.get(header.record[0])
        seq = header.record if type(header.record) is int else (header.record or [0, 0])[1]
        if target and 0 < seq <= len(target.entries):
            creates = target.entries[seq - 1].header.record is None
            need(creates, "record", f"its record was not created by entry {seq}")
        if one.body is not None and header.type == later.SEALED:
            later.check_sealed(one.body)
        elif one.body is not None:
            changes.check_facts(header, check_body(one.body))


def dump(holding):
    """One line of JSON for each entry; bytes are hexadecimal."""
    for one in holding.entries:
        header = one.header
        said = {
            "log": holding.birth.id,
            "seq": header.seq,
            "time": header.time,
            "type": header.type,
            "record": header.record,
            "base": header.base,
            "bodyDigest": header.body_digest,
            "changes": _changes(one),
        }
        yield json.dumps(_plain(said))


def _changes(one):
    """The changes of an entry; null without a body, and a sentence where it is not valid."""
    if one.body is None:
        return None
    try:
        if one.header.type == later.SEALED:
            return later.check_sealed(one.body)
        return check_body(one.body)
    except Invalid as trouble:
        return trouble.sentence


def _plain(value):
    """A value that JSON has a form for."""
    if type(value) is bytes:
        return value.hex()
    if type(value) is dict:
        return {str(key): _plain(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return [_plain(item) for item in value]
    return value
