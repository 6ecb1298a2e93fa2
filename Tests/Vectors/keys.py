# SPDX-License-Identifier: MIT
"""Recovery words, sealed epoch keys and device.key: Docs/Formats/Keys.md."""

import ciphers
import digests
import ed25519
import x25519
from digests import H
from trouble import need

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
