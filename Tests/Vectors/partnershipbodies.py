# SPDX-License-Identifier: MIT
"""Vectors of bodies of entries about no record: those that are used, and those that nobody uses."""

import changes
from vectorfile import confirm_invalid


def add(out, kind, what, used, unused, to_body):
    """Writes both sections; `used` and `unused` give name, type and what the body says."""
    out.section(f"What {what}, and is used")
    for name, type_, said in used:
        body = to_body(name, said)
        changes.check_partnership_body(type_, body)
        out.add(f"{kind}-{name}", kind=kind, type_=type_, body=body, verdict="valid")
    out.section(f"What {what}, and nobody uses")
    for name, type_, said in unused:
        body = to_body(name, said)
        confirm_invalid(
            name, "change", body, lambda data, type_=type_: changes.check_partnership_body(type_, data)
        )
        out.add(f"{kind}-{name}", kind=kind, type_=type_, body=body, verdict="invalid")
