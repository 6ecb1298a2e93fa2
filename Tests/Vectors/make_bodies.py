# SPDX-License-Identifier: MIT
"""The blocks of entry.txt that hold bodies and changes."""

import cbor
import changes
import digests
import entry
import make_roster
from trouble import Invalid
from vectorfile import confirm_invalid
from world import ENROLLED, FOUNDED, OPENED_EPOCH, RECOVERY, WARDEN, seeded

OTHER_LOG = bytes([1]) * 16
H16 = seeded("h", 16)


def add_all(out):
    """Bodies that are valid, bodies that are not, and changes of every family."""
    out.section("Bodies that are valid")
    for name, type_, record, said in bodies():
        _add_body(out, name, type_, record, said)
    out.section("Bodies that are not valid: their entries stay, and change nothing")
    for name, why, data in invalid_bodies():
        confirm_invalid(name, why, data, changes.check_body_and_notes)
        values = {"body": data, "digest": digests.body_digest(data)}
        out.add(name, kind="body", **values, verdict="invalid", why=why)
    make_roster.add_all(out)
    out.section("Changes of every family")
    for family, good, bad in families():
        _add_changes(out, family, good, bad)


def bodies():
    """name, type, whether it is about no record (0), changes."""
    other = [OTHER_LOG, 15]
    yield "body-latest", "case.retitled", "some", {"title": "Noise at the quay"}
    yield "body-latest-cleared", "case.retitled", "some", {"title": None}
    yield "body-cautious", "case.risk-assessed", "some", {"risk": "high", "reason": "Threats."}
    yield "body-standing", "action.lead-changed", "some", {"lead": [OTHER_LOG, 4]}
    yield "body-set", "action.supports-changed", "some", {"supports": {"+": [other], "-": [[0, 2]]}}
    yield "body-tally", "campaign.counted", "some", {"reached": {"advised": 12, "marked": -1}}
    yield "body-entries-add", "case.visited", "some", {
        "occurred": "2016-03-13T18:30",
        "visits": [[0, {"minutes": 20, "text": "Spoke to the tenant."}]],
    }
    yield "body-cause", "campaign.counted", "some", {"counts": {"homes": 3}, "cause": [0, 5]}
    yield "body-keyed", "campaign.target-set", "some", {"targets": {"homes": 100}}
    yield "body-entries-void", "case.visit-voided", "some", {
        "reason": "Another address.",
        "visits": [[1, [0, 5]]],
    }
    yield "body-entries-correct", "case.visit-corrected", "some", {
        "visits": [[2, [OTHER_LOG, 5], "Spoke to the neighbour."]],
    }
    yield "body-reading", "metric.read", "some", {"figures": {"2013/14|police": 811}}
    settled = [[OTHER_LOG, 5, H16], [bytes([2]) * 16, 9, H16]]
    yield "body-settles", "case.closed", "some", {"status": "closed", "settles": settled}
    yield "body-again", "case.opened", "some", {"title": "x", "again": [OTHER_LOG, 5, H16]}
    yield "body-import", "case.opened", "some", {"title": "x", "import": H16}
    yield "body-cause-with-h", "campaign.counted", "some", {"cause": [OTHER_LOG, 5, H16]}
    yield "body-link-with-h", "action.lead-changed", "some", {"lead-record": [OTHER_LOG, 4, H16]}
    yield "body-two-spellings", "case.retitled", "some", {"title": "caf\u00e9, cafe\u0301"}
    yield "body-unknown-field", "case.opened", "some", {"title": "x", "zzz": {0: [b"later", {}]}}
    yield "body-no-change", "case.opened", "some", {}
    yield from _partnership_bodies()
    yield "body-of-262144-bytes", "case.opened", "some", _long_changes(262_144)


def _partnership_bodies():
    yield "body-software", "software.updated", "0", {"vocabulary": 1}
    yield "body-founded", "partnership.founded", "0", FOUNDED
    yield "body-roster-enrolled", "roster.enrolled", "0", ENROLLED
    yield "body-epoch", "epoch.opened", "0", OPENED_EPOCH
    yield "body-epoch-without", "epoch.opened", "0", {
        **OPENED_EPOCH,
        "without": [RECOVERY.signing_key],
    }
    cut = {"key": WARDEN.signing_key, "reason": "The device was lost."}
    yield "body-roster-cut", "roster.cut", "0", {**cut, "at": [[OTHER_LOG, 12, H16]]}
    yield "body-roster-cut-at-0", "roster.cut", "0", {**cut, "at": []}
    yield "body-roster-reinstated", "roster.reinstated", "0", {
        "key": WARDEN.signing_key,
        "lifts": [[OTHER_LOG, 7, H16]],
        "reason": "It was found again.",
    }


def _long_changes(size):
    """Changes that with their salt make a body of some size."""
    texts = {f"note-{number}": "x" * 65_000 for number in range(4)}
    size_now = entry.SALT_SIZE + len(cbor.encode({**texts, "rest": "x" * 300}))
    return {**texts, "rest": "x" * (300 + size - size_now)}


def invalid_bodies():
    """name, why, body."""
    salt = seeded("a salt", 16)
    yield "body-empty", "too-short", b""
    yield "body-of-15-bytes", "too-short", salt[:15]
    yield "body-salt-alone", "too-short", salt
    yield "body-array", "shape", salt + cbor.encode([])
    yield "body-null", "shape", salt + cbor.encode(None)
    yield "body-circle", "shape", salt + cbor.encode([1, H16, H16, b"later"])
    yield "body-unsigned-key", "key", salt + cbor.encode({0: "x", "title": "y"})
    yield "body-trailing-byte", "cbor", salt + cbor.encode({"title": "x"}) + b"\0"
    yield "body-cut-off", "cbor", salt + cbor.encode({"title": "x"})[:-1]
    yield "body-without-salt", "cbor", cbor.encode({"title": "Noise at the quay"})
    yield "body-keys-out-of-order", "cbor", salt + bytes.fromhex("a2616200616100")
    for name, note in _invalid_notes():
        yield f"body-note-{name}", "note", salt + cbor.encode(note)
    yield "body-float", "cbor", salt + bytes.fromhex("a16161f93c00")
    yield "body-text-of-65537-bytes", "cbor", salt + cbor.encode({"title": "x" * 65_537})
    yield "body-depth-9", "cbor", salt + bytes.fromhex("a16161" + "81" * 8 + "00")


def _invalid_notes():
    pinned = [OTHER_LOG, 5, H16]
    yield "occurred-day", {"occurred": "24/11"}
    yield "occurred-number", {"occurred": 2016}
    yield "reason-null", {"reason": None}
    yield "cause-text", {"cause": "W01-1"}
    yield "cause-own-with-h", {"cause": [0, 5, H16]}
    yield "again-without-h", {"again": [OTHER_LOG, 5]}
    yield "again-own", {"again": [0, 5, H16]}
    yield "again-0", {"again": [OTHER_LOG, 0, H16]}
    yield "settles-none", {"settles": []}
    yield "settles-one-unwrapped", {"settles": pinned}
    yield "settles-without-h", {"settles": [pinned, [OTHER_LOG, 6]]}
    yield "import-text", {"import": "1"}
    yield "import-of-15-bytes", {"import": H16[:15]}


def families():
    """family, changes that have its form, changes that do not."""
    link, own = [OTHER_LOG, 15], [0, 3]
    values = ["text", "", 0, 2**64 - 1, -1, -(2**63), True, False, link, own, None]
    values.append([*link, H16])
    values += [H16, [seeded("a hash"), 5, "text/plain", "a.txt", seeded("a key")]]
    no_values = [[], {}, [OTHER_LOG], [OTHER_LOG, 0], [0, 0], [1, 3], [0, 3, H16]]
    no_values += [[b"\1" * 15, 3], [*link, H16[:15]], [*link, None], [*link, H16, 0]]
    yield "latest", values, no_values
    yield "cautious", ["high", "2015-03-14", 5, None], no_values
    yield "standing", [link, "Harbour District Council", None], no_values
    yield "set", [
        {"+": ["a"]},
        {"-": ["a", 2]},
        {"+": ["a", link], "-": [own, False]},
    ], [
        {},
        {"+": []},
        {"-": []},
        {"+": ["a"], "-": []},
        {"+": "a"},
        {"*": ["a"]},
        {"+": [None]},
        {"+": ["a"], "x": ["a"]},
        ["a"],
        "a",
        None,
    ]
    yield "tally", [
        {"advised": 12},
        {"advised": -3, "marked": 0},
        {"least": -(2**63), "most": 2**63 - 1},
    ], [{"most": 2**63}, {"advised": "12"}, {"advised": None}, {"a": True}, {1: 1}, [1], 12, None]
    yield "entries", [
        [[0, "A note."]],
        [[0, {}]],
        [[0, {"text": "A note.", "by": link, "minutes": 20, "indoors": True}]],
        [[1, link]],
        [[1, own]],
        [[1, [*link, H16]]],
        [[2, link, "Another note."]],
        [[2, own, {"text": "x"}]],
        [[2, own, {"text": None, "minutes": 20}]],
        [[0, {"digest": H16, "photo": [seeded("a hash"), 5, "text/plain", "a", seeded("a key")]}]],
        [[0, "New."], [1, own], [2, link, "Other."], [1, [OTHER_LOG, 16]]],
    ], [
        [[0, "One."], [0, "Two."]],
        [[0]],
        [[0, None]],
        [[0, 5]],
        [[0, {"text": None}]],
        [[0, {"parts": ["x"]}]],
        [[0, {1: "x"}]],
        [[0, "x", "y"]],
        [[1]],
        [[1, "x"]],
        [[1, [OTHER_LOG, 0]]],
        [[1, link, "x"]],
        [[2, link]],
        [[2, "x", "y"]],
        [[3, link]],
        [["0", "x"]],
        [0, "x"],
        "x",
        None,
    ]
    yield "reading", [
        {"2013/14|police": 811},
        {"2013/14|council": 813, "2013/14|police": "811 or so"},
        {"2013/14|police": None},
    ], [{"2013/14|police": [1, 2, 3]}, {1: 811}, 811, None]
    yield "keyed", [
        {"advised": 100},
        {"advised": None, "schools": "13 or more"},
    ], [{"advised": [1, 2, 3]}, {"advised": {}}, {1: 811}, "advised", None]


def _add_body(out, name, type_, record, said):
    body = seeded(f"salt of {name}", 16) + cbor.encode(said)
    found = entry.check_body(body)
    dummy = entry.Header(1, 0, type_, 0 if record == "0" else None, [], None, 0)
    if name != "body-unknown-field":
        changes.check_facts(dummy, found)
    values = {"body": body, "digest": digests.body_digest(body), "verdict": "valid"}
    shows = cbor.show(found) if len(body) < 2000 else "five long texts"
    values.update(type_=type_, record=record, fields=list(found), shows=shows)
    out.add(name, kind="body", **values)


def _add_changes(out, family, good, bad):
    for verdict, changed in (("valid", good), ("invalid", bad)):
        for number, change in enumerate(changed, 1):
            data = cbor.encode(change)
            if _fits(family, cbor.decode(data)) != (verdict == "valid"):
                raise ValueError(f"{family}: {cbor.show(change)} is not {verdict}")
            name = f"change-{family}-{verdict}-{number}"
            values = {"change": data, "verdict": verdict, "shows": cbor.show(cbor.decode(data))}
            out.add(name, kind="change", family=family, **values)


def _fits(family, change):
    try:
        changes.check_change(family, change)
    except Invalid:
        return False
    return True
