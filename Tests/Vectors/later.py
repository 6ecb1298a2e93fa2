# SPDX-License-Identifier: MIT
"""What Circles.md, Erasure.md and Files.md lay down: sealed bodies, files, and their entries."""

import cbor
import ciphers
import digests
from entry import SALT_SIZE, is_bytes, is_list, is_unsigned
from trouble import Invalid, need

PADDING = 256
NONCE_SIZE = 24
SHARE_SIZE = 80
SEALED = "sealed.entry"
ACCESSED = "access.recorded"
ACTS = ("opened", "exported", "printed")


def is_file(value):
    """Whether something is a file: hash, size, media type, name, key."""
    if not is_list(value, 5) or not is_bytes(value[0], 32) or not is_bytes(value[4], 32):
        return False
    return is_unsigned(value[1]) and type(value[2]) is str and type(value[3]) is str


def seal_file(key, plain):
    """A file as it is kept and passed on."""
    return ciphers.seal_aead(key, bytes(NONCE_SIZE), b"beatbook/file/1", plain)


def open_file(key, closed):
    """The file itself, or None."""
    return ciphers.open_aead(key, bytes(NONCE_SIZE), b"beatbook/file/1", closed)


def file_hash(closed):
    """What a body says of a file as it is kept."""
    return digests.H(b"beatbook/file/1" + closed)


def is_share(value):
    """Whether something hands a key to a member: a signing key, and the key sealed."""
    return is_list(value, 2) and is_bytes(value[0], 32) and is_bytes(value[1], SHARE_SIZE)


def is_redaction(value):
    """Whether something is an entry with its history and a body for it, or null."""
    if not is_list(value, 4) or not is_bytes(value[0], 16) or not is_bytes(value[2], 16):
        return False
    return is_unsigned(value[1]) and value[1] >= 1 and (value[3] is None or type(value[3]) is bytes)


def make_sealed(key, nonce, place, type_, salt, changes):
    """The body of a sealed entry; place: partnership, log id, seq and the record item."""
    plain = cbor.encode([type_, salt, changes])
    plain += bytes(-len(plain) % PADDING)
    closed = ciphers.seal_aead(key, nonce, _associated(*place), plain)
    return cbor.encode([1, digests.epoch_key_id(key), nonce, closed])


def check_sealed(body):
    """The key id, nonce and ciphertext of a sealed body, or Invalid."""
    items = cbor.decode(body, bytes_limit=len(body))
    need(is_list(items, 4), "shape", "a sealed body is an array of four")
    need(is_unsigned(items[0]) and items[0] == 1, "shape", "it begins with 1")
    need(is_bytes(items[1], 16), "shape", "a key id is 16 bytes")
    need(is_bytes(items[2], NONCE_SIZE), "shape", "a nonce is 24 bytes")
    need(type(items[3]) is bytes and len(items[3]) >= 16, "shape", "a ciphertext has a tag")
    return items[1:]


def open_sealed(body, key, place):
    """What a sealed body says: type, salt and changes; or Invalid."""
    key_id, nonce, closed = check_sealed(body)
    need(key_id == digests.epoch_key_id(key), "key", "another key")
    plain = ciphers.open_aead(key, nonce, _associated(*place), closed)
    need(plain is not None, "tag", "it does not open")
    need(len(plain) % PADDING == 0, "padding", "padded to 256 bytes")
    items, end = cbor.decode_first(plain, 0)
    need(not any(plain[end:]), "padding", "zeros stand behind the item")
    need(is_list(items, 3) and type(items[0]) is str, "content", "type, salt, changes")
    need(is_bytes(items[1], SALT_SIZE), "content", "a salt is 16 bytes")
    named = type(items[2]) is dict and all(type(name) is str for name in items[2])
    need(named, "content", "changes are a map from texts")
    return items


def _associated(partnership, log_id, seq, record):
    head = b"beatbook/sealed/1" + partnership + log_id + digests.u64be(seq)
    return head + cbor.encode(record)


def refuses(check, *arguments):
    """Whether a check raises Invalid."""
    try:
        check(*arguments)
    except Invalid:
        return True
    return False
