# SPDX-License-Identifier: MIT
"""The blocks of log.txt that hold logs which are odd, torn or damaged."""

import cbor
import digests
import ed25519
import entry
import log
import world
from world import FOUNDER, WARDEN, seeded

CLOCK = "2016-03-16T10:00:00Z"
# The frames of the founder's later log: a birth, entries 1, 2, 3 and 4, a seal, entry 5, a seal,
# entry 6, a seal.
BIRTH, FIRST, SECOND, PAIR, SEAL_4, FIFTH, SEAL_5, SIXTH, SEAL_6 = range(9)
STORED = {"title": "Noise at the quay"}


def joined(frames):
    """A log file of some frames."""
    return log.MAGIC + b"".join(frames)


def sealed_at_4():
    """A writer of the founder's log up to its first seal."""
    writer = world.founder()
    del writer.frames[FIFTH], writer.chains[5]
    return writer


def odd_but_whole(founders, wardens):
    """name, log file: logs that are whole, though a reader might doubt it."""
    writer = world.Writer("birth-alone", FOUNDER)
    yield "whole-birth-alone", writer.data()
    yield "whole-seal-of-0", writer.seal().data()
    yield "whole-two-seals", sealed_at_4().seal().data()
    first = writer.pair(1, "software.updated", {"vocabulary": 1})
    yield "whole-time-1", writer.batch(first).data()

    writer = sealed_at_4()
    header, body = writer.pair(CLOCK, "case.opened", STORED, record=None)
    yield "whole-absent-body", writer.batch((header, None)).seal().data()
    yield "whole-absent-body-in-the-middle", joined(_with_absent(founders.frames))
    yield "whole-rotten-body", joined(_flipped(founders.frames, FIFTH, -40))
    yield "whole-rotten-body-at-the-end", _one_more(header, body + b"\0")
    later = "2016-03-16T10:00:01Z"
    two = _with_body(b"x" * 20, 5), _with_body(b"y" * 20, 6, later)
    yield "whole-bodies-swapped", _one_more(two[0][0], two[1][1], two[1][0], two[0][1])
    sealed = entry.make_header(5, world.at(CLOCK), "sealed.entry", 0, (), seeded("a digest"))
    yield "whole-sealed-body-absent", _one_more(sealed, None)
    yield "whole-body-not-valid", _one_more(*_with_body(seeded("a salt", 16) + b"\xff"))
    yield "whole-body-empty", _one_more(*_with_body(b""))
    yield "whole-body-of-262144-not-valid", _one_more(*_with_body(bytes(262_144)))
    own = [sealed_at_4().place(4)]
    data = entry.make_header(5, world.at(CLOCK), "sync.received", 0, own)
    yield "whole-base-own-log", _one_more(data, None)
    yield "whole-unknown-type", _one_more(*sealed_at_4().pair(CLOCK, "zzz.zzz", STORED, 3))
    yield "whole-header-of-seven", _one_more(_header(further=["later"]), None)
    yield "whole-header-of-4096", _one_more(_header_of(4_096), None)
    yield "whole-record-of-other-log", _one_more(_header(record=[wardens.birth.id, 2]), None)
    yield "whole-batch-of-1048576", _one_more(*_long_batch(1_048_576))


def torn(founders, wardens):
    """name, why, log file."""
    whole = sealed_at_4().data()
    batch = founders.frames[FIFTH]
    for size in (1, 4, 5, 6, 40, len(batch) - 33, len(batch) - 32, len(batch) - 1):
        yield f"torn-batch-after-{size}", "incomplete", whole + batch[:size]
    yield "torn-seal", "incomplete", world.founder().data() + founders.frames[SEAL_5][:-1]
    yield "torn-zeros", "kind", whole + bytes(4_096)
    yield "torn-one-zero", "incomplete", whole + b"\0"
    yield "torn-half-zeros", "entries", whole + batch[:60] + bytes(len(batch) - 60)
    yield "torn-chain-zeros", "chain", whole + batch[:-32] + bytes(32)
    yield "torn-text", "kind", whole + b"not a frame at all"
    yield "torn-kind-4", "kind", whole + log.frame(4, b"later")
    yield "torn-length-too-large", "incomplete", whole + b"\2\xff\xff\xff\xff" + batch[5:]
    for name, why, payload in _wrong_batches(sealed_at_4(), wardens):
        yield f"torn-{name}", why, whole + log.frame(log.BATCH, payload)
    for name, why, payload in _wrong_seals(founders):
        yield f"torn-{name}", why, whole + log.frame(log.SEAL, payload)
    writer = world.Writer("birth-alone", FOUNDER)
    first = writer.pair(0, "software.updated", {"vocabulary": 1})
    yield "torn-first-time-0", "time-order", writer.batch(first).data()
    yield "torn-second-birth", "second-birth", whole + founders.frames[BIRTH]
    bad = log.frame(4, b"")
    yield "torn-then-stale-batch", "kind", whole + bad + founders.frames[PAIR]
    yield "torn-then-absent-bodies", "kind", whole + bad + _with_absent(founders.frames)[FIFTH]
    yield "torn-then-seal-of-another-log", "kind", whole + bad + wardens.frames[-1]
    yield "torn-then-cut-batch", "kind", whole + bad + batch[:-1]


def not_logs(founders):
    """name, why, file."""
    frames, whole = founders.frames, founders.data()
    yield "no-log-empty-file", "incomplete", b""
    yield "no-log-magic-cut", "incomplete", log.MAGIC[:5]
    yield "no-log-magic-alone", "incomplete", log.MAGIC
    yield "no-log-birth-cut", "incomplete", whole[:60]
    yield "no-log-other-file", "magic", b"This is a text and not a log.\n"
    yield "no-log-magic-changed", "magic", b"b" + whole[1:]
    for number in (1, 3):
        yield f"no-log-version-{number}", "magic", whole[:7] + bytes([number]) + whole[8:]
    yield "no-log-without-birth", "birth", joined(frames[FIRST:])
    yield "no-log-birth-changed", "cbor", joined(_flipped(frames, BIRTH, 5))
    for name, items in _wrong_births():
        yield f"no-log-birth-{name}", "birth", joined([log.frame(log.BIRTH, cbor.encode(items))])


def _wrong_births():
    keys, nonce = [FOUNDER.signing_key, FOUNDER.box_key], bytes(16)
    recovery, partnership = seeded("a recovery key"), seeded("a partnership")
    yield "of-seven", [None, *keys, nonce, None, [], None]
    yield "of-five", [None, *keys, nonce, None]
    yield "short-partnership", [partnership[:31], *keys, nonce, None, []]
    yield "short-key", [None, keys[0][:31], keys[1], nonce, None, []]
    yield "long-nonce", [None, *keys, bytes(17), None, []]
    yield "short-previous", [partnership, *keys, nonce, [bytes(16), 1, bytes(16)], []]
    yield "one-recovery-key", [None, *keys, nonce, None, [recovery]]
    yield "three-recovery-keys", [None, *keys, nonce, None, [recovery] * 3]
    yield "short-recovery-key", [None, *keys, nonce, None, [recovery, recovery[:31]]]
    yield "recovery-keys-of-a-warden", [partnership, *keys, nonce, None, [recovery] * 2]


def damaged(founders):
    """name, why, log file."""
    frames = founders.frames
    for name, why, index, at in (
        ("batch-kind", "kind", SECOND, 0),
        ("batch-length", "entries", SECOND, 1),
        ("batch-length-beyond-the-file", "incomplete", SECOND, 3),
        ("header", "chain", PAIR, 20),
        ("body-about-no-record", "body-not-here", SECOND, 150),
        ("chain", "chain", PAIR, -1),
        ("seal-signature", "seal-signature", SEAL_4, -1),
        ("seal-chain", "seal-chain", SEAL_4, 20),
        ("seal-kind", "kind", SEAL_4, 0),
        ("last-batch-but-its-seal-is-good", "chain", SIXTH, -1),
    ):
        yield f"damaged-{name}", why, joined(_flipped(frames, index, at))
    yield "damaged-birth-nonce", "chain", joined(_flipped(frames, BIRTH, 90))
    yield "damaged-hole", "seq-gap", joined(frames[:SECOND] + frames[PAIR:])
    hole = frames[:SEAL_4] + frames[FIFTH:]
    yield "damaged-seal-of-the-wrong-place", "seal-seq", joined(
        hole[:PAIR] + frames[SEAL_4 : SEAL_4 + 1] + hole[PAIR:]
    )
    zeros = [*frames[:PAIR], bytes(len(frames[PAIR])), *frames[FIFTH:]]
    yield "damaged-zeros", "kind", joined(zeros)
    yield "damaged-cut-in-the-middle", "cbor", joined(
        [*frames[:PAIR], frames[PAIR][:100], *frames[SEAL_4:]]
    )
    yield "damaged-batch-twice", "seq-gap", joined(frames[:PAIR] + frames[SECOND:])
    yield "damaged-second-birth", "second-birth", joined(
        frames[:PAIR] + frames[:1] + frames[PAIR:]
    )
    bad = log.frame(4, b"")
    yield "damaged-then-old-seal", "kind", joined(frames[:FIFTH] + [bad, frames[SEAL_4]])
    fifth = frames[FIFTH]
    yield "damaged-then-batch-in-a-frame", "kind", joined(
        frames[:FIFTH] + [log.frame(9, b"x" + fifth + b"y")]
    )


def _flipped(frames, index, at):
    bent = bytearray(frames[index])
    bent[at] ^= 0x10
    return [*frames[:index], bytes(bent), *frames[index + 1 :]]


def _with_absent(frames):
    """The frames with the bodies of entry 5 absent; its header and chain value stay."""
    payload = frames[FIFTH][log.FRAME_HEAD :]
    items, _ = cbor.decode_first(payload, 0)
    again = log.frame(log.BATCH, cbor.encode([items[0], None]) + payload[-32:])
    return [*frames[:FIFTH], again, *frames[FIFTH + 1 :]]


def _one_more(*items):
    """The founder's log with one more batch, of headers and bodies in turn, and a seal."""
    return sealed_at_4().batch(*zip(items[::2], items[1::2])).seal().data()


def _header(seq=5, clock=CLOCK, type_="case.visited", record=3, body_digest=None, further=()):
    time = world.at(clock)
    return entry.make_header(seq, time, type_, record, (), body_digest, further)


def _header_of(size):
    rest = size - len(_header(further=["x" * 300]))
    return _header(further=["x" * (300 + rest)])


def _with_body(body, seq=5, clock=CLOCK):
    digest = digests.body_digest(body)
    return _header(seq, clock, "case.opened", None, digest), body


def _long_batch(size):
    """Headers and bodies in turn, that make a payload of some size."""
    items = []
    for number, length in enumerate((250_000, 250_000, 250_000, 250_000, 40_000)):
        items += _with_body(_body_of(length), 5 + number, f"2016-03-16T10:00:0{number}Z")
    rest = size - 32 - len(cbor.encode(items)) + 40_000
    return items[:-2] + list(_with_body(_body_of(rest), 9, "2016-03-16T10:00:04Z"))


def _body_of(size):
    """A valid body of some size."""
    salt, texts = seeded("a salt", 16), ["x" * 60_000] * (size // 60_050)
    rest = size - len(salt + cbor.encode({"notes": {"+": [*texts, "x" * 300]}}))
    return salt + cbor.encode({"notes": {"+": [*texts, "x" * (300 + rest)]}})


def _wrong_batches(writer, wardens):
    """name, why, payload of a batch that does not follow the writer's log."""
    chain = writer.chains[-1]
    header, body = writer.pair(CLOCK, "case.opened", STORED, record=None)

    def payload(*items):
        data = chain
        for one in items[::2]:
            data = digests.H(data + one)
        return cbor.encode(list(items)) + data

    good = payload(header, body)
    yield "wrong-chain", "chain", good[:-32] + chain
    yield "chain-of-the-body", "chain", good[:-32] + digests.H(chain + header + body)
    yield "bytes-after-chain", "entries", good + b"\0"
    yield "short-chain", "entries", good[:-1]
    yield "no-entries", "entries", payload()
    yield "odd-items", "entries", cbor.encode([header]) + good[-32:]
    yield "header-not-in-a-string", "entries", cbor.encode([5, None]) + good[-32:]
    yield "body-as-text", "entries", cbor.encode([header, "body"]) + good[-32:]
    yield "entries-indefinite", "cbor", b"\x9f" + good[1:-32] + b"\xff" + good[-32:]
    yield "seq-gap", "seq-gap", payload(_header(6), None)
    yield "seq-repeated", "seq-gap", payload(_header(4), None)
    later = "2016-03-16T10:00:01Z"
    yield "seq-gap-inside", "seq-gap", payload(_header(5), None, _header(7, later), None)
    yield "time-equal-inside", "time-order", payload(_header(5), None, _header(6), None)
    yield "time-less-inside", "time-order", payload(_header(5, later), None, _header(6), None)
    before = "2016-03-14T09:05:00Z"
    yield "time-less", "time-order", payload(_header(5, before), None)
    yield "body-without-digest", "body-unasked", payload(_header(), body)
    keyed, key = writer.pair(CLOCK, "epoch.opened", {"id": bytes(16), "without": []})
    yield "body-not-here", "body-not-here", payload(keyed, None)
    yield "body-not-here-but-another", "body-not-here", payload(keyed, key + b"\0")
    yield "header-type", "type", payload(_header(type_="Case.visited"), None)
    yield "header-record-later", "record", payload(_header(record=5), None)
    yield "header-own-log", "record", payload(_header(record=[writer.birth.id, 3]), None)
    two = wardens.place(3), wardens.place(2)
    data = cbor.encode([5, world.at(CLOCK), "sync.received", 0, [list(one) for one in two], None])
    yield "header-base-unsorted", "base", payload(data, None)
    yield "body-of-262145", "body-too-long", payload(*_with_body(bytes(262_145)))
    yield "header-too-long", "too-long", payload(_header_of(4_097), None)
    yield "batch-of-1048577", "limits", payload(*_long_batch(1_048_577))


def _wrong_seals(founders):
    """name, why, payload of a seal that does not fit the founder's log at entry 4."""
    birth, chains = founders.birth, founders.chains
    good = log.make_seal(FOUNDER.seed, birth, 4, chains[4])
    items = cbor.decode(good)
    yield "seal-of-3", "seal-seq", log.make_seal(FOUNDER.seed, birth, 3, chains[3])
    yield "seal-of-5", "seal-seq", log.make_seal(FOUNDER.seed, birth, 5, chains[5])
    yield "seal-of-other-chain", "seal-chain", log.make_seal(FOUNDER.seed, birth, 4, chains[5])
    yield "seal-by-another", "seal-signature", log.make_seal(WARDEN.seed, birth, 4, chains[4])
    other = birth._replace(partnership=seeded("a partnership"))
    yield "seal-for-other-partnership", "seal-signature", log.make_seal(
        FOUNDER.seed, other, 4, chains[4]
    )
    bare = birth.partnership + birth.id + digests.u64be(4) + chains[4]
    signature = ed25519.sign(FOUNDER.seed, bare)
    yield "seal-without-domain", "seal-signature", cbor.encode([4, chains[4], signature])
    yield "seal-of-four-items", "seal", cbor.encode([*items, None])
    yield "seal-with-short-signature", "seal", cbor.encode([*items[:2], items[2][:63]])
    yield "seal-with-trailing-byte", "cbor", good + b"\0"
    yield "seal-with-long-seq", "cbor", good.replace(b"\x83\x04", b"\x83\x18\x04", 1)
