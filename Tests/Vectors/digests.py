# SPDX-License-Identifier: MIT
"""Digests, names and numbers of Docs/Formats/Encoding.md."""

import base64
import hashlib


def H(data):
    """BLAKE2b with a 32 byte result: `b2sum -l 256`."""
    return hashlib.blake2b(data, digest_size=32).digest()


def body_digest(body):
    """What the header of an entry says of its body."""
    return H(b"beatbook/body/1" + body)


def birth_digest(payload):
    """h(0) of a log."""
    return H(b"beatbook/birth/1" + payload)


def device_digest(signing_key, box_key):
    """The digest whose first eight bytes are spoken as a device's fingerprint."""
    return H(b"beatbook/device/1" + signing_key + box_key)


def epoch_key_id(epoch_key):
    """The 16 bytes by which a segment names its key."""
    return H(b"beatbook/epoch-key/1" + epoch_key)[:16]


def segment_nonce(epoch_key, slice_bytes):
    """The nonce that follows from a key and a slice."""
    data = b"beatbook/segment-nonce/1" + slice_bytes
    return hashlib.blake2b(data, digest_size=24, key=epoch_key).digest()


def box_nonce(sender, box_key):
    """The nonce of a sealed grant."""
    data = b"beatbook/box-nonce/1" + sender + box_key
    return hashlib.blake2b(data, digest_size=24).digest()


def epoch_box_nonce(sender, box_key):
    """The nonce of a sealed epoch key."""
    data = b"beatbook/epoch-box/1" + sender + box_key
    return hashlib.blake2b(data, digest_size=24).digest()


def base32(data):
    """RFC 4648 in lower case, without padding."""
    return base64.b32encode(data).decode("ascii").lower().rstrip("=")


def file_name(data):
    """The name of a file in an exchange, without its ending."""
    return base32(H(data)[:20])


def u32le(number):
    """4 bytes, least significant first."""
    return number.to_bytes(4, "little")


def u64be(number):
    """8 bytes, most significant first."""
    return number.to_bytes(8, "big")


def time(milliseconds, counter=0):
    """A time of Encoding.md."""
    return milliseconds << 16 | counter
