# SPDX-License-Identifier: MIT
"""Log files: Docs/Formats/Log.md."""

import re
from collections import namedtuple

import cbor
import ed25519
from digests import H, birth_digest, body_digest, u32le, u64be
from entry import BODY_LIMIT, check_header, is_bytes, is_list, is_unsigned
from trouble import Invalid, need

MAGIC = bytes.fromhex("42454154 4c4f4702")
BIRTH, BATCH, SEAL = 1, 2, 3
FRAME_HEAD = 5
BATCH_ENTRIES_LIMIT = 10_000
BATCH_PAYLOAD_LIMIT = 1_048_576

# id, partnership (32 bytes, also in the founder's log), signing_key, ..., chain is h(0).
Birth = namedtuple(
    "Birth", "id partnership signing_key box_key previous recovery_keys chain is_founder"
)
# data: the bytes of the header; body: bytes, or None if it is absent or rotten; chain: h(seq).
Entry = namedtuple("Entry", "header data body chain")
Frame = namedtuple("Frame", "kind offset payload end")
Head = namedtuple("Head", "seq chain time")


def frame(kind, payload):
    """The bytes of a frame."""
    return bytes([kind]) + u32le(len(payload)) + payload


def make_birth(partnership, keys, nonce, previous=None, recovery_keys=()):
    """The payload of a birth; keys are the signing key and the box key."""
    return cbor.encode([partnership, *keys, nonce, previous, list(recovery_keys)])


def make_batch(chain, pairs):
    """The payload of a batch that follows a chain value, and the chain value after it."""
    for header, _ in pairs:
        chain = H(chain + header)
    return cbor.encode([item for pair in pairs for item in pair]) + chain, chain


def make_seal(seed, birth, seq, chain):
    """The payload of a seal."""
    return cbor.encode([seq, chain, ed25519.sign(seed, _sealed_bytes(birth, seq, chain))])


def check_birth(payload):
    """The birth in a payload, or Invalid."""
    items = cbor.decode(payload)
    need(is_list(items, 6), "birth", "a birth is an array of six")
    partnership, signing_key, box_key, nonce, previous, recovery_keys = items
    is_founder = partnership is None
    need(is_founder or is_bytes(partnership, 32), "birth", "a partnership is 32 bytes or null")
    need(is_bytes(signing_key, 32) and is_bytes(box_key, 32), "birth", "keys are 32 bytes each")
    need(is_bytes(nonce, 16), "birth", "the nonce is 16 bytes")
    need(previous is None or _is_place(previous), "birth", "previous is null or a place in a log")
    need(type(recovery_keys) is list, "birth", "recovery keys are an array")
    good = len(recovery_keys) in ((0, 2) if is_founder else (0,))
    need(good, "birth", "recovery keys are none, or the founder's two")
    need(all(is_bytes(key, 32) for key in recovery_keys), "birth", "keys are 32 bytes each")
    chain = birth_digest(payload)
    partnership = chain if is_founder else partnership
    keys = signing_key, box_key
    return Birth(
        chain[:16], partnership, *keys, previous, tuple(recovery_keys), chain, is_founder
    )


def check_batch(payload, before, own_log):
    """The entries of a batch that follows a head (seq, chain, time), or Invalid.

    The time of the head is 0 after a birth, and where it is not known: at the start of a slice.
    """
    entries = batch_by_itself(payload, own_log, before)
    need(entries[-1].chain == payload[-32:], "chain", "the chain value is another")
    for one in entries:
        here = one.body is not None or not one.header.needs_body
        need(here, "body-not-here", f"entry {one.header.seq} is about no record and lacks its body")
    return entries


def batch_by_itself(payload, own_log, before=None):
    """The entries of a payload by points 1 to 3 of a batch.

    Without a head before it, chain values stay None, its first entry may have any seq, and no body
    may be rotten.
    """
    need(len(payload) <= BATCH_PAYLOAD_LIMIT, "limits", f"a batch of {len(payload)} bytes")
    items, end = cbor.decode_first(payload, 0, bytes_limit=BATCH_PAYLOAD_LIMIT)
    pairs_only = type(items) is list and items and len(items) % 2 == 0
    need(pairs_only, "entries", "entries are an array of headers and bodies")
    need(len(items) <= 2 * BATCH_ENTRIES_LIMIT, "limits", f"{len(items) // 2} entries")
    need(len(payload) - end == 32, "entries", "exactly 32 bytes follow the entries")
    entries, head = [], before or Head(None, None, 0)
    for data, body in zip(items[::2], items[1::2]):
        header = _check_pair(data, body, head, own_log)
        if body is not None and header.body_digest != body_digest(body):
            need(before, "body-digest-differs", f"the body of entry {header.seq} is another")
            body = None
        chain = None if head.chain is None else H(head.chain + data)
        head = Head(header.seq, chain, header.time)
        entries.append(Entry(header, data, body, chain))
    return entries


def _check_pair(data, body, head, own_log):
    need(type(data) is bytes, "entries", "a header is in a byte string")
    need(body is None or type(body) is bytes, "entries", "a body is a byte string or null")
    header = check_header(data, own_log)
    follows = head.seq is None or header.seq == head.seq + 1
    need(follows, "seq-gap", f"entry {header.seq} follows entry {head.seq}")
    need(header.time > head.time, "time-order", f"the time of entry {header.seq} does not grow")
    if body is not None:
        need(len(body) <= BODY_LIMIT, "body-too-long", f"a body of {len(body)} bytes")
        need(header.body_digest is not None, "body-unasked", "a body that no header names")
    return header


def check_seal(payload, birth, head=None):
    """The seq of a seal, or Invalid; by itself where no head is given."""
    items = cbor.decode(payload)
    need(is_list(items, 3), "seal", "a seal is an array of three")
    seq, chain, signature = items
    good = is_unsigned(seq) and is_bytes(chain, 32) and is_bytes(signature, 64)
    need(good, "seal", "a seal is a seq, a chain value and a signature")
    if head is not None:
        need(seq == head.seq, "seal-seq", f"a seal of {seq} after entry {head.seq}")
        need(chain == head.chain, "seal-chain", "a seal of another chain value")
    good = ed25519.verify(birth.signing_key, _sealed_bytes(birth, seq, chain), signature)
    need(good, "seal-signature", f"the signature of the seal of {seq} is not valid")
    return seq


def read_frame(data, at):
    """The frame at an offset, or Invalid."""
    need(at + FRAME_HEAD <= len(data), "incomplete", "a frame is cut off")
    kind = data[at]
    need(BIRTH <= kind <= SEAL, "kind", f"a frame of kind {kind}")
    end = at + FRAME_HEAD + int.from_bytes(data[at + 1 : at + FRAME_HEAD], "little")
    need(end <= len(data), "incomplete", "a frame is cut off")
    return Frame(kind, at, data[at + FRAME_HEAD : end], end)


class Reader:
    """Follows frames: what was read so far, and where it stopped, if it did.

    verdict: "whole", "torn", "damaged" or "not-a-log"; trouble: the Invalid where reading stopped.
    """

    def __init__(self, birth=None, head=None):
        """Nothing is given for a whole log; for a later slice its birth and the head before it."""
        self.birth = birth
        self.head = head
        self.entries = []
        self.frames = []
        self.sealed = 0
        self.verdict = "whole"
        self.offset = 0
        self.trouble = None

    def read_log(self, data):
        """Reads a log file to its end, or to the first piece that is not as it should be."""
        try:
            self._read_magic(data)
            self.read_frames(data, len(MAGIC))
        except Invalid as trouble:
            self.trouble = trouble
            self.verdict = self._verdict(data)
        return self

    def read_frames(self, data, at):
        """Reads frames to the end of data, or raises the Invalid of the first that is not valid."""
        self.offset = at
        while self.offset < len(data) or self.head is None:
            one = read_frame(data, self.offset)
            self._take(one)
            self.frames.append(one)
            self.offset = one.end

    def _read_magic(self, data):
        need(len(data) >= len(MAGIC), "incomplete", "the file ends in its first eight bytes")
        need(data.startswith(MAGIC), "magic", "the file does not start as a log does")

    def _take(self, one):
        if one.kind == BIRTH:
            need(self.head is None, "second-birth", "a birth that is not the first frame")
            self.birth = check_birth(one.payload)
            self.head = Head(0, self.birth.chain, 0)
            return
        need(self.head is not None, "birth", "the first frame is the birth")
        if one.kind == BATCH:
            entries = check_batch(one.payload, self.head, self.birth.id)
            self.entries += entries
            last = entries[-1]
            self.head = Head(last.header.seq, last.chain, last.header.time)
        else:
            self.sealed = check_seal(one.payload, self.birth, self.head)

    def _verdict(self, data):
        if self.birth is None:
            return "not-a-log"
        return "damaged" if self._any_stands(data) else "torn"

    def _any_stands(self, data):
        places = re.finditer(rb"[\x02\x03]", data[self.offset + 1 :])
        return any(self._stands(data, self.offset + 1 + place.start()) for place in places)

    def _stands(self, data, at):
        """Whether a frame at an offset stands by itself."""
        try:
            one = read_frame(data, at)
            if one.kind == SEAL:
                check_seal(one.payload, self.birth)
                return True
            entries = batch_by_itself(one.payload, self.birth.id)
        except Invalid:
            return False
        has_body = any(entry.body is not None for entry in entries)
        return has_body and entries[0].header.seq > self.head.seq


def _is_place(value):
    return (
        is_list(value, 3)
        and is_bytes(value[0], 16)
        and is_unsigned(value[1])
        and is_bytes(value[2], 32)
    )


def _sealed_bytes(birth, seq, chain):
    return b"beatbook/seal/1" + birth.partnership + birth.id + u64be(seq) + chain
