#!/usr/bin/env python3
"""Ends the real daemon, or lets a call of it fail, at every boundary of what it asks of the file
system, starts it again, ends it once more while it recovers, and looks at what is left.

    crashes.py BUILD TOOLS [--runs N] [--seed S] [--record FILE] [--jobs N]

A boundary is a call of open, write, fsync, rename, link, unlink, truncate or mkdir below the state
folder. At each: killed before it; half of a write, or all of another call, and killed; EIO; ENOSPC.
After each end each day that was acknowledged must have its row and its file of that hash, and no
row may be without such a file; then every day must come, no temporary file stay, and a second
repair find nothing. In all runs nothing may be said before the kernel was asked to make it safe.
That the proof can fail is shown by eight wrong daemons.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import random
import signal
import sys
import time

import figures
import lab
import mutants
from scenarios import SCENARIOS

MODES = ("kill", "torn", "eio", "enospc")
# Boundaries at which the disk becomes full, counted once the daemon runs. Some scenarios hardly
# write by then; a refresh has moments at which tokens and the ledger cannot be written.
FULL_AT = {"first-run": (1, 30), "one-by-one": (1, 30), "limited": (1, 30), "twenty-days": (1, 30),
           "refresh": (1, *range(26, 34)), "reread": (1, 30), "accounts": (1, 30),
           "reload": (1, 30), "repair": (1, 30)}
FILLED = [(s, at) for s in SCENARIOS for at in FULL_AT.get(s.name, ())] + [
    (s, 1, "mkdir quarantine") for s in SCENARIOS if s.name == "rebuild"]


def chosen(counts, wanted, chance):
    """(scenario, point, mode) of every boundary and mode; spread evenly when fewer are wanted, and
    with further ones by chance, whose second kill is another, when more are."""
    every = [(s, at, mode) for s in SCENARIOS for at in range(1, counts[s.name] + 1)
             for mode in MODES]
    if not wanted:
        return every
    if wanted < len(every):
        return [every[i * len(every) // wanted] for i in range(wanted)]
    return every + [chance.choice(every) for _ in range(wanted - len(every))]


class Tally:
    """Runs and problems of each scenario."""

    def __init__(self, counts):
        self.counts = counts
        self.played, self.bad, self.disorder = (collections.Counter() for _ in range(3))

    def add(self, name, where, problems):
        self.played[name] += 1
        self.bad[name] += any(who != "order" for who, _ in problems)
        self.disorder[name] += any(who == "order" for who, _ in problems)
        for who, words in problems[:5]:
            print(f"  {name} {where}: {who}: {words}", flush=True)

    def show(self):
        print(f"{'scenario':<14}{'points':>8}{'runs':>8}{'bad':>6}{'disorder':>10}")
        for name, points in self.counts.items():
            print(f"{name:<14}{points:>8}{self.played[name]:>8}{self.bad[name]:>6}"
                  f"{self.disorder[name]:>10}")


def counted(place, pool):
    """The boundaries of each scenario, and faults in the order of runs that nothing disturbs."""
    counts, faults = {}, 0
    for scenario, found in [(s, pool.submit(place.count, s)) for s in SCENARIOS for _ in range(3)]:
        number, disorder = found.result()
        counts[scenario.name] = max(number, counts.get(scenario.name, 0))
        for words in disorder:
            print(f"  {scenario.name} unharmed: order: {words}", flush=True)
        faults += len(disorder)
    return counts, faults


def compare(counts, path):
    """A boundary that is gone may be an fsync that is gone: fewer than 90 % of what was recorded
    fail. Without a record it is made."""
    if not os.path.exists(path):
        with open(path, "w") as file:
            json.dump(counts, file, indent=2)
            file.write("\n")
        return 0
    with open(path) as file:
        recorded = json.load(file)
    gone = [name for name, number in recorded.items() if counts.get(name, 0) < number * 0.9]
    for name in gone:
        print(f"  {name} has {counts.get(name, 0)} boundaries, {recorded[name]} were recorded")
    return len(gone)


def play(place, pool, work, tally, seed):
    # Mixed, so that those that wait and those that do not run beside each other.
    work = random.Random(seed).sample(list(enumerate(work)), len(work))
    futures = {pool.submit(place.one, s, at, mode, seed + i): (s.name, f"{mode} at {at}")
               for i, (s, at, mode) in work}
    for future in concurrent.futures.as_completed(futures):
        tally.add(*futures[future], future.result())


def went_on(futures):
    """How many a full disk has done no harm to."""
    good = 0
    for (scenario, at, *_), future in futures.items():
        problems = future.result()
        good += not problems
        for who, words in problems:
            print(f"  {scenario.name} with a full disk at {at}: {who}: {words}", flush=True)
    return good


def run(place, options):
    # These only wait, half a minute each, beside the others.
    with concurrent.futures.ThreadPoolExecutor(len(FILLED)) as waiting, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        filled = {row: waiting.submit(place.filled, *row) for row in FILLED}
        counts, unharmed = counted(place, pool)
        gone = compare(counts, options.record) if options.record else 0
        work = chosen(counts, options.runs, random.Random(options.seed))
        print(f"SEED={options.seed}: {len(work)} runs at {sum(counts.values())} boundaries",
              flush=True)
        caught, excess = mutants.play(place, pool, options.seed)
        tally = Tally(counts)
        play(place, pool, work, tally, options.seed)
        good = went_on(filled)
    tally.show()
    met = figures.put("crashes", [
        ("ends at calls of the file system", len(work), f">= {options.runs or len(work)}"),
        ("boundaries", sum(counts.values()), "report"),
        ("of them gone since they were recorded", gone, "= 0"),
        ("runs that lost or broke anything", tally.bad.total(), "= 0"),
        ("runs that said something too early", tally.disorder.total(), "= 0"),
        (f"full disks with room again, of {len(FILLED)}", good, f"= {len(FILLED)}"),
        ("faults in the order of unharmed runs", unharmed, "= 0"),
        ("mutants caught", caught, f"= {len(mutants.MUTANTS)}"),
        ("their runs without the mutant that fail", excess, "= 0")])
    return 0 if met else 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("tools")
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--record")
    # More than there are cores: most of a run is waiting for each other.
    parser.add_argument("--jobs", type=int, default=8)
    options = parser.parse_args()
    # A stop from outside takes the same way out as an error.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    place = lab.Lab(options.build, options.tools)
    try:
        return run(place, options)
    finally:
        place.close()


if __name__ == "__main__":
    sys.exit(main())
