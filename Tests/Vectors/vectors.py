#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A second implementation of Docs/Formats, which shares no line with the program.

    vectors.py selftest            the cryptography here against published test vectors
    vectors.py write [DIR]         writes the vectors files (into the folder of this script)
    vectors.py compare DIR         exits 1 if the files in DIR are not what write would write
    vectors.py pages DIR           exits 1 if the bytes on the pages in DIR are not in the vectors
    vectors.py state DIR           works out the state of each book in DIR, and exits 1 if another
                                   program came to another one (statebooks.py says how it reads);
                                   with --spoil, exits 1 as well if a rule could be broken
                                   without a book showing it
    vectors.py check FILE...       checks .log, .segment, .request, .grant files and a marker

It needs Python 3.8 or later and nothing else.
"""

import argparse
import os
import sys

import cbor
import make_acts
import make_encoding
import make_entry
import make_exchange
import make_keys
import make_log
import make_witness
import pages
import selftest
import spoilt
import statebooks
from check import Checker, dump

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = {
    "encoding.txt": make_encoding.make,
    "entry.txt": make_entry.make,
    "log.txt": make_log.make,
    "exchange.txt": make_exchange.make,
    "witness.txt": make_witness.make,
    "acts.txt": make_acts.make,
    "keys.txt": make_keys.make,
}


def main(arguments=None):
    """Runs one command; the result is the exit code."""
    options = _parser().parse_args(arguments)
    return options.run(options)


def run_selftest(_):
    """Prints what does not hold."""
    results = list(selftest.run())
    broken = [name for name, holds in results if not holds]
    for name in broken:
        print(f"does not hold: {name}")
    print(f"{len(results) - len(broken)} of {len(results)} checks hold")
    return 1 if broken else 0


def run_write(options):
    """Writes every file."""
    for name, make in FILES.items():
        with open(os.path.join(options.folder, name), "w", encoding="ascii", newline="\n") as file:
            file.write(make())
    return 0


def run_compare(options):
    """Names every file that differs, and its first line that does."""
    code = 0
    for name, make in FILES.items():
        path = os.path.join(options.folder, name)
        try:
            with open(path, encoding="ascii", newline="") as file:
                found = file.read()
        except (OSError, UnicodeDecodeError) as trouble:
            print(f"{path} cannot be read: {trouble}")
            code = 1
            continue
        made = make()
        if found != made:
            print(f"{path} is not what write would write, from line {_difference(found, made)} on")
            code = 1
    return code


def run_pages(options):
    """Prints a sentence for each block of bytes that no vector holds."""
    files = {name: make() for name, make in FILES.items()}
    found = list(pages.troubles(options.folder, files))
    for sentence in found:
        print(sentence)
    return 1 if found else 0


def run_state(options):
    """Prints a sentence for each difference, how many books there were, and what was compared."""
    books, count, found = list(statebooks.books(options.folder)), 0, []
    for book in books:
        lines, sentences = statebooks.differences(book)
        count += lines
        found += sentences
    for sentence in found:
        print(sentence)
    print(f"{len(books)} books, {count} lines, {len(found)} differences")
    passed = list(spoilt.unnoticed(books)) if options.spoil else []
    for name in passed:
        print(f"not noticed: {name}")
    if options.spoil:
        print(f"{len(spoilt.RULES)} rules were broken, {len(passed)} of them are not noticed")
    return 1 if found or passed or not books else 0


def run_check(options):
    """Prints a line for each log, and a sentence for each thing that is not valid."""
    keys, box_secret = list(options.key), options.box_secret
    if options.device:
        held, box_secret = _device(options.device)
        keys += held
    checker = Checker(keys, box_secret, not options.chain)
    for line in checker.check(options.files):
        print(line)
    if options.dump:
        for holding in checker.dumps:
            for line in dump(holding):
                print(line)
    for sentence in checker.troubles:
        print(sentence, file=sys.stderr)
    return 1 if checker.troubles else 0


def _device(path):
    """The epoch keys and the box secret in a device's own key file."""
    with open(path, "rb") as file:
        _, _, box_secret, _, epochs, _ = cbor.decode(file.read())
    return [key for _, key in epochs], box_secret


def _difference(one, two):
    lines = zip(one.split("\n"), two.split("\n"))
    same = [a == b for a, b in lines]
    return same.index(False) + 1 if False in same else len(same)


def _key(text):
    data = bytes.fromhex(text)
    if len(data) != 32:
        raise argparse.ArgumentTypeError("a key has 64 hexadecimal digits")
    return data


def _parser():
    parser = argparse.ArgumentParser(description="Vectors for, and checks by, Docs/Formats.")
    commands = parser.add_subparsers(required=True, dest="command")
    command = commands.add_parser("selftest", help="published test vectors")
    command.set_defaults(run=run_selftest)
    command = commands.add_parser("write", help="write the vectors files")
    command.add_argument("folder", nargs="?", default=HERE)
    command.set_defaults(run=run_write)
    command = commands.add_parser("compare", help="compare the vectors files")
    command.add_argument("folder")
    command.set_defaults(run=run_compare)
    command = commands.add_parser("pages", help="compare the bytes on the pages with the vectors")
    command.add_argument("folder")
    command.set_defaults(run=run_pages)
    command = commands.add_parser("state", help="work out the state of books, and compare it")
    command.add_argument("folder")
    command.add_argument("--spoil", action="store_true", help="break rules: is each noticed?")
    command.set_defaults(run=run_state)
    command = commands.add_parser("check", help="check files that another program wrote")
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--key", type=_key, action="append", default=[], help="an epoch key")
    command.add_argument("--box-secret", type=_key, help="the secret that opens a grant")
    command.add_argument("--device", metavar="FILE", help="a device.key to take both from")
    command.add_argument("--dump", action="store_true", help="print entries as lines of JSON")
    command.add_argument(
        "--chain", action="store_true", help="frames, chain, seals and bases; not what bodies say"
    )
    command.set_defaults(run=run_check)
    return parser


if __name__ == "__main__":
    sys.exit(main())
