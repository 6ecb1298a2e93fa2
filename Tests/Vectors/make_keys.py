# SPDX-License-Identifier: MIT
"""keys.txt: recovery words and sealed epoch keys."""

import digests
import keys
from vectorfile import VectorFile, confirm_invalid
from world import EPOCH_KEY, FOUNDER, LATER_EPOCH_KEY, RECOVERY, WARDEN, seeded

TITLE = "Vectors for Docs/Formats/Keys.md, written by vectors.py."
KINDS = """
Kinds, with the names of their values:
recovery    words (numbers: the words, from 0), verdict (valid, or invalid with why);
            valid: secret, signing-seed, signing-key, box-secret, box-key (bytes)
sealed-key  box-key, sealed (bytes: the two items of a sealed key), box-secret (bytes: of the
            device that reads), key-id (bytes: the id in the entry), verdict (opens, or stays-shut
            with why: what is wrong; a reader may name something else);
            opens: author-seed (bytes: makes the same again), nonce, epoch-key (bytes)
"""


def make():
    """The text of keys.txt."""
    out = VectorFile(TITLE, KINDS)
    _recovery(out)
    _sealed_keys(out)
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
