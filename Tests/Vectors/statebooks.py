# SPDX-License-Identifier: MIT
"""Books on a disk whose state another program has written down, worked out once more.

    book      = <id>.log ..., vocabulary, state.txt
    state.txt = partnership (64 digits)
                "counts unsealed" | "counts sealed"
                line ...                           ; as State.lines gives them, in any order
"""

import os

import log
import vocabulary
from state import State


def differences(folder):
    """Yields a sentence for each line on which two programs differ about the book in a folder."""
    with open(os.path.join(folder, "state.txt"), encoding="ascii") as file:
        partnership, sealed, *said = file.read().splitlines()
    found = set(lines(folder, bytes.fromhex(partnership), sealed == "counts unsealed"))
    for line in sorted(found - set(said)):
        yield f"{folder}: only by the pages: {line}"
    for line in sorted(set(said) - found):
        yield f"{folder}: only by the program: {line}"


def lines(folder, partnership, counts_unsealed):
    """What the logs in a folder come to."""
    readers = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".log"):
            with open(os.path.join(folder, name), "rb") as file:
                readers.append(log.Reader().read_log(file.read()))
    with open(os.path.join(folder, "vocabulary"), "rb") as file:
        words = vocabulary.read(file.read())
    return State(readers, partnership, words, counts_unsealed).lines()


def books(folder):
    """The folders of books in a folder."""
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.exists(os.path.join(path, "state.txt")):
            yield path
