# SPDX-License-Identifier: MIT
"""The files of an exchange folder: Docs/Formats/Exchange.md."""

import re
from collections import namedtuple

import cbor
import ciphers
import ed25519
import log
import x25519
from digests import birth_digest, box_nonce, epoch_key_id, segment_nonce, u32le
from entry import is_bytes, is_list, is_unsigned
from trouble import Invalid, need

SEGMENT_MAGIC = bytes.fromhex("42454154 53454702")
REQUEST_MAGIC = bytes.fromhex("42454154 52455102")
GRANT_MAGIC = bytes.fromhex("42454154 47525402")
SEGMENT_HEAD = 8 + 16 + 24 + 4
SEGMENT_LIMIT = 4_194_304
GRANT_LIMIT = 262_144
MARKER = re.compile(rb"beatbook exchange 2\npartnership ([0-9a-f]{64})\n")

Request = namedtuple("Request", "partnership signing_key box_key nonce")
Grant = namedtuple("Grant", "device_key birth epochs granter")
Slice = namedtuple("Slice", "log_id first_seq chain_before data frames_at")


class NotHereYet(Exception):
    """A file that is shorter than it says: more of it may come."""


class Waits(Exception):
    """A good file for which something else is missing; the sentence says what."""


def make_marker(partnership):
    """The bytes of beatbook.exchange."""
    return f"beatbook exchange 2\npartnership {partnership.hex()}\n".encode("ascii")


def check_marker(data):
    """The partnership id of a marker, or Invalid."""
    found = MARKER.fullmatch(data)
    need(found, "marker", "a marker is two lines, each ended by one line feed")
    return bytes.fromhex(found.group(1).decode("ascii"))


def make_request(seed, request):
    """The bytes of a request, signed by the seed of its signing key."""
    payload = cbor.encode(list(request))
    return REQUEST_MAGIC + payload + ed25519.sign(seed, b"beatbook/request/1" + payload)


def check_request(data):
    """The request in a file, or Invalid."""
    need(data.startswith(REQUEST_MAGIC), "magic", "the file does not start as a request does")
    payload, signature = _signed(data[len(REQUEST_MAGIC) :])
    items = cbor.decode(payload)
    need(is_list(items, 4), "shape", "a request is an array of four")
    sizes = zip(items, (32, 32, 32, 16))
    need(all(is_bytes(item, size) for item, size in sizes), "shape", "an item of another size")
    good = ed25519.verify(items[1], b"beatbook/request/1" + payload, signature)
    need(good, "signature", "the signature of the request is not valid")
    return Request(*items)


def make_grant(granter_seed, sender_secret, device, birth_payload, epochs):
    """The bytes of a grant; device is the signing key and the box key of who asked."""
    granter = ed25519.public_key(granter_seed)
    payload = cbor.encode([device[0], birth_payload, [list(one) for one in epochs], granter])
    message = payload + ed25519.sign(granter_seed, b"beatbook/grant/1" + payload)
    return seal_grant(sender_secret, device[1], message)


def seal_grant(sender_secret, box_key, message):
    """The bytes of a grant from its message."""
    sender = x25519.public_key(sender_secret)
    nonce = box_nonce(sender, box_key)
    return GRANT_MAGIC + sender + ciphers.seal_box(box_key, sender_secret, nonce, message)


def check_grant(data, box_secret):
    """The grant in a file, or Invalid. Whether the granter is a coordinator, the logs must say."""
    need(len(data) <= GRANT_LIMIT, "too-large", f"a file of {len(data)} bytes")
    need(data.startswith(GRANT_MAGIC), "magic", "the file does not start as a grant does")
    need(len(data) >= 8 + 32 + 16 + 64, "too-short", f"a grant of {len(data)} bytes")
    sender, sealed = data[8:40], data[40:]
    nonce = box_nonce(sender, x25519.public_key(box_secret))
    message = ciphers.open_box(sender, box_secret, nonce, sealed)
    need(message is not None, "box", "the grant does not open with this key")
    payload, signature = _signed(message)
    items = cbor.decode(payload)
    need(is_list(items, 4), "shape", "a grant is an array of four")
    device_key, birth_payload, epochs, granter = items
    good = is_bytes(device_key, 32) and is_bytes(granter, 32) and type(birth_payload) is bytes
    need(good and type(epochs) is list, "shape", "an item of another size")
    _check_epochs(epochs)
    good = ed25519.verify(granter, b"beatbook/grant/1" + payload, signature)
    need(good, "signature", "the signature of the grant is not valid")
    birth = log.check_birth(birth_payload)
    need(birth.is_founder, "birth", "the birth is not a founder's")
    return Grant(device_key, birth, [tuple(one) for one in epochs], granter)


def make_slice(log_id, first_seq, chain_before, frames):
    """The bytes of a slice from the bytes of its frames."""
    return cbor.encode([log_id, first_seq, chain_before]) + frames


def make_segment(epoch_key, slice_bytes, nonce=None):
    """The bytes of a segment; the nonce follows from key and slice unless one is given."""
    nonce = nonce or segment_nonce(epoch_key, slice_bytes)
    length = u32le(len(slice_bytes) + 16)
    head = SEGMENT_MAGIC + epoch_key_id(epoch_key) + nonce + length
    return head + ciphers.seal_aead(epoch_key, nonce, head, slice_bytes)


def open_segment(data, epoch_keys):
    """The slice in a segment; or NotHereYet, Waits (for a key) or Invalid."""
    need(len(data) <= SEGMENT_LIMIT, "too-large", f"a file of {len(data)} bytes")
    need(data[:8] == SEGMENT_MAGIC[: len(data)], "magic", "the file does not start as a segment")
    if len(data) < SEGMENT_HEAD:
        raise NotHereYet("the file ends in its head")
    length = int.from_bytes(data[48:52], "little")
    need(length <= SEGMENT_LIMIT - SEGMENT_HEAD, "too-large", "the length is beyond the limit")
    if len(data) < SEGMENT_HEAD + length:
        raise NotHereYet("the file is shorter than it says")
    need(len(data) == SEGMENT_HEAD + length, "too-long", "the file is longer than it says")
    key = {epoch_key_id(one): one for one in epoch_keys}.get(data[8:24])
    if key is None:
        raise Waits(f"the epoch key {data[8:24].hex()}")
    opened = ciphers.open_aead(key, data[24:48], data[:52], data[52:])
    need(opened is not None, "cipher", "the segment does not open: its bytes are not as written")
    return _parse_slice(opened)


def read_slice(one, partnership, birth=None, time_before=0):
    """A log.Reader of the frames of a slice, or Invalid; Waits for the birth if there is none.

    Any partnership will do where none is given.
    """
    if one.first_seq == 1:
        reader = log.Reader()
    elif birth is None:
        raise Waits(f"the birth of log {one.log_id.hex()}")
    else:
        head = log.Head(one.first_seq - 1, one.chain_before, time_before)
        reader = log.Reader(birth, head)
    reader.read_frames(one.data, one.frames_at)
    need(reader.birth.id == one.log_id, "other-log", "the birth is of another log")
    good = reader.birth.partnership == (partnership or reader.birth.partnership)
    need(good, "partnership", "the log is of another partnership")
    good = one.first_seq > 1 or reader.birth.chain == one.chain_before
    need(good, "chain", "the chain value before is not that of the birth")
    need(reader.entries or one.first_seq == 1, "empty", "a later slice with no entry")
    need(reader.frames[-1].kind == log.SEAL, "unsealed", "the last frame is not a seal")
    return reader


def _parse_slice(data):
    items, end = cbor.decode_first(data, 0)
    good = is_list(items, 3) and is_bytes(items[0], 16) and is_bytes(items[2], 32)
    need(good and is_unsigned(items[1]) and items[1] >= 1, "shape", "the head of a slice")
    return Slice(*items, data, end)


def _signed(data):
    need(len(data) > 64, "too-short", "there is no room for a signature")
    return data[:-64], data[-64:]


def _check_epochs(epochs):
    for one in epochs:
        good = is_list(one, 2) and is_unsigned(one[0]) and is_bytes(one[1], 32)
        need(good, "shape", "an epoch is a time and a key")
    times = [one[0] for one in epochs]
    need(times == sorted(times), "order", "epochs stand oldest first")
