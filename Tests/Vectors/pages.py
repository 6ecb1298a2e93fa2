# SPDX-License-Identifier: MIT
"""Checks that the bytes shown on the pages of Docs/Formats are those of the vectors.

A sentence that says "The value `file` of the vector `example` in `log.txt`" is followed by an
indented block of bytes, with a note after a semicolon. Those bytes stand in that value.
"""

import os
import re

NAMED = re.compile(r"The value `([a-z-]+)` of the vector `([a-z0-9-]+)`\s+in\s+`([a-z]+\.txt)`")
BYTES = re.compile(r"    ([0-9a-f ]+?) *(;.*)?")


def troubles(folder, files):
    """Yields a sentence for each block that is not as the vectors say; files: texts by name."""
    count = 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".md"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            page = file.read()
        for found in NAMED.finditer(page):
            count += 1
            key, vector, text = found.groups()
            shown, fault = _block(page[found.end() :])
            value = _value(files.get(text, ""), vector, key)
            if fault:
                yield f"{name}: not bytes and a note, under {vector}: {fault}"
            elif not shown or shown not in value:
                yield f"{name}: the bytes under {vector} are not in its {key}"
    if count == 0:
        yield f"{folder}: no page shows a vector"


def _block(text):
    """The digits of the indented block that follows, and the first line that is not of its form."""
    digits, is_inside = "", False
    for line in text.split("\n")[1:]:
        if line.startswith("    "):
            is_inside = True
            found = BYTES.fullmatch(line)
            if not found:
                return "", line.strip()
            digits += found.group(1).replace(" ", "")
        elif line and is_inside:
            break
    return digits, None


def _value(text, vector, key):
    """The digits of a value, or nothing; runs are not needed on a page."""
    for block in text.split("\n\n"):
        lines = block.split("\n")
        if f"vector: {vector}" in lines:
            for line in lines:
                if line.startswith(f"{key}: "):
                    return line[len(key) + 2 :]
    return ""
