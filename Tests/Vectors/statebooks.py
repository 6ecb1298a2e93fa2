# SPDX-License-Identifier: MIT
"""Books on a disk whose state another program has written down, worked out once more.

    book      = <id>.log ..., vocabulary, state.txt     in a folder, which is named by a seed
    state.txt = partnership (64 digits)
                "counts unsealed" | "counts sealed"
                line ...                ; "what it is about  what it says", as statelines.py has it
"""

import functools
import os

import cbor
import log
import statelines
import vocabulary
from state import State


def differences(folder):
    """How many lines a book has, and a sentence for each on which two programs differ."""
    with open(os.path.join(folder, "state.txt"), encoding="utf-8") as file:
        partnership, sealed, *said = file.read().split("\n")[:-1]
    said = dict(line.split("  ", 1) for line in said)
    state = read(folder, bytes.fromhex(partnership), sealed == "counts unsealed")
    found = dict(statelines.lines(state))
    names = sorted(set(said) | set(found))
    unlike = [name for name in names if said.get(name) != found.get(name)]
    seed = os.path.basename(folder)
    return len(names), [_sentence(seed, name, found.get(name), said.get(name)) for name in unlike]


def _sentence(seed, name, ours, theirs):
    if name.startswith("record ") and ours is not None and theirs is not None:
        ours, theirs = _apart(cbor.decode(bytes.fromhex(ours)), cbor.decode(bytes.fromhex(theirs)))
    return f"book {seed}: {name}\n    by the pages:   {ours}\n    by the program: {theirs}"


def _apart(ours, theirs):
    """The fields and other items in which two records differ."""
    fields = [name for name in {**ours[3], **theirs[3]} if ours[3].get(name) != theirs[3].get(name)]
    return [
        ({name: one[3].get(name, "not there") for name in fields}, one[4:])
        for one in (ours, theirs)
    ]


def read(folder, partnership, counts_unsealed):
    """What the logs in a folder come to."""
    names = [name for name in sorted(os.listdir(folder)) if name.endswith(".log")]
    readers = [_reader(os.path.join(folder, name)) for name in names]
    words = _vocabulary(os.path.join(folder, "vocabulary"))
    return State(readers, partnership, words, counts_unsealed)


@functools.lru_cache(maxsize=None)
def _reader(path):
    with open(path, "rb") as file:
        return log.Reader().read_log(file.read())


@functools.lru_cache(maxsize=None)
def _vocabulary(path):
    with open(path, "rb") as file:
        return vocabulary.read(file.read())


def books(folder):
    """The folders of books in a folder, by their numbers."""
    for name in sorted(os.listdir(folder), key=lambda name: (len(name), name)):
        path = os.path.join(folder, name)
        if os.path.exists(os.path.join(path, "state.txt")):
            yield path
