"""The log of a disk, cut and played again.

A cut falls between two flushes. What was written before the first of them is there; of what was
written after it any part may be, in whole or torn. Everything that was said before the second may
have been said by then, so that much is held against it.
"""

import os
import re
import struct

import disk

WRITE, FLUSH, MARK = 1, 2, 3
HEAD = struct.Struct("<IIQ")
# What a disk writes or does not: never half of it.
SECTOR = 512
# Where the superblocks of ext4 and btrfs are, and how long, in bytes.
SUPERBLOCKS = ((1024, 1024), (65_536, 4096))


class Tape:
    """The records of a log, and its spans from flush to flush: (flush, next flush, the writes
    between), as indexes."""

    def __init__(self, path, base):
        self.base = base
        self.records = list(self.read(path))
        self.spans = list(self.find_spans())

    @staticmethod
    def read(path):
        with open(path, "rb") as file:
            log = file.read()
        at = 0
        while at < len(log):
            kind, length, offset = HEAD.unpack_from(log, at)
            at += HEAD.size
            yield kind, offset, log[at:at + length]
            at += length

    def find_spans(self):
        """From the first word said on: before it there was nothing to lose."""
        begin, writes, spoken = 0, [], False
        for i, (kind, _, _) in enumerate(self.records + [(FLUSH, 0, b"")]):
            if kind == WRITE:
                writes.append(i)
            spoken |= kind == MARK
            if kind == FLUSH:
                if spoken:
                    yield begin, i, writes
                begin, writes = i, []

    def said(self, until):
        return b"".join(r[2] for r in self.records[:until] if r[0] == MARK).decode(errors="replace")

    def acknowledging(self):
        """The spans in which a day was said to be stored, or a token was seen used."""
        return [span for span in self.spans if any(
            kind == MARK and re.search(rb"stored \d|used \d", text)
            for kind, _, text in self.records[span[0]:span[1]])]


class Cut:
    """`kept` are the writes after the flush that are there, (index, sectors or None for all)."""

    def __init__(self, flushed, until, kept=()):
        self.flushed, self.until, self.kept = flushed, until, tuple(kept)

    def key(self):
        return self.flushed, self.kept


def some(tape, writes, chance):
    """Any part of the writes: the first of them, or each by chance; now and then torn."""
    if chance.random() < 0.3:
        return [(i, None) for i in writes[:chance.randint(0, len(writes))]]
    share = chance.random()
    kept = [i for i in writes if chance.random() < share]
    return [(i, torn(*tape.records[i][1:], chance) if chance.random() < 0.3 else None)
            for i in kept]


def torn(offset, data, chance):
    """Sectors of a write: the first ones, or any."""
    count = -(-len(data) // SECTOR)
    if chance.random() < 0.5:
        kept = set(range(chance.randint(1, count)))
    else:
        kept = {n for n in range(count) if chance.random() < 0.5}
    # They rely on their superblock: parts of two with the checksum of one cannot be mounted.
    for at, length in SUPERBLOCKS:
        first = (at - offset) // SECTOR
        whole = set(range(first, first + length // SECTOR)) & set(range(count))
        if not whole <= kept:
            kept -= whole
    return tuple(sorted(kept))


def spread(things, wanted):
    """As many, evenly."""
    if wanted >= len(things):
        return list(things)
    return [things[i * len(things) // wanted] for i in range(wanted)]


def choose(tape, wanted, chance):
    """Cuts in order of time, no two alike: right after acknowledgements, with nothing of what
    was not flushed, at most half of them; the others all over the log."""
    found = {}

    def add(span, kept):
        cut = Cut(span[0], span[1], kept)
        found.setdefault(cut.key(), cut)

    for span in spread(tape.acknowledging(), wanted // 2):
        add(span, ())
    for turn in range(50):
        for span in spread(tape.spans, wanted - len(found)):
            add(span, some(tape, span[2], chance) if turn else [(i, None) for i in span[2]])
        if len(found) >= wanted:
            break
    return sorted(found.values(), key=lambda cut: cut.flushed)


class Replay:
    """Disks after cuts, whose flushes come in order of time."""

    def __init__(self, tape, folder):
        self.tape, self.durable, self.count = tape, f"{folder}/durable", 0
        self.folder, self.done = folder, 0
        disk.copy(tape.base, self.durable)

    def image(self, cut):
        """The path of a new one."""
        with open(self.durable, "r+b") as file:
            while self.done < cut.flushed:
                self.write(file, self.done, None)
                self.done += 1
        self.count += 1
        path = f"{self.folder}/cut-{self.count}"
        disk.copy(self.durable, path)
        with open(path, "r+b") as file:
            for i, sectors in cut.kept:
                self.write(file, i, sectors)
        return path

    def write(self, file, i, sectors):
        kind, offset, data = self.tape.records[i]
        if kind != WRITE:
            return
        pieces = [(0, data)] if sectors is None else [
            (n * SECTOR, data[n * SECTOR:(n + 1) * SECTOR]) for n in sectors]
        for at, piece in pieces:
            os.pwrite(file.fileno(), piece, offset + at)

    def close(self):
        os.unlink(self.durable)
