# SPDX-License-Identifier: MIT
"""A small partnership made from fixed seeds: its devices, and the logs that they write.

Everything that would be chance on a device follows here from a name.
"""

import calendar
import hashlib
import time

import cbor
import digests
import ed25519
import entry
import keys
import log
import x25519


def seeded(name, size=32):
    """Bytes that stand for chance: the BLAKE2b digest of a name."""
    return hashlib.blake2b(f"beatbook vectors: {name}".encode(), digest_size=size).digest()


def at(clock, counter=0):
    """The time of a text such as 2016-03-14T09:30:00Z."""
    seconds = calendar.timegm(time.strptime(clock, "%Y-%m-%dT%H:%M:%SZ"))
    return digests.time(seconds * 1000, counter)


class Device:
    """The keys of one device."""

    def __init__(self, name):
        self.name = name
        self.seed = seeded(f"{name}, signing")
        self.box_secret = seeded(f"{name}, box")
        self.signing_key = ed25519.public_key(self.seed)
        self.box_key = x25519.public_key(self.box_secret)
        self.keys = self.signing_key, self.box_key


class Writer:
    """A log as one device writes it: its frames, and what comes next."""

    def __init__(self, name, device, partnership=None, previous=None, recovery_keys=()):
        self.name = name
        self.device = device
        nonce = seeded(f"{name}, nonce", 16)
        self.birth_payload = log.make_birth(
            partnership, device.keys, nonce, previous, recovery_keys
        )
        self.birth = log.check_birth(self.birth_payload)
        self.frames = [log.frame(log.BIRTH, self.birth_payload)]
        self.chains = [self.birth.chain]

    @property
    def seq(self):
        """The seq of the last entry."""
        return len(self.chains) - 1

    def place(self, seq):
        """What an entry of another log writes into its base about this log."""
        return self.birth.id, seq, self.chains[seq][:16]

    def pair(self, clock, type_, changes=None, record=0, base=(), seq=None):
        """Header and body of an entry; seq is the next one unless it is given."""
        seq = seq or self.seq + 1
        body = None
        if changes is not None:
            salt = seeded(f"{self.name}, salt of {seq}", entry.SALT_SIZE)
            body = salt + cbor.encode(changes)
        digest = None if body is None else digests.body_digest(body)
        moment = at(clock) if isinstance(clock, str) else clock
        return entry.make_header(seq, moment, type_, record, base, digest), body

    def batch(self, *pairs):
        """Appends the entries of one command."""
        payload, _ = log.make_batch(self.chains[-1], pairs)
        for header, _ in pairs:
            self.chains.append(digests.H(self.chains[-1] + header))
        self.frames.append(log.frame(log.BATCH, payload))
        return self

    def seal(self):
        """Appends a seal."""
        payload = log.make_seal(self.device.seed, self.birth, self.seq, self.chains[-1])
        self.frames.append(log.frame(log.SEAL, payload))
        return self

    def data(self):
        """The log file."""
        return log.MAGIC + b"".join(self.frames)


FOUNDER = Device("founder")
WARDEN = Device("warden")
STRANGER = Device("stranger")
RECOVERY = keys.Recovery(seeded("recovery words", 22))
EPOCH_KEY = seeded("epoch key")
LATER_EPOCH_KEY = seeded("later epoch key")

FOUNDED = {
    "name": "Harbour Community Safety Partnership",
    "call-sign": "C01",
}
ENROLLED = {
    "key": WARDEN.signing_key,
    "box": WARDEN.box_key,
    "role": "field",
    "call-sign": "W07",
}
OPENED_EPOCH = {
    "id": digests.epoch_key_id(EPOCH_KEY),
    "without": [],
    "after": [],
    "keys": [
        keys.seal_epoch_key(FOUNDER.seed, box_key, EPOCH_KEY)
        for box_key in (FOUNDER.box_key, RECOVERY.box_key)
    ],
}


def example():
    """The log that Log.md shows: a birth, a batch of two, a seal, a batch of one."""
    writer = Writer("example", Device("example"))
    first = writer.pair("2016-03-14T09:00:00Z", "software.updated", {"vocabulary": 1})
    founded = {"name": "Quay CSP", "call-sign": "C1"}
    clock = at("2016-03-14T09:00:00Z", 1)
    second = writer.pair(clock, "partnership.founded", founded, seq=2)
    writer.batch(first, second).seal()
    title = {"title": "Noise at the quay"}
    return writer.batch(writer.pair("2016-03-14T09:30:00Z", "case.opened", title, record=None))


def founder():
    """A founder's log: its last batch is not sealed yet."""
    writer = Writer("founder", FOUNDER, recovery_keys=RECOVERY.keys)
    writer.batch(writer.pair("2016-03-14T09:00:00Z", "software.updated", {"vocabulary": 1}))
    writer.batch(writer.pair("2016-03-14T09:00:01Z", "partnership.founded", FOUNDED))
    clock = "2016-03-14T09:05:00Z"
    writer.batch(
        writer.pair(clock, "epoch.opened", OPENED_EPOCH),
        writer.pair(at(clock, 1), "roster.enrolled", ENROLLED, seq=4),
    )
    writer.seal()
    opened = {"title": "Noise at the quay", "risk": "medium", "owners": {"+": ["C01"]}}
    writer.batch(writer.pair("2016-03-14T10:15:00Z", "case.opened", opened, record=None))
    return writer


def warden(founders):
    """A second device's log, whose bases name the founder's: it goes on while that one grows."""
    writer = Writer("warden", WARDEN, founders.birth.partnership)
    first = {"vocabulary": 1}
    clock = "2016-03-14T11:00:00Z"
    writer.batch(writer.pair(clock, "software.updated", first, base=[founders.place(4)]))
    opened = {"title": "Graffiti at the station", "places": {"+": ["Station Road"]}}
    visit = {"visits": [[0, "Spoke to the station manager."]], "occurred": "2016-03-14"}
    clock = "2016-03-14T11:20:00Z"
    writer.batch(
        writer.pair(clock, "case.opened", opened, record=None),
        writer.pair(at(clock, 1), "case.visited", visit, record=2, seq=3),
    )
    return writer.seal()


def founder_later(founders, wardens):
    """The founder's log seals what it had, and goes on after taking in the warden's."""
    founders.seal()
    risk = {"risk": "high", "reason": "A second complaint, about threats."}
    clock, record = "2016-03-15T08:40:00Z", [wardens.birth.id, 2]
    pair = founders.pair(clock, "case.risk-assessed", risk, record, [wardens.place(3)])
    return founders.batch(pair).seal()


def warden_later(wardens, founders):
    """The warden visits the founder's case, and later sends a receipt."""
    visit = {"visits": [[0, {"text": "Nobody in.", "minutes": 10}]], "contacts": {"advised": 2}}
    clock, record = "2016-03-15T09:10:00Z", [founders.birth.id, 5]
    wardens.batch(wardens.pair(clock, "case.visited", visit, record, [founders.place(5)]))
    clock = "2016-03-15T12:00:00Z"
    receipt = wardens.pair(clock, "sync.received", base=[founders.place(6)])
    return wardens.batch(receipt).seal()


def warden_second(wardens, founders):
    """A second log of the warden's device, born where the first one ended."""
    previous = [wardens.birth.id, wardens.seq, wardens.chains[-1]]
    writer = Writer("warden-second", WARDEN, founders.birth.partnership, previous)
    bases = [founders.place(6), wardens.place(wardens.seq)]
    first = {"vocabulary": 1}
    writer.batch(writer.pair("2016-03-16T08:00:00Z", "software.updated", first, base=bases))
    return writer.seal()


def founder_fork(founders):
    """Another history of the founder's log, which parts from it after its entry 4."""
    writer = founder()
    del writer.frames[-1], writer.chains[-1]
    opened = {"title": "Noise at the harbour wall", "risk": "low"}
    writer.batch(writer.pair("2016-03-14T10:16:00Z", "case.opened", opened, record=None))
    if writer.birth != founders.birth:
        raise ValueError("a fork shares its birth")
    return writer.seal()
