# SPDX-License-Identifier: MIT
"""The blocks of entry.txt that hold what entries say of the roster: Docs/Formats/Entry.md."""

import cbor
import partnershipbodies
from trouble import Invalid
from world import ENROLLED, FOUNDED, OPENED_EPOCH, RECOVERY, WARDEN, seeded

LOG = bytes([1]) * 16
H16 = seeded("h", 16)
ACT = [LOG, 7, H16]
CUT = {"key": WARDEN.signing_key, "at": [[LOG, 12, H16]], "reason": "The device was lost."}
LIFTED = {"key": WARDEN.signing_key, "lifts": [ACT], "reason": "It was found again."}
ROWS = {
    "partnership.founded": FOUNDED,
    "roster.enrolled": ENROLLED,
    "roster.cut": CUT,
    "roster.reinstated": LIFTED,
    "epoch.opened": OPENED_EPOCH,
    "epoch.shared": {"id": H16, "opened": ACT, "keys": OPENED_EPOCH["keys"]},
    "recovery.renewed": {"key": RECOVERY.signing_key, "box": RECOVERY.box_key},
}


def add_all(out):
    """What is used, and what no reader uses."""
    partnershipbodies.add(out, "roster", "entries say of the roster", used(), unused(), _body)


def used():
    """name, type, what it says."""
    for type_, said in ROWS.items():
        yield f"{_short(type_)}-plain", type_, said
    for name, more in (
        ("staff", {"staff": [LOG, 3]}),
        ("staff-own", {"staff": [0, 3]}),
        ("staff-with-h", {"staff": [LOG, 3, H16]}),
        ("replaces-one", {"replaces": [ACT]}),
        ("replaces-two", {"replaces": [ACT, [LOG, 9, H16]]}),
        ("from-0", {"from": [LOG, 0, H16]}),
        ("from-7", {"from": ACT}),
        ("until", {"until": "2017-03-31"}),
        ("until-leap-day", {"until": "2016-02-29"}),
        ("all", {"staff": [0, 3], "replaces": [ACT], "from": ACT, "until": "2017-03-31"}),
        ("auditor", {"role": "auditor"}),
        ("coordinator", {"role": "coordinator"}),
        ("lead", {"role": "lead"}),
    ):
        yield f"enrolled-{name}", "roster.enrolled", {**ENROLLED, **more}
    for name, link in (("staff", [LOG, 3]), ("staff-own", [0, 3])):
        yield f"founded-{name}", "partnership.founded", {**FOUNDED, "staff": link}
    yield "cut-at-nothing", "roster.cut", {**CUT, "at": []}
    yield "cut-at-0", "roster.cut", {**CUT, "at": [[LOG, 0, H16], ACT]}
    yield "reinstated-two", "roster.reinstated", {**LIFTED, "lifts": [ACT, [LOG, 9, H16]]}
    without = [WARDEN.signing_key, RECOVERY.signing_key]
    yield "opened-without", "epoch.opened", {**OPENED_EPOCH, "without": without}
    after = [ACT, [LOG, 9, H16]]
    yield "opened-after-two", "epoch.opened", {**OPENED_EPOCH, "after": after}
    yield "opened-unread", "epoch.opened", {**OPENED_EPOCH, "after": after, "unread": after}
    yield "opened-for-nobody", "epoch.opened", {**OPENED_EPOCH, "keys": []}


def unused():
    """name, type, what it says."""
    for type_, said in ROWS.items():
        for missing in said:
            rest = {name: value for name, value in said.items() if name != missing}
            yield f"{_short(type_)}-lacks-{missing}", type_, rest
        for name in said:
            yield f"{_short(type_)}-null-{name}", type_, {**said, name: None}
    for name, more in (
        ("short-key", {"key": WARDEN.signing_key[:31]}),
        ("short-box", {"box": WARDEN.box_key[:31]}),
        ("other-role", {"role": "Field"}),
        ("staff-null", {"staff": None}),
        ("staff-text", {"staff": "Sam Reed"}),
        ("staff-own-with-h", {"staff": [0, 3, H16]}),
        ("staff-0", {"staff": [LOG, 0]}),
        ("replaces-none", {"replaces": []}),
        ("replaces-one-unwrapped", {"replaces": ACT}),
        ("replaces-without-h", {"replaces": [ACT, [LOG, 9]]}),
        ("replaces-0", {"replaces": [[LOG, 0, H16]]}),
        ("from-null", {"from": None}),
        ("from-without-h", {"from": [LOG, 7]}),
        ("from-own", {"from": [0, 7, H16]}),
        ("until-month", {"until": "2017-03"}),
        ("until-minute", {"until": "2017-03-31T09:30"}),
        ("until-as-said", {"until": "31/03/2017"}),
        ("until-number", {"until": 2017}),
        ("until-no-day", {"until": "2017-02-29"}),
        ("until-no-month", {"until": "2017-13-01"}),
        ("until-year-0", {"until": "0000-01-01"}),
    ):
        yield f"enrolled-{name}", "roster.enrolled", {**ENROLLED, **more}
    for name, staff in (("null", None), ("text", "Sam Reed"), ("0", [0, 0])):
        yield f"founded-staff-{name}", "partnership.founded", {**FOUNDED, "staff": staff}
    yield "cut-at-one-unwrapped", "roster.cut", {**CUT, "at": ACT}
    yield "cut-at-without-h", "roster.cut", {**CUT, "at": [[LOG, 12]]}
    yield "reinstated-none", "roster.reinstated", {**LIFTED, "lifts": []}
    yield "reinstated-0", "roster.reinstated", {**LIFTED, "lifts": [[LOG, 0, H16]]}
    yield "opened-unread-none", "epoch.opened", {**OPENED_EPOCH, "unread": []}
    yield "opened-unread-0", "epoch.opened", {**OPENED_EPOCH, "unread": [[LOG, 0, H16]]}
    yield "opened-short-id", "epoch.opened", {**OPENED_EPOCH, "id": H16[:15]}
    key, sealed = OPENED_EPOCH["keys"][0]
    for name, wrong in (
        ("short-sealed", [key, sealed[:79]]),
        ("long-sealed", [key, sealed + b"\0"]),
        ("short-box", [key[:31], sealed]),
        ("sealed-alone", sealed),
        ("sealed-of-three", [key, sealed, None]),
    ):
        yield f"opened-{name}", "epoch.opened", {**OPENED_EPOCH, "keys": [[key, sealed], wrong]}
        yield f"shared-{name}", "epoch.shared", {**ROWS["epoch.shared"], "keys": [wrong]}
    yield "opened-after-0", "epoch.opened", {**OPENED_EPOCH, "after": [[LOG, 0, H16]]}
    yield "opened-after-one-unwrapped", "epoch.opened", {**OPENED_EPOCH, "after": ACT}
    yield "shared-opened-0", "epoch.shared", {**ROWS["epoch.shared"], "opened": [LOG, 0, H16]}
    yield "shared-short-id", "epoch.shared", {**ROWS["epoch.shared"], "id": H16[:15]}
    yield "renewed-short-box", "recovery.renewed", {**ROWS["recovery.renewed"], "box": H16}
    yield "opened-without-short-key", "epoch.opened", {**OPENED_EPOCH, "without": [H16]}


def _short(type_):
    return type_.split(".")[1]


def _body(name, said):
    return seeded(f"salt of roster {name}", 16) + cbor.encode(said)
