# SPDX-License-Identifier: MIT
"""Ed25519 of RFC 8032, checked by the strict rules of Docs/Formats/Encoding.md.

Points are (X, Y, Z, T) with x = X/Z, y = Y/Z and xy = T/Z. Not constant in time: for vectors only.
"""

import functools
import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)


def public_key(seed):
    """The public key of a 32 byte seed."""
    scalar, _ = expand(seed)
    return encode_point(multiply_base(scalar))


def sign(seed, message):
    """A 64 byte signature."""
    scalar, prefix = expand(seed)
    public = encode_point(multiply_base(scalar))
    nonce = _hash_number(prefix + message) % ORDER
    commitment = encode_point(multiply_base(nonce))
    challenge = _hash_number(commitment + public + message) % ORDER
    return commitment + ((nonce + challenge * scalar) % ORDER).to_bytes(32, "little")


def verify(public, message, signature):
    """Whether a signature is valid by the strict rules.

    s is canonical, the key and R are canonical points of the prime order group (so none has a
    small order), and [s]B = R + [k]A holds as it stands, without the cofactor.
    """
    if len(public) != 32 or len(signature) != 64:
        return False
    commitment, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= ORDER or not is_good_point(public) or not is_good_point(commitment):
        return False
    challenge = _hash_number(commitment + public + message) % ORDER
    minus_key = negate(decode_point(public))
    expected = add(multiply_base(s), multiply(challenge, minus_key))
    return encode_point(expected) == commitment


@functools.lru_cache(maxsize=4096)
def is_good_point(data):
    """Whether 32 bytes are the canonical form of a point of the prime order group, zero apart."""
    point = decode_point(data)
    return point is not None and not is_zero(point) and is_zero(multiply(ORDER, point))


def decode_point(data):
    """The point of 32 bytes, or None if they are not the canonical form of one."""
    number = int.from_bytes(data, "little")
    sign_bit, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign_bit):
        return None
    if x & 1 != sign_bit:
        x = P - x
    return x, y, 1, x * y % P


def encode_point(point):
    """The canonical 32 bytes of a point."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def add(p, q):
    """The sum of two points, equal or not."""
    a = (p[1] - p[0]) * (q[1] - q[0])
    b = (p[1] + p[0]) * (q[1] + q[0])
    c = 2 * D * p[3] * q[3]
    d = 2 * p[2] * q[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def negate(p):
    """The point that makes zero with this one."""
    return P - p[0], p[1], p[2], P - p[3]


def is_zero(p):
    """Whether this is the neutral point."""
    return p[0] % P == 0 and (p[1] - p[2]) % P == 0


def multiply(scalar, point):
    """The point added to itself, scalar times."""
    total = ZERO
    for bit in bin(scalar)[2:]:
        total = add(total, total)
        if bit == "1":
            total = add(total, point)
    return total


def multiply_base(scalar):
    """The base point, scalar times."""
    total = ZERO
    for doubled in _base_doublings():
        if scalar & 1:
            total = add(total, doubled)
        scalar >>= 1
    return total


def expand(seed):
    """The scalar of a seed, and the prefix of its nonces."""
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:]


@functools.lru_cache(maxsize=1)
def _base_doublings():
    """B, 2B, 4B and so on."""
    y = 4 * pow(5, P - 2, P) % P
    points = [decode_point(y.to_bytes(32, "little"))]
    while len(points) < 256:
        points.append(add(points[-1], points[-1]))
    return points


def _hash_number(data):
    return int.from_bytes(hashlib.sha512(data).digest(), "little")
