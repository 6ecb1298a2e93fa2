# SPDX-License-Identifier: MIT
"""The blocks of encoding.txt that hold keys and signatures."""

import hashlib

import ed25519
import x25519
from world import FOUNDER, WARDEN

DOMAIN = b"beatbook/seal/1"
# A point of order 8.
ORDER_8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"


def add_all(out):
    """Keys, what two of them share, and signatures good and bad."""
    out.section("Ed25519 by the strict rules; X25519")
    message = DOMAIN + b"a message"
    for device in (FOUNDER, WARDEN):
        values = {"seed": device.seed, "signing_key": device.signing_key}
        out.add(f"signing-key-{device.name}", kind="signing-key", **values)
        values = {"box_secret": device.box_secret, "box_key": device.box_key}
        out.add(f"box-key-{device.name}", kind="box-key", **values)
    shared = x25519.shared(FOUNDER.box_secret, WARDEN.box_key)
    values = {"box_secret": FOUNDER.box_secret, "box_key": WARDEN.box_key, "shared": shared}
    out.add("agreement", kind="agreement", **values)
    for name, key, text, signature in _signature_cases(message):
        good = ed25519.verify(key, text, signature)
        if good != name.startswith("signature-good"):
            raise ValueError(f"{name} is {good}")
        values = {"signing_key": key, "domain": DOMAIN.decode(), "message": text[len(DOMAIN) :]}
        values["signature"] = signature
        out.add(name, kind="signature", **values, verdict="valid" if good else "invalid")


def _signature_cases(message):
    """name, key, message, signature."""
    key, seed = FOUNDER.signing_key, FOUNDER.seed
    good = ed25519.sign(seed, message)
    yield "signature-good", key, message, good
    yield "signature-good-of-the-domain", key, DOMAIN, ed25519.sign(seed, DOMAIN)
    yield "signature-of-another-message", key, DOMAIN + b"another message", good
    without = ed25519.sign(seed, message[len(DOMAIN) :])
    yield "signature-without-domain", key, message, without
    yield "signature-by-another-key", WARDEN.signing_key, message, good
    for place, byte in (("r", 0), ("s", 32)):
        bent = bytearray(good)
        bent[byte] ^= 1
        yield f"signature-bit-of-{place}-flipped", key, message, bytes(bent)
    s = int.from_bytes(good[32:], "little")
    for times in (1, 2, 8):
        bent = (s + times * ed25519.ORDER).to_bytes(32, "little")
        yield f"signature-s-plus-{times}-orders", key, message, good[:32] + bent
    yield "signature-all-zero", key, message, bytes(64)
    yield from _small_order_cases(message)
    yield from _mixed_order_cases(message)


def _small_order_cases(message):
    """A key, or R, of small order, in canonical and other forms: s = 0 would fit many messages."""
    one = (1).to_bytes(32, "little")
    for name, key in _small_points():
        yield f"signature-key-{name}", key, message, one + bytes(32)
    key, scalar = FOUNDER.signing_key, ed25519.expand(FOUNDER.seed)[0]
    for name, r in _small_points():
        s = _challenge(r, key, message) * scalar % ed25519.ORDER
        yield f"signature-r-{name}", key, message, r + s.to_bytes(32, "little")


def _small_points():
    """The eight points of small order, and the other ways to write two of them."""
    point = ed25519.decode_point(bytes.fromhex(ORDER_8))
    total = ed25519.ZERO
    for times in range(8):
        yield f"small-{times}", ed25519.encode_point(total)
        total = ed25519.add(total, point)
    for name, y, sign in (
        ("zero-with-sign", 1, 1),
        ("zero-not-canonical", ed25519.P + 1, 0),
        ("order-4-not-canonical", ed25519.P, 0),
    ):
        yield name, (y | sign << 255).to_bytes(32, "little")


def _mixed_order_cases(message):
    """A key, or R, with a part of small order: checks with and without the cofactor differ."""
    small = ed25519.decode_point(bytes.fromhex(ORDER_8))
    scalar, prefix = ed25519.expand(FOUNDER.seed)
    good = ed25519.decode_point(FOUNDER.signing_key)
    mixed = ed25519.encode_point(ed25519.add(good, small))
    for turn in range(2):
        yield f"signature-key-mixed-{turn}", mixed, message, _sign(mixed, scalar, message, turn)
    nonce = int.from_bytes(hashlib.sha512(prefix).digest(), "little") % ed25519.ORDER
    r = ed25519.encode_point(ed25519.add(ed25519.multiply_base(nonce), small))
    s = (nonce + _challenge(r, FOUNDER.signing_key, message) * scalar) % ed25519.ORDER
    yield "signature-r-mixed", FOUNDER.signing_key, message, r + s.to_bytes(32, "little")


def _sign(mixed, scalar, message, fits):
    """A signature by a mixed key that fits without the cofactor (1), or only with it (0)."""
    for nonce in range(1, 1000):
        r = ed25519.encode_point(ed25519.multiply_base(nonce))
        challenge = _challenge(r, mixed, message)
        if (challenge % 8 == 0) == bool(fits):
            s = (nonce + challenge * scalar) % ed25519.ORDER
            return r + s.to_bytes(32, "little")
    raise ValueError("no nonce fits")


def _challenge(r, key, message):
    digest = hashlib.sha512(r + key + message).digest()
    return int.from_bytes(digest, "little") % ed25519.ORDER
