# SPDX-License-Identifier: MIT
"""X25519 of RFC 7748. Not constant in time: for vectors only."""

P = 2**255 - 19
BASE = (9).to_bytes(32, "little")


def public_key(secret):
    """The public key of a 32 byte secret."""
    return shared(secret, BASE)


def shared(secret, public):
    """The 32 bytes that two keys share: the ladder of RFC 7748, section 5."""
    k = int.from_bytes(secret, "little") & (1 << 254) - 8 | 1 << 254
    x1 = (int.from_bytes(public, "little") & (1 << 255) - 1) % P
    x2, z2, x3, z3, swapped = 1, 0, x1, 1, 0
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if bit != swapped:
            x2, z2, x3, z3 = x3, z3, x2, z2
        swapped = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")
