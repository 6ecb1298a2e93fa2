# SPDX-License-Identifier: MIT
"""exchange.txt: markers, requests, grants and segments."""

import cbor
import ciphers
import digests
import ed25519
import exchange
import make_log
import make_segments
from make_segments import add_file
from trouble import Invalid
from vectorfile import VectorFile, confirm_invalid
from world import EPOCH_KEY, FOUNDER, LATER_EPOCH_KEY, STRANGER, WARDEN, Writer, at, seeded

TITLE = """
Vectors for Docs/Formats/Exchange.md, written by vectors.py. The logs are those of log.txt.
"""
KINDS = """
Kinds, with the names of their values. In every block, file (bytes) is the whole file, file-name
(text) the name it has in its folder, and verdict valid, or set-aside with why (text: a reader may
name something else); of a segment also waits, and not-here-yet.
marker   valid: partnership (bytes)
request  valid: signing-seed (bytes: signs the same request again), partnership, signing-key,
         box-key, nonce (bytes)
grant    box-secret (bytes: opens it), asked (bytes: the partnership that was asked to join),
         device-key (bytes: the signing key of the device that reads);
         valid: sender-secret, granter-seed, birth-payload (bytes: make the same grant again),
         granter (bytes: its signing key), epochs (<time>/<key>, with one space between, oldest
         first), message (bytes: payload and signature)
segment  epoch-keys (32 bytes each, with one space between: the keys held), partnership (bytes),
         held (the name of the block of a segment of that log that was taken in before, or none);
         valid, and waiting for birth or entries: log (bytes), first-seq, last-seq (numbers),
         chain-before (bytes), slice (bytes);
         waits: for (key, birth, or entries)
"""


def make():
    """The text of exchange.txt."""
    out = VectorFile(TITLE, KINDS)
    founders, wardens, _ = make_log.grow()
    partnership = founders.birth.partnership
    _add_markers(out, partnership)
    _add_requests(out, partnership)
    _add_grants(out, founders)
    make_segments.Maker(out, founders, wardens).add_all()
    return out.text()


def _add_markers(out, partnership):
    out.section("Markers")
    good = exchange.make_marker(partnership)
    digits = partnership.hex().encode()
    cases = [
        ("marker-crlf", good.replace(b"\n", b"\r\n")),
        ("marker-no-last-line-feed", good[:-1]),
        ("marker-third-line", good + b"\n"),
        ("marker-version-1", good.replace(b"exchange 2", b"exchange 1")),
        ("marker-version-3", good.replace(b"exchange 2", b"exchange 3")),
        ("marker-capitals", good.replace(digits, digits.upper())),
        ("marker-short", good.replace(digits, digits[:-1])),
        ("marker-two-spaces", good.replace(b"partnership ", b"partnership  ")),
        ("marker-byte-order-mark", b"\xef\xbb\xbf" + good),
        ("marker-empty", b""),
    ]
    values = {"verdict": "valid", "partnership": partnership}
    add_file(out, "marker", "marker", good, "beatbook.exchange", **values)
    for case, data in cases:
        confirm_invalid(case, "marker", data, exchange.check_marker)
        values = {"verdict": "set-aside", "why": "marker"}
        add_file(out, case, "marker", data, "beatbook.exchange", **values)


def _add_requests(out, partnership):
    out.section("Requests")
    request = exchange.Request(partnership, *WARDEN.keys, seeded("request nonce", 16))
    good = exchange.make_request(WARDEN.seed, request)
    if exchange.check_request(good) != request:
        raise ValueError("a request is not what it was")
    values = {"signing_seed": WARDEN.seed, **request._asdict()}
    add_file(out, "request", "request", good, verdict="valid", **values)
    payload = cbor.encode([*request, None])
    longer = payload + ed25519.sign(WARDEN.seed, b"beatbook/request/1" + payload)
    bare = cbor.encode(list(request))
    undomained = bare + ed25519.sign(WARDEN.seed, bare)
    for name, why, data in (
        ("request-by-another", "signature", exchange.make_request(STRANGER.seed, request)),
        ("request-key-changed", "signature", good[:60] + bytes([good[60] ^ 1]) + good[61:]),
        ("request-without-domain", "signature", exchange.REQUEST_MAGIC + undomained),
        ("request-of-five-items", "shape", exchange.REQUEST_MAGIC + longer),
        ("request-cut", "cbor", good[:-1]),
        ("request-longer", "cbor", good + b"\0"),
        ("request-other-magic", "magic", exchange.GRANT_MAGIC + good[8:]),
        ("request-magic-alone", "too-short", exchange.REQUEST_MAGIC),
        ("request-empty", "magic", b""),
    ):
        confirm_invalid(name, why, data, exchange.check_request)
        add_file(out, name, "request", data, verdict="set-aside", why=why)


def _add_grants(out, founders):
    out.section("Grants, from the founder to the warden")
    later = at("2016-03-20T09:00:00Z")
    epochs = [(at("2016-03-14T09:05:00Z"), EPOCH_KEY), (later, LATER_EPOCH_KEY)]
    sender = seeded("sender of a grant")
    birth = founders.birth_payload
    good = exchange.make_grant(FOUNDER.seed, sender, WARDEN.keys, birth, epochs)
    common = {"asked": founders.birth.partnership, "device_key": WARDEN.signing_key}
    found = exchange.check_grant(good, WARDEN.box_secret)
    values = {"sender_secret": sender, "granter_seed": FOUNDER.seed, "birth_payload": birth}
    values["granter"] = found.granter
    values["epochs"] = [f"{time}/{key.hex()}" for time, key in found.epochs]
    values["message"] = ciphers.open_box(good[8:40], WARDEN.box_secret, _nonce(good), good[40:])
    secret = {"box_secret": WARDEN.box_secret}
    add_file(out, "grant", "grant", good, **secret, **common, verdict="valid", **values)
    for name, why, data in _wrong_grants(good, sender, birth, epochs):
        confirm_invalid(name, why, data, lambda data: _use_grant(data, common))
        add_file(out, name, "grant", data, **secret, **common, verdict="set-aside", why=why)
    name, why, values = "grant-opened-by-another", "box", {"box_secret": STRANGER.box_secret}
    confirm_invalid(name, why, good, lambda data: exchange.check_grant(data, **values))
    add_file(out, name, "grant", good, **values, **common, verdict="set-aside", why=why)


def _use_grant(data, common):
    """Raises Invalid unless a grant is one that the warden's device uses."""
    found = exchange.check_grant(data, WARDEN.box_secret)
    if found.device_key != common["device_key"]:
        raise Invalid("device", "the grant is for another device")
    if found.birth.partnership != common["asked"]:
        raise Invalid("partnership", "the grant is for another partnership")


def _nonce(grant):
    return digests.box_nonce(grant[8:40], WARDEN.box_key)


def _wrong_grants(good, sender, birth, epochs):
    """name, why, file."""

    def grant(seed=FOUNDER.seed, device=WARDEN.keys, birth=birth, epochs=epochs):
        return exchange.make_grant(seed, sender, device, birth, epochs)

    def sealed(items, seed=FOUNDER.seed, domain=b"beatbook/grant/1"):
        payload = cbor.encode(items)
        message = payload + ed25519.sign(seed, domain + payload)
        return exchange.seal_grant(sender, WARDEN.box_key, message)

    pairs = [list(one) for one in epochs]
    items = [WARDEN.signing_key, birth, pairs, FOUNDER.signing_key]
    other = Writer("another partnership", FOUNDER)
    member = Writer("a member", FOUNDER, other.birth.partnership)
    yield "grant-bit-flipped", "box", good[:-1] + bytes([good[-1] ^ 1])
    yield "grant-cut", "box", good[:-1]
    yield "grant-other-magic", "magic", exchange.REQUEST_MAGIC + good[8:]
    yield "grant-sender-alone", "too-short", good[:40]
    keys = STRANGER.signing_key, WARDEN.box_key
    nonce = digests.box_nonce(bytes(32), WARDEN.box_key)
    message = ciphers.open_box(good[8:40], WARDEN.box_secret, _nonce(good), good[40:])
    sealed_with_zeros = ciphers.seal_secretbox(ciphers.hsalsa(bytes(32), bytes(16)), nonce, message)
    small = exchange.GRANT_MAGIC + bytes(32) + sealed_with_zeros
    yield "grant-from-a-sender-of-small-order", "box", small
    yield "grant-for-another-device", "device", grant(device=keys)
    yield "grant-of-another-partnership", "partnership", grant(birth=other.birth_payload)
    yield "grant-birth-of-a-member", "birth", grant(birth=member.birth_payload)
    nulls = cbor.encode([None] * 5)
    yield "grant-birth-of-five", "birth", sealed([items[0], nulls, *items[2:]])
    yield "grant-epochs-out-of-order", "order", grant(epochs=epochs[::-1])
    yield "grant-signed-by-another", "signature", sealed(items, seed=STRANGER.seed)
    yield "grant-without-domain", "signature", sealed(items, domain=b"")
    yield "grant-of-five-items", "shape", sealed([*items, None])
    yield "grant-short-epoch-key", "shape", sealed([*items[:2], [[1, bytes(31)]], items[3]])
