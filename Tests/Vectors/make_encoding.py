# SPDX-License-Identifier: MIT
"""encoding.txt: CBOR items, digests, names, fingerprints, signatures and ciphers."""

import cbor
import ciphers
import digests
import make_items
import make_signatures
from vectorfile import VectorFile
from world import EPOCH_KEY, FOUNDER, WARDEN, at, example, seeded

TITLE = "Vectors for Docs/Formats/Encoding.md, written by vectors.py."
KINDS = """
Kinds, with the names of their values:
item           item (bytes), verdict (valid, invalid);
               valid: shows (text: diagnostic notation of RFC 8949, in ASCII);
               invalid: breaks (numbers of the rules that are broken; a reader may name any of them)
digest         input, digest (bytes: H of the input)
body-digest    body, digest (bytes)
birth-digest   payload, digest, log (bytes; the last is the log id)
fingerprint    digest (bytes), spoken (eight numbers: the words, from 0); of a device also
               signing-key, box-key (bytes: what the digest is made of)
epoch-key      epoch-key, key-id (bytes)
segment-nonce  epoch-key, slice, nonce (bytes)
box-nonce      sender, box-key, nonce (bytes)
base32         input (bytes), text
file-name      file (bytes), text (the name without its ending)
number         number, and u32le or u64be (bytes)
time           clock (text), milliseconds, counter, time (numbers)
signing-key    seed, signing-key (bytes)
box-key        box-secret, box-key (bytes)
agreement      box-secret, box-key (of the other side), shared (bytes)
signature      signing-key, message, signature (bytes), domain (text: stands before the message),
               verdict (valid, invalid)
aead           key, nonce, associated, message, sealed (bytes): XChaCha20-Poly1305
box            sender-secret, box-key, nonce, message, sealed (bytes): crypto_box
"""

def make():
    """The text of encoding.txt."""
    out = VectorFile(TITLE, KINDS)
    make_items.add_all(out)
    _digests(out)
    _names(out)
    make_signatures.add_all(out)
    _ciphers(out)
    return out.text()


def _digests(out):
    out.section("Digests")
    for name, data in (
        ("digest-of-nothing", b""),
        ("digest-of-abc", b"abc"),
        ("digest-of-one-block", bytes(range(128))),
        ("digest-of-129-bytes", bytes(range(129))),
    ):
        out.add(name, kind="digest", input=data, digest=digests.H(data))
    body = seeded("a salt", 16) + cbor.encode({"title": "Noise at the quay"})
    digest = digests.body_digest(body)
    out.add("digest-of-a-body", kind="body-digest", body=body, digest=digest)
    payload = example().birth_payload
    digest = digests.birth_digest(payload)
    out.add(
        "digest-of-a-birth", kind="birth-digest", payload=payload, digest=digest, log=digest[:16]
    )
    keys = {"signing_key": WARDEN.signing_key, "box_key": WARDEN.box_key}
    digest = digests.device_digest(*WARDEN.keys)
    spoken = list(digest[:8])
    out.add("fingerprint-device", kind="fingerprint", **keys, digest=digest, spoken=spoken)
    digest = example().birth.partnership
    out.add("fingerprint-partnership", kind="fingerprint", digest=digest, spoken=list(digest[:8]))
    key_id = digests.epoch_key_id(EPOCH_KEY)
    out.add("epoch-key-id", kind="epoch-key", epoch_key=EPOCH_KEY, key_id=key_id)
    nonce = digests.segment_nonce(EPOCH_KEY, b"a slice")
    values = {"epoch_key": EPOCH_KEY, "slice_": b"a slice", "nonce": nonce}
    out.add("nonce-of-a-segment", kind="segment-nonce", **values)
    sender = FOUNDER.box_key
    nonce = digests.box_nonce(sender, WARDEN.box_key)
    values = {"sender": sender, "box_key": WARDEN.box_key, "nonce": nonce}
    out.add("nonce-of-a-grant", kind="box-nonce", **values)


def _names(out):
    out.section("Base 32, file names, numbers and times")
    for data in (b"f", b"fo", b"foo", b"foob", b"fooba", b"foobar", bytes(range(20))):
        text = digests.base32(data)
        out.add(f"base32-of-{len(data)}-bytes", kind="base32", input=data, text=text)
    out.add("file-name", kind="file-name", file=b"a file", text=digests.file_name(b"a file"))
    for number in (0, 1, 258, 2**32 - 1):
        out.add(f"u32le-{number}", kind="number", number=number, u32le=digests.u32le(number))
    for number in (0, 1, 258, 2**32, 2**64 - 1):
        out.add(f"u64be-{number}", kind="number", number=number, u64be=digests.u64be(number))
    for name, clock, counter in (
        ("time-start", "1970-01-01T00:00:00Z", 0),
        ("time-first-counter", "2016-03-14T09:30:00Z", 1),
        ("time-last-counter", "2016-03-14T09:30:00Z", 65_535),
    ):
        time = at(clock, counter)
        values = {"clock": clock, "milliseconds": time >> 16, "counter": counter, "time": time}
        out.add(name, kind="time", **values)


def _ciphers(out):
    out.section("Ciphers")
    for size in (0, 1, 63, 64, 65, 200):
        message = bytes(i % 251 for i in range(size))
        key, nonce = seeded("a key"), seeded(f"a nonce for {size}", 24)
        associated = seeded("associated", min(size, 20) or 1)
        sealed = ciphers.seal_aead(key, nonce, associated, message)
        values = {"key": key, "nonce": nonce, "associated": associated}
        out.add(f"aead-{size}", kind="aead", **values, message=message, sealed=sealed)
        sealed = ciphers.seal_box(WARDEN.box_key, FOUNDER.box_secret, nonce, message)
        values = {"sender_secret": FOUNDER.box_secret, "box_key": WARDEN.box_key, "nonce": nonce}
        out.add(f"box-{size}", kind="box", **values, message=message, sealed=sealed)
