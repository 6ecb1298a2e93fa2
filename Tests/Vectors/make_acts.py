# SPDX-License-Identifier: MIT
"""acts.txt: what entries say that circles, erasures, reports and lists are made of."""

import cbor
import changes
import digests
import later
import partnershipbodies
from vectorfile import VectorFile
from world import FOUNDER, WARDEN, seeded

TITLE = "Vectors for Docs/Formats/Circles.md, Erasure.md and Files.md, written by vectors.py."
KINDS = """
Kinds, with the names of their values:
act     type (text), body (bytes: salt first), verdict (valid, invalid: whether what it says is used)
sealed  body (bytes), verdict (valid, invalid: whether it is a sealed body);
        valid: partnership, log (bytes), seq (number), record (bytes: the record item of the
        header), key (bytes: the circle key), opens (yes, no: whether it says something there);
        yes: type (text), salt, changes (bytes: the map), access (opened, exported, printed, or
        none: whether it is an access entry that is used)
part    content (bytes: of a part of `accepted`), verdict (valid, invalid: whether it accepts)
file    value (bytes), verdict (valid, invalid);
        valid with plain (bytes): closed (bytes: the file as it is kept)
"""

LOG = bytes([1]) * 16
H16 = seeded("h", 16)
ACT = [LOG, 7, H16]
CIRCLE = seeded("a circle", 16)
CIRCLE_KEY = seeded("a circle key")
KEY_ID = digests.epoch_key_id(CIRCLE_KEY)
FILE_KEY = seeded("a file key")
PLAIN = b'{"tables":[]}\n'
CLOSED = later.seal_file(FILE_KEY, PLAIN)
FILE = [later.file_hash(CLOSED), len(PLAIN), "application/json", "board-2016-03.json", FILE_KEY]
SHARES = [
    [FOUNDER.signing_key, seeded("a share", 64) + seeded("its end", 16)],
    [WARDEN.signing_key, seeded("another share", 64) + seeded("its end too", 16)],
]
REDACTED = seeded("salt of a redacted body", 16) + cbor.encode({"title": [0], "status": "closed"})

ROWS = {
    "circle.opened": {
        "circle": CIRCLE,
        "key": KEY_ID,
        "name": seeded("a sealed name", 64),
        "after": [],
        "without": [],
        "members": SHARES,
        "by": [],
    },
    "circle.admitted": {"circle": CIRCLE, "key": KEY_ID, "members": SHARES[1:], "by": [ACT]},
    "circle.left": {"circle": CIRCLE, "member": WARDEN.signing_key, "at": [ACT], "by": [ACT]},
    "erasure.proposed": {
        "basis": "retention",
        "entries": [[LOG, 5, H16, REDACTED], [LOG, 6, H16, None]],
    },
    "erasure.approved": {"names": ACT},
    "erasure.objected": {"names": ACT, "reason": "shape"},
    "erasure.withdrawn": {"names": ACT},
    "erasure.decided": {"names": ACT, "against": [[LOG, 9, H16]], "reason": "It was looked at."},
    "erasure.ordered": {"names": ACT, "reason": "A device is lost."},
    "report.published": {
        "name": "board-2016-03",
        "title": "Board, March 2016",
        "heads": [ACT],
        "parameters": {"from": "2015-04-01", "until": "2016-03-31", "ward": "Harbour"},
        "program": "0.1.0",
        "vocabulary": seeded("a vocabulary"),
        "data": FILE,
    },
}


def make():
    """The text of acts.txt."""
    out = VectorFile(TITLE, KINDS)
    partnershipbodies.add(out, "act", "entries about no record say", used(), unused(), _body)
    _add_sealed(out)
    _add_parts(out)
    _add_files(out)
    return out.text()


def used():
    """name, type, what it says."""
    for type_, said in ROWS.items():
        yield _short(type_), type_, said
    opened = ROWS["circle.opened"]
    yield "circle-opened-again", "circle.opened", {
        **opened,
        "after": [H16],
        "without": [WARDEN.signing_key],
        "members": SHARES[:1],
        "by": [ACT],
    }
    yield "circle-left-at-nothing", "circle.left", {**ROWS["circle.left"], "at": []}
    yield "circle-left-at-0", "circle.left", {**ROWS["circle.left"], "at": [[LOG, 0, H16]]}
    report = ROWS["report.published"]
    yield "report-replaces", "report.published", {**report, "replaces": ACT}
    parameters = {"count": 5, "all": True, "case": [LOG, 5, H16], "digest": H16}
    yield "report-parameters", "report.published", {**report, "parameters": parameters}
    yield "report-of-nothing", "report.published", {**report, "heads": [], "parameters": {}}


def unused():
    """name, type, what it says."""
    for type_, said in ROWS.items():
        for missing in said:
            rest = {name: value for name, value in said.items() if name != missing}
            yield f"{_short(type_)}-lacks-{missing}", type_, rest
            yield f"{_short(type_)}-null-{missing}", type_, {**said, missing: None}
    for type_, name, more in (
        ("circle.opened", "short-id", {"circle": CIRCLE[:15]}),
        ("circle.opened", "no-members", {"members": []}),
        ("circle.opened", "short-share", {"members": [[WARDEN.signing_key, bytes(79)]]}),
        ("circle.opened", "member-alone", {"members": SHARES[0]}),
        ("circle.opened", "short-after", {"after": [H16[:15]]}),
        ("circle.opened", "short-without", {"without": [H16]}),
        ("circle.opened", "name-text", {"name": "Harbour families"}),
        ("circle.admitted", "by-none", {"by": []}),
        ("circle.admitted", "by-0", {"by": [[LOG, 0, H16]]}),
        ("circle.left", "by-none", {"by": []}),
        ("circle.left", "at-one-unwrapped", {"at": ACT}),
        ("erasure.proposed", "none", {"entries": []}),
        ("erasure.proposed", "without-h", {"entries": [[LOG, 5, REDACTED]]}),
        ("erasure.proposed", "entry-0", {"entries": [[LOG, 0, H16, REDACTED]]}),
        ("erasure.proposed", "text", {"entries": [[LOG, 5, H16, "erased"]]}),
        ("erasure.approved", "without-h", {"names": [LOG, 7]}),
        ("erasure.approved", "entry-0", {"names": [LOG, 0, H16]}),
        ("erasure.decided", "against-none", {"against": []}),
        ("report.published", "data-link", {"data": ACT}),
        ("report.published", "short-vocabulary", {"vocabulary": H16}),
        ("report.published", "head-0", {"heads": [[LOG, 0, H16]]}),
        ("report.published", "parameter-null", {"parameters": {"ward": None}}),
        ("report.published", "parameter-list", {"parameters": {"wards": ["a"]}}),
        ("report.published", "replaces-null", {"replaces": None}),
        ("report.published", "replaces-0", {"replaces": [LOG, 0, H16]}),
    ):
        yield f"{_short(type_)}-{name}", type_, {**ROWS[type_], **more}


PLACE = seeded("a partnership"), LOG, 9, None
NONCE = seeded("a sealed body", 24)
SALT = seeded("an inner salt", 16)


def _add_sealed(out):
    out.section("Sealed bodies, and what they say where they stand")
    noted = {"title": "Not for all", "notes": [[0, "A note."]]}
    access = {"act": "opened", "record": [LOG, 5, H16], "purpose": "Review"}
    no_record = (*PLACE[:3], 0)
    linked = (*PLACE[:3], [LOG[:15] + b"\2", 5, H16])
    for name, place, type_, said in (
        ("creation", PLACE, "case.opened", noted),
        ("on-another", linked, "case.noted", {"notes": [[0, "x" * 300]]}),
        ("of-256-bytes", PLACE, "case.opened", {"title": "x" * 214}),
        ("access", no_record, later.ACCESSED, access),
        ("access-without-purpose", no_record, later.ACCESSED, {**access, "act": "printed", "purpose": None}),
        ("access-of-another-act", no_record, later.ACCESSED, {**access, "act": "read"}),
        ("access-without-record", no_record, later.ACCESSED, {"act": "opened"}),
    ):
        said = {key: value for key, value in said.items() if value is not None}
        body = later.make_sealed(CIRCLE_KEY, NONCE, place, type_, SALT, said)
        _add_opening(out, f"sealed-{name}", body, place, (type_, SALT, said))
    good = later.make_sealed(CIRCLE_KEY, NONCE, PLACE, "case.opened", SALT, noted)
    out.section("Sealed bodies that say nothing where they stand")
    _add_opening(out, "sealed-moved", good, (*PLACE[:2], 10, None), None)
    _add_opening(out, "sealed-of-another-record", good, no_record, None)
    _add_opening(out, "sealed-changed", good[:-1] + bytes([good[-1] ^ 1]), PLACE, None)
    for name, plain in (
        ("unpadded", cbor.encode(["case.opened", SALT, {}])),
        ("padded-with-ones", (cbor.encode(["case.opened", SALT, {}]) + b"\1" * 256)[:256]),
        ("of-two", _padded(cbor.encode(["case.opened", SALT]))),
        ("short-salt", _padded(cbor.encode(["case.opened", SALT[:15], {}]))),
        ("unsigned-key", _padded(cbor.encode(["case.opened", SALT, {0: 1}]))),
    ):
        closed = later.ciphers.seal_aead(CIRCLE_KEY, NONCE, later._associated(*PLACE), plain)
        body = cbor.encode([1, KEY_ID, NONCE, closed])
        _add_opening(out, f"sealed-{name}", body, PLACE, None)
    out.section("Bodies of a sealed entry that are no sealed bodies")
    closed = cbor.decode(good)[3]
    for name, body in (
        ("empty", b""),
        ("open", SALT + cbor.encode({"title": "x"})),
        ("with-salt", SALT + good),
        ("of-three", cbor.encode([1, KEY_ID, closed])),
        ("of-five", cbor.encode([1, KEY_ID, NONCE, closed, 0])),
        ("version-2", cbor.encode([2, KEY_ID, NONCE, closed])),
        ("short-nonce", cbor.encode([1, KEY_ID, NONCE[:23], closed])),
        ("short-key-id", cbor.encode([1, KEY_ID[:15], NONCE, closed])),
        ("without-tag", cbor.encode([1, KEY_ID, NONCE, closed[:15]])),
        ("trailing-byte", good + b"\0"),
    ):
        if not later.refuses(later.check_sealed, body):
            raise ValueError(f"{name} is a sealed body")
        out.add(f"sealed-{name}", kind="sealed", body=body, verdict="invalid")


def _padded(plain):
    return plain + bytes(-len(plain) % later.PADDING)


def _add_opening(out, name, body, place, wanted):
    later.check_sealed(body)
    partnership, log_id, seq, record = place
    values = {"partnership": partnership, "log": log_id, "seq": seq}
    values.update(record=cbor.encode(record), key=CIRCLE_KEY)
    if wanted is None:
        if not later.refuses(later.open_sealed, body, CIRCLE_KEY, place):
            raise ValueError(f"{name} opens")
        out.add(name, kind="sealed", body=body, verdict="valid", **values, opens="no")
        return
    type_, salt, said = later.open_sealed(body, CIRCLE_KEY, place)
    if (type_, salt, said) != wanted:
        raise ValueError(f"{name} says {said}")
    access = said["act"] if changes.is_access(type_, said) else "none"
    out.add(
        name, kind="sealed", body=body, verdict="valid", **values, opens="yes", type_=type_,
        salt=salt, changes=cbor.encode(said), access=access,
    )


def _add_parts(out):
    out.section("Parts of `accepted`")
    good = {"list": "no-visit", "because": seeded("a row"), "reason": "The tenant moved."}
    for verdict, said in (
        ("valid", {"plain": good, "until": {**good, "until": "2017-03-31"}, "more": {**good, "later": 1}}),
        (
            "invalid",
            {
                **{f"lacks-{name}": {**good, name: None} for name in good},
                "text": "The tenant moved.",
                "short-digest": {**good, "because": H16},
                "until-month": {**good, "until": "2017-03"},
                "until-number": {**good, "until": 2017},
                "until-no-day": {**good, "until": "2017-02-29"},
            },
        ),
    ):
        for name, content in said.items():
            if type(content) is dict:
                content = {key: value for key, value in content.items() if value is not None}
            if changes.is_acceptance(content) != (verdict == "valid"):
                raise ValueError(f"{name} is not {verdict}")
            data = cbor.encode(content)
            out.add(f"part-{verdict}-{name}", kind="part", content=data, verdict=verdict)


def _add_files(out):
    out.section("Files")
    for name, value in (
        ("report", FILE),
        ("empty", [later.file_hash(later.seal_file(FILE_KEY, b"")), 0, "", "", FILE_KEY]),
    ):
        plain = PLAIN if name == "report" else b""
        closed = later.seal_file(FILE_KEY, plain)
        if later.open_file(FILE_KEY, closed) != plain or not later.is_file(value):
            raise ValueError(f"{name} is no file")
        values = {"verdict": "valid", "plain": plain, "closed": closed}
        out.add(f"file-{name}", kind="file", value=cbor.encode(value), **values)
    for name, value in (
        ("of-four", FILE[:4]),
        ("of-six", [*FILE, 0]),
        ("short-hash", [FILE[0][:31], *FILE[1:]]),
        ("short-key", [*FILE[:4], FILE[4][:31]]),
        ("negative-size", [FILE[0], -1, *FILE[2:]]),
        ("name-null", [*FILE[:3], None, FILE[4]]),
        ("link", ACT),
        ("map", {}),
    ):
        if later.is_file(value):
            raise ValueError(f"{name} is a file")
        out.add(f"file-{name}", kind="file", value=cbor.encode(value), verdict="invalid")


def _short(type_):
    return type_.replace(".", "-")


def _body(name, said):
    return seeded(f"salt of act {name}", 16) + cbor.encode(said)
