# SPDX-License-Identifier: MIT
"""The blocks of encoding.txt that hold CBOR items."""

import cbor
from trouble import Invalid

VALID = [
    ("unsigned-0", "00"),
    ("unsigned-23", "17"),
    ("unsigned-24", "1818"),
    ("unsigned-255", "18ff"),
    ("unsigned-256", "190100"),
    ("unsigned-65535", "19ffff"),
    ("unsigned-65536", "1a00010000"),
    ("unsigned-32-bits-all-set", "1affffffff"),
    ("unsigned-33-bits", "1b0000000100000000"),
    ("unsigned-largest-signed", "1b7fffffffffffffff"),
    ("unsigned-largest", "1bffffffffffffffff"),
    ("negative-1", "20"),
    ("negative-24", "37"),
    ("negative-25", "3818"),
    ("negative-256", "38ff"),
    ("negative-257", "390100"),
    ("negative-least", "3b7fffffffffffffff"),
    ("bytes-none", "40"),
    ("bytes-four", "4401020304"),
    ("bytes-24", "5818" + "5a" * 24),
    ("bytes-longest", "5a00010000" + "5a" * 65_536),
    ("text-none", "60"),
    ("text-ascii", "6449455446"),
    ("text-two-byte", "62c3bc"),
    ("text-three-byte", "63e6b0b4"),
    ("text-four-byte", "64f0908591"),
    ("text-zero-byte", "6100"),
    ("text-highest-code-point", "64f48fbfbf"),
    ("text-just-below-surrogates", "63ed9fbf"),
    ("text-just-above-surrogates", "63ee8080"),
    ("text-not-composed", "6365cc81"),
    ("text-longest", "7a00010000" + "61" * 65_536),
    ("array-none", "80"),
    ("array-three", "83010203"),
    ("array-of-all", "8900206040f4f5f680a0"),
    ("array-24", "9818" + "00" * 24),
    ("map-none", "a0"),
    ("map-texts", "a26161016162820203"),
    ("map-shorter-key-first", "a2617a0062616100"),
    ("map-unsigned-before-text", "a200f51820f6"),
    ("map-unsigned-and-text", "a3000018ff016161f4"),
    ("map-empty-key", "a16000"),
    ("map-composed-and-not", "a262c3a9006365cc8101"),
    ("false", "f4"),
    ("true", "f5"),
    ("null", "f6"),
    ("depth-8", "81" * 8 + "00"),
    ("depth-8-empty", "81" * 7 + "80"),
    ("depth-8-maps", "a100" * 7 + "a0"),
    ("depth-8-side-by-side", "82" + "81" * 6 + "80" + "81" * 6 + "a0"),
]

# name, item, the rules that it breaks
INVALID = [
    ("unsigned-23-in-two-bytes", "1817", [1]),
    ("unsigned-255-in-three-bytes", "1900ff", [1]),
    ("unsigned-65535-in-five-bytes", "1a0000ffff", [1]),
    ("unsigned-32-bits-in-nine-bytes", "1b00000000ffffffff", [1]),
    ("negative-1-in-two-bytes", "3800", [1]),
    ("bytes-length-in-two-bytes", "5801aa", [1]),
    ("text-length-in-two-bytes", "780161", [1]),
    ("text-length-in-nine-bytes", "7b000000000000000161", [1]),
    ("array-length-in-two-bytes", "980100", [1]),
    ("map-length-in-three-bytes", "b900010000", [1]),
    ("inside-an-array-not-shortest", "811800", [1]),
    ("bytes-indefinite", "5f4101ff", [2]),
    ("text-indefinite", "7f6161ff", [2]),
    ("array-indefinite", "9f00ff", [2]),
    ("array-indefinite-none", "9fff", [2]),
    ("map-indefinite", "bf0000ff", [2]),
    ("negative-below-least", "3b8000000000000000", [3]),
    ("negative-lowest", "3bffffffffffffffff", [3]),
    ("tag-date", "c074323031362d30332d31345430393a33303a30305a", [3]),
    ("tag-bignum", "c24101", [3]),
    ("tag-self-described", "d9d9f700", [3]),
    ("float-half", "f93c00", [3]),
    ("float-single", "fa3f800000", [3]),
    ("float-double", "fb3ff0000000000000", [3]),
    ("undefined", "f7", [3]),
    ("simple-0", "e0", [3]),
    ("simple-16", "f0", [3]),
    ("simple-255", "f8ff", [3]),
    ("false-in-two-bytes", "f814", [3]),
    ("break-alone", "ff", [2, 3]),
    ("break-in-an-array", "81ff", [2, 3]),
    ("reserved-unsigned-28", "1c", [3]),
    ("reserved-unsigned-31", "1f", [2, 3]),
    ("reserved-bytes-29", "5d", [3]),
    ("reserved-simple-30", "fe", [3]),
    ("text-latin-1", "61e9", [5]),
    ("text-cut-character", "61c3", [5]),
    ("text-lone-continuation", "6180", [5]),
    ("text-overlong-slash", "62c0af", [5]),
    ("text-overlong-zero", "62c080", [5]),
    ("text-overlong-three", "63e080af", [5]),
    ("text-overlong-four", "64f08080af", [5]),
    ("text-surrogate-high", "63eda080", [5]),
    ("text-surrogate-low", "63edbfbf", [5]),
    ("text-surrogate-pair", "66eda081edb080", [5]),
    ("text-beyond-unicode", "64f4908080", [5]),
    ("text-byte-ff", "61ff", [5]),
    ("text-too-long", "7a00010001" + "61" * 65_537, [5]),
    ("bytes-too-long", "5a00010001" + "5a" * 65_537, [5]),
    ("key-bad-utf-8", "a161ff00", [5]),
    ("keys-out-of-order", "a2616200616100", [6]),
    ("keys-longer-first", "a262616100617a00", [6]),
    ("keys-text-before-unsigned", "a26161000000", [6]),
    ("keys-unsigned-out-of-order", "a218200018180a", [6]),
    ("keys-twice", "a2616100616100", [6]),
    ("keys-unsigned-twice", "a201000100", [6]),
    ("key-negative", "a12000", [6]),
    ("key-bytes", "a1416100", [6]),
    ("key-null", "a1f600", [6]),
    ("key-true", "a1f500", [6]),
    ("key-array", "a18000", [6]),
    ("depth-9", "81" * 9 + "00", [7]),
    ("depth-9-empty", "81" * 8 + "80", [7]),
    ("depth-9-map", "81" * 8 + "a0", [7]),
    ("depth-100000", "81" * 100_000, [7, 8]),
    ("nothing", "", [8]),
    ("trailing-zero", "0000", [8]),
    ("trailing-item", "8000", [8]),
    ("unsigned-cut", "19ff", [8]),
    ("unsigned-nothing-after-head", "1b", [8]),
    ("bytes-cut", "44010203", [8]),
    ("text-cut", "6261", [8]),
    ("array-cut", "8200", [8]),
    ("array-longer-than-the-input", "9bffffffffffffffff00", [8]),
    ("map-without-last-value", "a100", [8]),
    ("map-longer-than-the-input", "bbffffffffffffffff0000", [8]),
    ("bytes-longer-than-the-input", "59ffff00", [8]),
    ("bytes-longest-length", "5bffffffffffffffff00", [5, 8]),
    ("text-longest-length", "7bffffffffffffffff00", [5, 8]),
]


def add_all(out):
    """Items that are valid, and items that are not."""
    out.section("CBOR items that are valid")
    for name, text in VALID:
        data = bytes.fromhex(text)
        value = cbor.decode(data)
        if cbor.encode(value) != data:
            raise ValueError(f"{name} is not what the encoder writes")
        shows = cbor.show(value) if len(data) < 200 else "a string of 65536 bytes"
        out.add(name, kind="item", item=data, verdict="valid", shows=shows)
    out.section("CBOR items that are not valid")
    for name, text, rules in INVALID:
        data = bytes.fromhex(text)
        if not set(_broken(data)) <= set(rules):
            raise ValueError(f"{name} breaks the rules {_broken(data)}, not {rules}")
        out.add(name, kind="item", item=data, verdict="invalid", breaks=rules)


def _broken(data):
    try:
        cbor.decode(data)
    except Invalid as trouble:
        return trouble.rules
    raise ValueError(f"{data[:20].hex()} is valid")
