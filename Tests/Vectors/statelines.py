# SPDX-License-Identifier: MIT
"""A state as lines that a test compares: pairs of what a line is about and what it says of that.

    digest; seal; order                 the state digest, the reading seal, the order of entries
    head, numbers LOG                   the last entry held, and the vocabulary number at each
    sight LOG OTHER                     from where on each entry of the other log was in sight
    admits LOG                          what each entry counts as and by which enrolment, or why not
    words; former, cut KEY; writes      recovery words, whose access ended, the epoch to write with
    founding; epoch LOG SEQ             the first epoch; its id, whether it is fit and whether every
                                        lead has its key, who shared it
    lacks LOG SEQ                       the box keys that its key never came to
    waits, aside LOG SEQ                what an entry waits for, or why it is set aside
    record, status LOG SEQ              the canonical form, and what the status reads
    conflict LOG SEQ FIELD KEY          a field that is disputed
"""

import epochs


def lines(state):
    """Yields the pairs of a State."""
    yield "digest", state.digest().hex()
    yield "seal", state.reading_seal().hex()
    yield "order", _order(state)
    for log_id in state.logs:
        yield from _log_lines(state, log_id)
    yield from _roster_lines(state.roster)
    for entry, need in state.waiting.items():
        yield f"waits {_name(entry)}", need
    for entry, reason in state.asides.items():
        yield f"aside {_name(entry)}", reason
    for one in state.records:
        yield f"record {_name(one.entry)}", one.canonical.hex()
        reads, is_open = one.status
        yield f"status {_name(one.entry)}", f"{'open' if is_open else 'closed'} {reads}"
        for field, key in one.conflicts:
            yield f"conflict {_name(one.entry)} {field} {_key(key)}", "yes"


def _name(entry):
    return f"{entry[0].hex()} {entry[1]}"


def _key(key):
    if type(key) is tuple:
        return f"{key[0].hex()}:{key[1]}"
    return key if key == "set" else "=" + key.encode("utf-8").hex()


def _order(state):
    found = []
    for log_id in state.admissions:
        for one in state.logs[log_id].entries:
            found.append((one.header.time, log_id, one.header.seq))
    return " ".join(f"{log_id.hex()[:6]}:{seq}" for _, log_id, seq in sorted(found))


def _log_lines(state, log_id):
    held = state.logs[log_id].entries
    name = log_id.hex()
    head = held[-1].chain if held else state.logs[log_id].birth.chain
    yield f"head {name}", f"{len(held)} {head.hex()}"
    seqs = range(1, len(held) + 1)
    yield f"numbers {name}", " ".join(str(state.seen.number((log_id, seq))) for seq in seqs)
    for other, log in state.logs.items():
        if other != log_id:
            first = state.sight.first[log_id]
            told = [first.get((other, one.header.seq), "-") for one in log.entries]
            yield f"sight {name} {other.hex()}", " ".join(map(str, told))
    if log_id in state.admissions:
        admission = state.admissions[log_id]
        yield f"admits {name}", ", ".join(_counts(admission, seq) for seq in seqs)


def _counts(admission, seq):
    span = admission.span(seq)
    if span is None:
        return admission.reason(seq)
    return f"{span.role}:{'nobody' if span.by is None else _name(span.by)}"


def _roster_lines(roster):
    holding = roster.words.holding
    yield "words", "none" if holding is None else holding.hex()
    for key in roster.words.former():
        yield f"former {key.hex()}", "yes"
    for key in roster.cut_keys:
        yield f"cut {key.hex()}", "yes"
    found = epochs.opened(roster)
    writing = epochs.writing(found)
    yield "writes", "none" if writing is None else writing.id.hex()
    first = epochs.founding(roster)
    if first is not None:
        yield "founding", f"{_name(first[0])} {first[1].hex()}"
    for one in found:
        shares = ", ".join(sorted(map(_name, one.shares)))
        fitness = ("fit" if one.is_fit else "unfit") + (" known" if one.is_known else " hidden")
        yield f"epoch {_name(one.entry)}", f"{one.id.hex()} {fitness} {shares}"
        yield f"lacks {_name(one.entry)}", " ".join(box.hex() for box in one.lacking)
