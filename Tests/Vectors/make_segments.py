# SPDX-License-Identifier: MIT
"""The blocks of exchange.txt that hold segments."""

import digests
import exchange
import log
from vectorfile import confirm_invalid
from world import EPOCH_KEY, FOUNDER, LATER_EPOCH_KEY, STRANGER, Writer, seeded

FIRST = "segment-first"


def add_file(out, name, kind, data, file_name=None, **values):
    """A block of a file, with the name that it has in its folder."""
    file_name = file_name or f"{digests.file_name(data)}.{kind}"
    out.add(name, kind=kind, file=data, file_name=file_name, **values)


class Maker:
    """Adds the segments of the founder's and the warden's logs, good and bad."""

    def __init__(self, out, founders, wardens):
        self.out = out
        self.founders = founders
        self.wardens = wardens
        self.partnership = founders.birth.partnership
        self.first = cut(founders, 0, 5, 1)
        self.file = exchange.make_segment(EPOCH_KEY, self.first)

    def add_all(self):
        """All of them."""
        self.out.section("Segments that are valid")
        self._add_valid()
        self.out.section("Segments that wait for something else")
        self._add_waiting()
        self.out.section("Segments that are not here yet")
        for size in (0, 1, 7, 8, 20, 48, 51, 52, 53, 100, len(self.file) - 1):
            self._add_short(size)
        self.out.section("Segments that are set aside: the file")
        for name, why, file in self._wrong_files():
            self._add_wrong(name, why, file, "none")
        self.out.section("Segments that are set aside: the slice in them")
        for name, why, data, held in (*self._wrong_slices(), *self._wrong_later_slices()):
            self._add_wrong(name, why, exchange.make_segment(EPOCH_KEY, data), held)

    def _add_valid(self):
        whole = cut(self.founders, 0, 9, 1)
        for name, data, held in (
            (FIRST, self.first, "none"),
            ("segment-second", cut(self.founders, 5, 9, 5), FIRST),
            ("segment-rolled", whole, "none"),
            ("segment-rolled-over-first", whole, FIRST),
            ("segment-held-already", self.first, FIRST),
            ("segment-warden", cut(self.wardens, 0, 4, 1), "none"),
            ("segment-birth-alone", self._birth_alone(), "none"),
        ):
            self._add_good(name, exchange.make_segment(EPOCH_KEY, data), held)
        nonce = seeded("another nonce", 24)
        file = exchange.make_segment(EPOCH_KEY, self.first, nonce)
        self._add_good("segment-another-nonce", file, "none")
        file = exchange.make_segment(LATER_EPOCH_KEY, self.first)
        self._add_good("segment-later-epoch", file, "none", [EPOCH_KEY, LATER_EPOCH_KEY])

    def _birth_alone(self):
        birth = self.founders.birth
        seal = log.frame(log.SEAL, log.make_seal(FOUNDER.seed, birth, 0, birth.chain))
        return exchange.make_slice(birth.id, 1, birth.chain, self.founders.frames[0] + seal)

    def _add_waiting(self):
        data = cut(self.founders, 7, 9, 6)
        file = exchange.make_segment(EPOCH_KEY, data)
        said = said_of(exchange.open_segment(file, [EPOCH_KEY]), 6)
        for name, what, held in (
            ("segment-waits-for-birth", "birth", "none"),
            ("segment-waits-for-entries", "entries", FIRST),
        ):
            self._add(name, file, held, "waits", for_=what, **said)
        file = exchange.make_segment(LATER_EPOCH_KEY, self.first)
        self._add("segment-waits-for-key", file, "none", "waits", for_="key")

    def _add_short(self, size):
        file = self.file[:size]
        try:
            exchange.open_segment(file, [EPOCH_KEY])
        except exchange.NotHereYet:
            self._add(f"segment-cut-to-{size}", file, "none", "not-here-yet")
            return
        raise ValueError(f"a segment cut to {size} is here")

    def _add_good(self, name, file, held, epoch_keys=(EPOCH_KEY,)):
        found = exchange.open_segment(file, epoch_keys)
        reader = exchange.read_slice(found, self.partnership, self._birth(held))
        if reader.sealed != reader.head.seq:
            raise ValueError(f"{name} is not sealed to its end")
        said = said_of(found, reader.head.seq)
        self._add(name, file, held, "valid", epoch_keys, **said)

    def _add_wrong(self, name, why, file, held):
        def check(data):
            found = exchange.open_segment(data, [EPOCH_KEY])
            exchange.read_slice(found, self.partnership, self._birth(held))

        confirm_invalid(name, why, file, check)
        self._add(name, file, held, "set-aside", why=why)

    def _add(self, name, file, held, verdict, epoch_keys=(EPOCH_KEY,), **values):
        common = {"epoch_keys": epoch_keys, "partnership": self.partnership, "held": held}
        add_file(self.out, name, "segment", file, **common, verdict=verdict, **values)

    def _birth(self, held):
        return self.founders.birth if held == FIRST else None

    def _wrong_files(self):
        """name, why, file."""
        good = self.file
        for name, place in (("nonce", 24), ("ciphertext", 60), ("tag", -1)):
            bent = bytearray(good)
            bent[place] ^= 1
            yield f"segment-bit-of-{name}-flipped", "cipher", bytes(bent)
        shorter = digests.u32le(len(good) - 52 - 1)
        yield "segment-one-shorter", "cipher", good[:48] + shorter + good[52:-1]
        yield "segment-no-room-for-a-tag", "cipher", good[:48] + digests.u32le(15) + bytes(15)
        yield "segment-one-longer", "too-long", good + b"\0"
        yield "segment-other-magic", "magic", exchange.GRANT_MAGIC + good[8:]
        for number in (1, 3):
            yield f"segment-version-{number}", "magic", good[:7] + bytes([number]) + good[8:]
        yield "segment-short-and-other", "magic", b"BEATS!"
        length = digests.u32le(exchange.SEGMENT_LIMIT - 52 + 1)
        yield "segment-length-beyond-limit", "too-large", good[:48] + length + good[52:]
        rest = bytes(exchange.SEGMENT_LIMIT + 1 - len(good))
        yield "segment-of-4194305-bytes", "too-large", good[:48] + length + good[52:] + rest

    def _wrong_slices(self):
        """name, why, slice, what is held."""
        founders, none = self.founders, "none"
        birth, frames, chains = founders.birth, founders.frames, founders.chains
        yield "slice-unsealed", "unsealed", cut(founders, 0, 4, 1), none
        yield "slice-batch-after-seal", "unsealed", cut(founders, 0, 6, 1), none
        yield "slice-without-frames", "incomplete", cut(founders, 0, 0, 1), none
        yield "slice-without-birth", "birth", cut(founders, 1, 5, 1), none
        yield "slice-two-births", "second-birth", bytes(self.first + frames[0]), none
        yield "slice-frame-cut", "incomplete", self.first[:-1], none
        yield "slice-trailing-byte", "incomplete", self.first + b"\0", none
        data = cut(founders, 0, 5, 1, log_id=self.wardens.birth.id)
        yield "slice-other-log-id", "other-log", data, none
        yield "slice-other-chain-before", "chain", cut(founders, 0, 5, 1, chains[1]), none
        other = Writer("another partnership", STRANGER).seal()
        yield "slice-of-another-partnership", "partnership", cut(other, 0, 2, 1), none
        seal = log.frame(log.SEAL, log.make_seal(STRANGER.seed, birth, 4, chains[4]))
        data = exchange.make_slice(birth.id, 1, birth.chain, b"".join([*frames[:4], seal]))
        yield "slice-seal-by-another", "seal-signature", data, none
        head = self.first[:53]
        yield "slice-head-of-four", "shape", b"\x84" + head[1:] + b"\0" + self.first[53:], none
        data = exchange.make_slice(birth.id, 0, birth.chain, b"".join(frames[:5]))
        yield "slice-first-seq-0", "shape", data, none
        yield "slice-empty", "cbor", b"", none

    def _wrong_later_slices(self):
        """name, why, slice, what is held."""
        founders, chains = self.founders, self.founders.chains
        yield "slice-later-without-frames", "empty", cut(founders, 0, 0, 5), FIRST
        yield "slice-later-seal-alone", "empty", cut(founders, 4, 5, 5), FIRST
        yield "slice-later-with-birth", "second-birth", cut(founders, 0, 5, 2), FIRST
        data = cut(founders, 5, 9, 5, chains[3])
        yield "slice-later-other-chain-before", "chain", data, FIRST
        yield "slice-later-other-first-seq", "seq-gap", cut(founders, 5, 9, 4), FIRST
        yield "slice-later-unsealed", "unsealed", cut(founders, 5, 8, 5), FIRST


def cut(writer, start, end, first_seq, chain=None, log_id=None):
    """A slice of some of a writer's frames."""
    chain = chain or writer.chains[first_seq - 1]
    frames = b"".join(writer.frames[start:end])
    return exchange.make_slice(log_id or writer.birth.id, first_seq, chain, frames)


def said_of(found, last_seq):
    """What a vector says of a slice."""
    values = {"log": found.log_id, "first_seq": found.first_seq, "last_seq": last_seq}
    return {**values, "chain_before": found.chain_before, "slice_": found.data}
