# SPDX-License-Identifier: MIT
"""log.txt: whole logs entry by entry, and logs that end in a torn tail or are damaged."""

import entry
import log
import make_broken_logs
import world
from make_entry import header_values, show_place
from vectorfile import VectorFile

TITLE = "Vectors for Docs/Formats/Log.md, written by vectors.py."
KINDS = """
Kinds, with the names of their values:
device  signing-seed, box-secret, signing-key, box-key (bytes)
log     file (bytes: the log file), verdict (whole, torn, damaged, not-a-log),
        offset (number: where reading stopped; the size of the file where it is whole),
        entries (number: how many were read before the offset),
        sealed (number: the seq of the last seal read, 0 if there is none);
        but for not-a-log: id (bytes: log id), head (bytes: the chain value after the last entry
        read);
        whole: device (text: the name of a device block), partnership (bytes), founder (yes, no),
        previous (<log>/<seq>/<chain value>, or none),
        recovery-keys (the signing key and the box key, with one space between, or none),
        frames (numbers: the offset of every frame);
        not whole: why (text: what is wrong at the offset; a reader may name something else)
entry   of (text: the name of a log block), seq, time (numbers), type (text), record (null, 0, a
        seq, <log>/<seq>, or <log>/<seq>/<h>), base (as in entry.txt), body-digest (bytes, or null), further (number: items after the sixth),
        header (bytes), body (bytes, or null), chain (bytes: h(seq));
        there is one for every entry of the first five logs
seen    held (names of log blocks), entry, other (<log>/<seq> each), verdict (yes, no): whether the
        entry had seen the other, where those logs are held and no others
"""


def make():
    """The text of log.txt."""
    out = VectorFile(TITLE, KINDS)
    founders, wardens, logs = grow()
    out.section("Devices")
    for device in (world.Device("example"), world.FOUNDER, world.WARDEN):
        _add_device(out, device)
    out.section("Logs that grow, entry by entry. The one called example is shown in Log.md")
    for name, device, data in logs[:5]:
        reader = _add_whole(out, name, device, data)
        for one in reader.entries:
            _add_entry(out, name, one, reader.birth.id)
    out.section("More whole logs. founder-fork shares its first four entries with founder-later")
    for name, device, data in logs[5:]:
        _add_whole(out, name, device, data)
    for name, data in make_broken_logs.odd_but_whole(founders, wardens):
        _add_whole(out, name, world.FOUNDER.name, data)
    _add_seen(out, founders, wardens, {name: data for name, _, data in logs})
    out.section("Files that are not logs")
    for name, why, data in make_broken_logs.not_logs(founders):
        _add_stopped(out, name, "not-a-log", why, data)
    out.section("Logs that end in a torn tail")
    for name, why, data in make_broken_logs.torn(founders, wardens):
        _add_stopped(out, name, "torn", why, data)
    out.section("Logs that are damaged")
    for name, why, data in make_broken_logs.damaged(founders):
        _add_stopped(out, name, "damaged", why, data)
    return out.text()


def grow():
    """The founder's and the warden's writers at their end; (name, device, file) of all logs."""
    logs = [("example", "example", world.example().data())]
    founders = world.founder()
    logs.append(("founder", "founder", founders.data()))
    wardens = world.warden(founders)
    logs.append(("warden", "warden", wardens.data()))
    world.founder_later(founders, wardens)
    logs.append(("founder-later", "founder", founders.data()))
    world.warden_later(wardens, founders)
    logs.append(("warden-later", "warden", wardens.data()))
    second = world.warden_second(wardens, founders)
    logs.append(("warden-second", "warden", second.data()))
    logs.append(("founder-fork", "founder", world.founder_fork(founders).data()))
    return founders, wardens, logs


def _add_device(out, device):
    keys = {"signing_seed": device.seed, "box_secret": device.box_secret}
    keys.update(signing_key=device.signing_key, box_key=device.box_key)
    out.add(f"device-{device.name}", kind="device", **keys)


def _add_whole(out, name, device, data):
    reader = log.Reader().read_log(data)
    if reader.verdict != "whole":
        raise ValueError(f"{name} is {reader.verdict}: {reader.trouble}")
    birth = reader.birth
    values = {"device": f"device-{device}", "partnership": birth.partnership}
    values["founder"] = "yes" if birth.is_founder else "no"
    values["previous"] = show_place(birth.previous) if birth.previous else "none"
    values["recovery_keys"] = birth.recovery_keys
    values["frames"] = [one.offset for one in reader.frames]
    out.add(name, kind="log", file=data, **_common(reader), **values)
    return reader


def _add_stopped(out, name, verdict, why, data):
    reader = log.Reader().read_log(data)
    found = reader.verdict, reader.trouble and reader.trouble.reason
    if found != (verdict, why):
        raise ValueError(f"{name} is {found}, not {verdict}, {why}")
    out.add(name, kind="log", file=data, **_common(reader), why=why)


def _common(reader):
    values = {"verdict": reader.verdict, "offset": reader.offset}
    values.update(entries=len(reader.entries), sealed=reader.sealed)
    if reader.birth:
        values.update(id=reader.birth.id, head=reader.head.chain)
    return values


def _add_entry(out, of, one, own_log):
    values = header_values(one.header, own_log)
    values.update(header=one.data, body="null" if one.body is None else one.body, chain=one.chain)
    out.add(f"{of}-{one.header.seq}", kind="entry", of=of, **values)


def _add_seen(out, founders, wardens, files):
    out.section("What an entry had seen")
    ids = {founders.birth.id: "founder", wardens.birth.id: "warden"}
    both = ("founder-later", "warden-later")
    for held in (both, ("founder", "warden-later"), ("founder-fork", "warden-later")):
        logs = {}
        for name in held:
            reader = log.Reader().read_log(files[name])
            logs[reader.birth.id] = reader
        for place in sorted(_places(logs), key=lambda place: (ids[place[0]], place[1])):
            for other in ((founders.birth.id, 4), (founders.birth.id, 5), (wardens.birth.id, 3)):
                if other[1] > len(logs[other[0]].entries) or place == other:
                    continue
                name = f"seen-{held[0]}-{ids[place[0]]}-{place[1]}-{ids[other[0]]}-{other[1]}"
                verdict = "yes" if entry.has_seen(logs, place, other) else "no"
                values = {"entry": show_place(place), "other": show_place(other)}
                out.add(name, kind="seen", held=held, **values, verdict=verdict)


def _places(logs):
    return [(log_id, one.header.seq) for log_id, reader in logs.items() for one in reader.entries]
