# SPDX-License-Identifier: MIT
"""The line format of the vectors files: see LINES, which stands at the head of each of them.

A file is ASCII text with a line feed after each line. A name stands at most once in a block, and a
vector's name once in a file.
"""

import re

from trouble import Invalid

LINES = """
Lines: `# comment`; an empty line between blocks; `name: value` in a block. The first line of a
block is `vector: <name>`, the second its kind. What form a value has, its name says:
bytes   words of lower case hexadecimal, one space between; `61*65536` is the byte 61, 65536 times;
        no bytes are `-`
number  decimal
text    the rest of the line
"""

RUN = re.compile(rb"(.)\1{63,}", re.DOTALL)


class VectorFile:
    """The lines of one file, as they are put together."""

    def __init__(self, title, kinds):
        lines = [*_comment(title), "#", *_comment(LINES), "#", *_comment(kinds)]
        self.lines = ["# SPDX-License-Identifier: MIT", *lines]
        self.names = set()

    def section(self, title):
        """A comment of its own between two blocks."""
        self.lines += ["", *_comment(title)]

    def add(self, name, **values):
        """A block. Underscores in names stand for hyphens; a value of None is left out."""
        if name in self.names:
            raise ValueError(f"two vectors are called {name}")
        self.names.add(name)
        self.lines += ["", f"vector: {name}"]
        for key, value in values.items():
            if value is not None:
                self.lines.append(f"{key.rstrip('_').replace('_', '-')}: {form(value)}")

    def text(self):
        """The whole file."""
        return "\n".join(self.lines) + "\n"


def confirm_invalid(name, why, data, check):
    """Raises ValueError unless a check refuses some bytes for a reason."""
    try:
        check(data)
    except Invalid as trouble:
        if trouble.reason != why:
            raise ValueError(f"{name} is {trouble.reason}, not {why}") from None
        return
    raise ValueError(f"{name} is valid")


def form(value):
    """How a value is written."""
    if isinstance(value, bytes):
        return form_bytes(value)
    if isinstance(value, (list, tuple)):
        return " ".join(form(one) for one in value) or "none"
    return str(value)


def form_bytes(data):
    """Bytes as words of digits, with long runs of one byte drawn together."""
    words, at = [], 0
    for run in RUN.finditer(data):
        if run.start() > at:
            words.append(data[at : run.start()].hex())
        words.append(f"{run.group(1).hex()}*{run.end() - run.start()}")
        at = run.end()
    if at < len(data):
        words.append(data[at:].hex())
    return " ".join(words) or "-"


def _comment(text):
    return [f"# {line}".rstrip() for line in text.strip("\n").split("\n")]
