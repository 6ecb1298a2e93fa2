# SPDX-License-Identifier: MIT
"""Recovery words, sealed epoch keys and device.key: Docs/Formats/Keys.md."""

import argon2
import cbor
import ciphers
import digests
import ed25519
import x25519
from digests import H, u32le
from entry import is_bytes, is_list, is_unsigned
from trouble import need

SEALED_MAGIC = bytes.fromhex("424541544b455901")
SEALED_HEAD = 8 + 16 + 4 + 8 + 24
WORDS = 24
SECRET = 22


class Recovery:
    """What follows from the 22 bytes that recovery words stand for."""

    def __init__(self, secret):
        self.secret = secret
        self.bytes = secret + H(b"beatbook/recovery-check/1" + secret)[: WORDS - SECRET]
        self.seed = H(b"beatbook/recovery-sign/1" + secret)
        self.box_secret = H(b"beatbook/recovery-box/1" + secret)
        self.signing_key = ed25519.public_key(self.seed)
        self.box_key = x25519.public_key(self.box_secret)
        self.keys = self.signing_key, self.box_key


def check_recovery(data):
    """The recovery secret that 24 words stand for, one byte each, or Invalid."""
    need(len(data) == WORDS, "words", f"{len(data)} words")
    found = Recovery(data[:SECRET])
    need(found.bytes == data, "check", "the last two words do not fit the others")
    return found


def seal_epoch_key(seed, box_key, epoch_key):
    """An epoch key for the holder of a box key, as this program's author with a seed makes it."""
    secret = H(b"beatbook/epoch-sender/1" + seed + box_key + epoch_key)
    sender = x25519.public_key(secret)
    nonce = digests.epoch_box_nonce(sender, box_key)
    return [box_key, sender + ciphers.seal_box(box_key, secret, nonce, epoch_key)]


def open_epoch_key(sealed, box_secret, key_id):
    """The epoch key in a sealed one, or Invalid."""
    box_key = x25519.public_key(box_secret)
    need(sealed[0] == box_key, "for", "it is sealed to another box key")
    sender = sealed[1][:32]
    nonce = digests.epoch_box_nonce(sender, box_key)
    found = ciphers.open_box(sender, box_secret, nonce, sealed[1][32:])
    need(found is not None, "box", "it does not open with this key")
    need(digests.epoch_key_id(found) == key_id, "id", "it is the key of another epoch")
    return found


def make_device_file(seed, box_secret, partnership, epochs, log_id):
    """The bytes of device.key; epochs are pairs of a time and a key."""
    pairs = [list(one) for one in epochs]
    return cbor.encode([2, seed, box_secret, partnership, pairs, log_id])


def check_device_file(data):
    """The items of a device.key, or Invalid."""
    items = cbor.decode(data)
    need(is_list(items, 6) and items[0] == 2, "shape", "device.key is an array of six, 2 first")
    good = all(is_bytes(item, 32) for item in items[1:4]) and is_bytes(items[5], 16)
    need(good and type(items[4]) is list, "shape", "an item of another size")
    for one in items[4]:
        good = is_list(one, 2) and is_unsigned(one[0]) and is_bytes(one[1], 32)
        need(good, "shape", "an epoch is a time and a key")
    return items


def seal_device_file(plain, passphrase, salt, nonce, passes, memory):
    """device.key sealed by a passphrase; memory is in bytes."""
    head = SEALED_MAGIC + salt + u32le(passes) + memory.to_bytes(8, "little") + nonce
    key = argon2.argon2id(passphrase, salt, passes, memory // 1024)
    return head + ciphers.seal_aead(key, nonce, head, plain)


def open_device_file(data, passphrase):
    """The plain device.key in a sealed one, or Invalid."""
    need(data[:8] == SEALED_MAGIC, "magic", "the file does not start as a sealed key does")
    need(len(data) >= SEALED_HEAD + 16, "too-short", f"a sealed key of {len(data)} bytes")
    passes = int.from_bytes(data[24:28], "little")
    memory = int.from_bytes(data[28:36], "little")
    need(1 <= passes <= 10, "passes", f"{passes} passes")
    need(8192 <= memory <= 1 << 30, "memory", f"{memory} bytes of memory")
    key = argon2.argon2id(passphrase, data[8:24], passes, memory // 1024)
    head, sealed = data[:SEALED_HEAD], data[SEALED_HEAD:]
    plain = ciphers.open_aead(key, data[36:60], head, sealed)
    need(plain is not None, "cipher", "it does not open with this passphrase")
    check_device_file(plain)
    return plain
