# SPDX-License-Identifier: MIT
"""The plain Python cryptography against published test vectors."""

import hashlib

import argon2
import cbor
import ciphers
import digests
import ed25519
import x25519

# RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]

# RFC 9106, section 5.3.
ARGON2ID_TAG = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"

# RFC 7748, section 6.1, which are also the keys of "Cryptography in NaCl".
ALICE_SECRET = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
ALICE_PUBLIC = bytes.fromhex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
BOB_SECRET = bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
BOB_PUBLIC = bytes.fromhex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
SHARED = bytes.fromhex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")

# "Cryptography in NaCl", sections 8 to 10.
NACL_FIRST_KEY = "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389"
NACL_NONCE = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37"
NACL_MESSAGE = (
    "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a"
    "1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057"
    "e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040"
    "e082f937763848645e0705"
)
NACL_BOX = (
    "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4"
    "476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738"
    "b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de"
    "56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5"
)

# draft-irtf-cfrg-xchacha-03, section 2.2.1 and appendix A.3.1.
HCHACHA_NONCE = "000000090000004a0000000031415927"
HCHACHA_RESULT = "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"
SUNSCREEN = (
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    b"sunscreen would be it."
)
XCHACHA_SEALED = (
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa644"
    "0bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e"
    "3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7"
    "987947deafd8780acf49"
)

# RFC 8439, sections 2.3.2 and 2.5.2.
CHACHA_BLOCK = (
    "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa09"
    "14c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e"
)
POLY_KEY = "85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b"
POLY_TAG = "a8061dc1305136c6c22b8baf0c0127a9"

# BLAKE2b: RFC 7693, appendix A; and what `b2sum -l 256` prints for an empty file.
BLAKE2B_ABC = (
    "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792d"
    "c252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"
)
H_EMPTY = "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"

# A point of order 8 (one of the eight that make up the small group).
SMALL_POINT = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"


def run():
    """Yields one (name, whether it holds) a check."""
    yield from _digests()
    yield from _signatures()
    yield from _agreement()
    yield from _ciphers()
    yield from _cbor()
    yield from _passwords()


def _passwords():
    tag = argon2.argon2id(
        bytes([1]) * 32, bytes([2]) * 16, 3, 32, 32, bytes([3]) * 8, bytes([4]) * 12, 4
    )
    yield "Argon2id, RFC 9106", tag.hex() == ARGON2ID_TAG


def _digests():
    yield "BLAKE2b-512 of abc, RFC 7693", hashlib.blake2b(b"abc").hexdigest() == BLAKE2B_ABC
    yield "BLAKE2b-256 of nothing, b2sum", digests.H(b"").hex() == H_EMPTY
    yield "base 32 of foobar, RFC 4648", digests.base32(b"foobar") == "mzxw6ytboi"


def _signatures():
    for number, case in enumerate(RFC_8032, 1):
        seed, public, message, signature = map(bytes.fromhex, case)
        yield f"Ed25519 key {number}, RFC 8032", ed25519.public_key(seed) == public
        yield f"Ed25519 sign {number}, RFC 8032", ed25519.sign(seed, message) == signature
        yield f"Ed25519 verify {number}, RFC 8032", ed25519.verify(public, message, signature)
        bent = signature[:32] + add_order(signature[32:])
        yield f"Ed25519 refuses s + L {number}", not ed25519.verify(public, message, bent)
        yield f"Ed25519 refuses another message {number}", not ed25519.verify(
            public, message + b"!", signature
        )
    yield "Ed25519 refuses a key of small order", not ed25519.is_good_point(
        bytes.fromhex(SMALL_POINT)
    )


def _agreement():
    yield "X25519 public keys, RFC 7748", (
        x25519.public_key(ALICE_SECRET) == ALICE_PUBLIC
        and x25519.public_key(BOB_SECRET) == BOB_PUBLIC
    )
    yield "X25519 shared secret, RFC 7748", (
        x25519.shared(ALICE_SECRET, BOB_PUBLIC) == SHARED
        and x25519.shared(BOB_SECRET, ALICE_PUBLIC) == SHARED
    )
    yield "X25519 once and 1,000 times, RFC 7748", _iterated()


def _iterated():
    k = u = x25519.BASE
    results = {}
    for turn in range(1, 1001):
        k, u = x25519.shared(k, u), k
        results[turn] = k.hex()
    return (
        results[1] == "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"
        and results[1000] == "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"
    )


def _ciphers():
    key = bytes(range(32))
    nonce = bytes.fromhex("000000090000004a00000000")
    block = ciphers.chacha_stream(key, nonce, 1, 64)
    yield "ChaCha20 block, RFC 8439", block.hex() == CHACHA_BLOCK
    tag = ciphers.poly1305(bytes.fromhex(POLY_KEY), b"Cryptographic Forum Research Group")
    yield "Poly1305, RFC 8439", tag.hex() == POLY_TAG
    subkey = ciphers.hchacha(key, bytes.fromhex(HCHACHA_NONCE))
    yield "HChaCha20, draft-irtf-cfrg-xchacha", subkey.hex() == HCHACHA_RESULT

    key, nonce = bytes(range(0x80, 0xA0)), bytes(range(0x40, 0x58))
    associated = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    sealed = ciphers.seal_aead(key, nonce, associated, SUNSCREEN)
    yield "XChaCha20-Poly1305 seal, draft-irtf-cfrg-xchacha", sealed.hex() == XCHACHA_SEALED
    opened = ciphers.open_aead(key, nonce, associated, sealed)
    yield "XChaCha20-Poly1305 open, draft-irtf-cfrg-xchacha", opened == SUNSCREEN
    yield "XChaCha20-Poly1305 refuses a changed tag", (
        ciphers.open_aead(key, nonce, associated, sealed[:-1] + b"\0") is None
    )

    shared = ciphers.box_key(BOB_PUBLIC, ALICE_SECRET)
    yield "HSalsa20 of a shared secret, NaCl", shared.hex() == NACL_FIRST_KEY
    nonce, message = bytes.fromhex(NACL_NONCE), bytes.fromhex(NACL_MESSAGE)
    sealed = ciphers.seal_box(BOB_PUBLIC, ALICE_SECRET, nonce, message)
    yield "crypto_box, NaCl", sealed.hex() == NACL_BOX
    yield "crypto_box opens, NaCl", (
        ciphers.open_box(ALICE_PUBLIC, BOB_SECRET, nonce, sealed) == message
    )


def _cbor():
    # Some of RFC 8949, appendix A: those that the narrowed form allows.
    for text, value in (
        ("00", 0),
        ("1818", 24),
        ("1a000f4240", 1000000),
        ("1bffffffffffffffff", 2**64 - 1),
        ("3903e7", -1000),
        ("4401020304", bytes([1, 2, 3, 4])),
        ("62c3bc", "\u00fc"),
        ("8301820203820405", [1, [2, 3], [4, 5]]),
        ("a201020304", {1: 2, 3: 4}),
        ("a26161016162820203", {"a": 1, "b": [2, 3]}),
    ):
        data = bytes.fromhex(text)
        yield f"CBOR {text}, RFC 8949", cbor.decode(data) == value and cbor.encode(value) == data


def add_order(scalar):
    """The same scalar, written with the order of the group added to it."""
    return (int.from_bytes(scalar, "little") + ed25519.ORDER).to_bytes(32, "little")
