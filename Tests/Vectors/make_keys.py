# SPDX-License-Identifier: MIT
"""keys.txt: recovery words, sealed epoch keys, and device.key."""

import cbor
import digests
import keys
from vectorfile import VectorFile, confirm_invalid
from world import EPOCH_KEY, FOUNDER, LATER_EPOCH_KEY, RECOVERY, WARDEN, at, seeded

TITLE = "Vectors for Docs/Formats/Keys.md, written by vectors.py."
KINDS = """
Kinds, with the names of their values:
recovery    words (numbers: the words, from 0), verdict (valid, or invalid with why);
            valid: secret, signing-seed, signing-key, box-secret, box-key (bytes)
sealed-key  box-key, sealed (bytes: the two items of a sealed key), box-secret (bytes: of the
            device that reads), key-id (bytes: the id in the entry), verdict (opens, or stays-shut
            with why: what is wrong; a reader may name something else);
            opens: author-seed (bytes: makes the same again), nonce, epoch-key (bytes)
device-key  file (bytes), verdict (valid, or invalid with why);
            valid: signing-seed, box-secret, partnership, log (bytes), epochs (<time>/<key> each, with
            one space between, or none)
sealed-file file, passphrase (bytes), verdict (opens, or stays-shut with why);
            opens: salt, nonce, plain (bytes), passes, memory (numbers; memory in bytes)
"""


def make():
    """The text of keys.txt."""
    out = VectorFile(TITLE, KINDS)
    _recovery(out)
    _sealed_keys(out)
    _device_files(out)
    _sealed_files(out)
    return out.text()


def _recovery(out):
    out.section("Recovery words")
    secrets = {"of-zeros": bytes(22), "of-the-founder": RECOVERY.secret, "of-ones": b"\xff" * 22}
    for name, secret in secrets.items():
        found = keys.check_recovery(keys.Recovery(secret).bytes)
        values = {"secret": secret, "signing_seed": found.seed, "signing_key": found.signing_key}
        values.update(box_secret=found.box_secret, box_key=found.box_key)
        words = list(found.bytes)
        out.add(f"recovery-{name}", kind="recovery", words=words, verdict="valid", **values)
    good = RECOVERY.bytes
    wrong = [(f"word-{place + 1}-changed", "check", place) for place in range(24)]
    cases = [(name, why, _changed(good, place)) for name, why, place in wrong]
    cases.append(("two-words-swapped", "check", good[:4] + good[5:3:-1] + good[6:]))
    cases.append(("a-word-missing", "words", good[:23]))
    cases.append(("a-word-too-many", "words", good + good[:1]))
    for name, why, data in cases:
        confirm_invalid(name, why, data, keys.check_recovery)
        out.add(f"recovery-{name}", kind="recovery", words=list(data), verdict="invalid", why=why)


def _changed(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _sealed_keys(out):
    out.section("Sealed epoch keys")
    for name, author, reader in (
        ("for-a-warden", FOUNDER, WARDEN),
        ("for-its-author", FOUNDER, FOUNDER),
        ("for-recovery", FOUNDER, RECOVERY),
        ("by-recovery", RECOVERY, WARDEN),
    ):
        box_key, sealed = keys.seal_epoch_key(author.seed, reader.box_key, EPOCH_KEY)
        found = keys.open_epoch_key([box_key, sealed], reader.box_secret, _id(EPOCH_KEY))
        values = {"box_key": box_key, "sealed": sealed, "box_secret": reader.box_secret}
        values.update(key_id=_id(EPOCH_KEY), verdict="opens", author_seed=author.seed)
        values.update(nonce=digests.epoch_box_nonce(sealed[:32], box_key), epoch_key=found)
        out.add(f"sealed-key-{name}", kind="sealed-key", **values)
    good = keys.seal_epoch_key(FOUNDER.seed, WARDEN.box_key, EPOCH_KEY)
    for name, why, one, key_id in (
        ("for-another", "for", [RECOVERY.box_key, good[1]], _id(EPOCH_KEY)),
        ("under-another-box-key", "box", [WARDEN.box_key, _other_box()], _id(EPOCH_KEY)),
        ("sender-changed", "box", [good[0], _changed(good[1], 3)], _id(EPOCH_KEY)),
        ("tag-changed", "box", [good[0], _changed(good[1], 40)], _id(EPOCH_KEY)),
        ("key-changed", "box", [good[0], _changed(good[1], 79)], _id(EPOCH_KEY)),
        ("sender-of-small-order", "box", [good[0], bytes(32) + good[1][32:]], _id(EPOCH_KEY)),
        ("of-another-epoch", "id", good, _id(LATER_EPOCH_KEY)),
    ):
        values = {"box_key": one[0], "sealed": one[1], "box_secret": WARDEN.box_secret}
        confirm_invalid(name, why, one, lambda data: _open(data, key_id))
        out.add(
            f"sealed-key-{name}", kind="sealed-key", **values, key_id=key_id,
            verdict="stays-shut", why=why,
        )


def _open(sealed, key_id):
    return keys.open_epoch_key(sealed, WARDEN.box_secret, key_id)


def _other_box():
    return keys.seal_epoch_key(seeded("an author"), RECOVERY.box_key, EPOCH_KEY)[1]


def _id(epoch_key):
    return digests.epoch_key_id(epoch_key)


def _plain(epochs=((at("2016-03-14T09:05:00Z"), EPOCH_KEY),)):
    keys_of = WARDEN.seed, WARDEN.box_secret
    return keys.make_device_file(*keys_of, seeded("a partnership"), epochs, seeded("a log", 16))


def _device_files(out):
    out.section("device.key as it stands, without a passphrase")
    later = at("2016-03-20T09:00:00Z"), LATER_EPOCH_KEY
    for name, epochs in (
        ("not-let-in", ()),
        ("let-in", ((at("2016-03-14T09:05:00Z"), EPOCH_KEY),)),
        ("of-two-epochs", ((at("2016-03-14T09:05:00Z"), EPOCH_KEY), later)),
    ):
        data = _plain(epochs)
        items = keys.check_device_file(data)
        values = {"signing_seed": items[1], "box_secret": items[2], "partnership": items[3]}
        values["epochs"] = [f"{time}/{key.hex()}" for time, key in items[4]]
        out.add(
            f"device-key-{name}", kind="device-key", file=data, verdict="valid", **values,
            log=items[5],
        )
    good = cbor.decode(_plain())
    for name, items in (
        ("of-seven", [*good, None]),
        ("of-five", good[:5]),
        ("of-version-1", [1, *good[1:]]),
        ("of-version-3", [3, *good[1:]]),
        ("short-seed", [2, good[1][:31], *good[2:]]),
        ("short-log", [*good[:5], good[5][:15]]),
        ("epoch-without-a-time", [*good[:4], [[EPOCH_KEY]], good[5]]),
    ):
        data = cbor.encode(items)
        confirm_invalid(name, "shape", data, keys.check_device_file)
        out.add(
            f"device-key-{name}", kind="device-key", file=data, verdict="invalid", why="shape"
        )


def _sealed_files(out):
    out.section("device.key sealed by a passphrase")
    passphrase = "five tired herons, 7 caf\u00e9s".encode()
    salt, nonce = seeded("a salt of a key", 16), seeded("a nonce of a key", 24)
    for passes, memory in ((3, 65_536), (1, 8_192), (10, 16_384), (2, 13_337)):
        data = keys.seal_device_file(_plain(), passphrase, salt, nonce, passes, memory)
        plain = keys.open_device_file(data, passphrase)
        values = {"salt": salt, "nonce": nonce, "plain": plain}
        values.update(passes=passes, memory=memory)
        name = f"sealed-file-{passes}-{memory}"
        out.add(
            name, kind="sealed-file", file=data, passphrase=passphrase, verdict="opens", **values
        )
    good = keys.seal_device_file(_plain(), passphrase, salt, nonce, 1, 8_192)
    other = keys.seal_device_file(_plain()[:-1], passphrase, salt, nonce, 1, 8_192)
    cases = [
        ("other-passphrase", "cipher", good, passphrase[:-1]),
        ("magic-changed", "magic", _changed(good, 7), passphrase),
        ("salt-changed", "cipher", _changed(good, 8), passphrase),
        ("two-passes-said", "cipher", good[:24] + b"\2" + good[25:], passphrase),
        ("no-pass-said", "passes", good[:24] + b"\0" + good[25:], passphrase),
        ("eleven-passes-said", "passes", good[:24] + b"\x0b" + good[25:], passphrase),
        ("memory-changed", "cipher", _changed(good, 28), passphrase),
        ("too-little-memory", "memory", good[:29] + b"\x1f" + good[30:], passphrase),
        ("too-much-memory", "memory", good[:28] + _gibibyte_and_one() + good[36:], passphrase),
        ("nonce-changed", "cipher", _changed(good, 36), passphrase),
        ("text-changed", "cipher", _changed(good, 60), passphrase),
        ("cut", "cipher", good[:-1], passphrase),
        ("head-alone", "too-short", good[:60], passphrase),
        ("of-no-key-file", "cbor", other, passphrase),
    ]
    for name, why, data, said in cases:
        confirm_invalid(name, why, data, lambda data, said=said: keys.open_device_file(data, said))
        out.add(
            f"sealed-file-{name}", kind="sealed-file", file=data, passphrase=said,
            verdict="stays-shut", why=why,
        )


def _gibibyte_and_one():
    return ((1 << 30) + 1).to_bytes(8, "little")
