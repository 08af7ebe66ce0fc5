#!/usr/bin/env python3
"""Whatever befalls an archive: the real daemon finds it, says so and mends it, and deletes nothing.

    healing.py BUILD [--days N] [--copies N] [--parts PART,...]

damages: each kind of damage, found at a start and by each verify.
sums:    `daybook verify --sha256sums` is what sha256sum(1) of coreutils checks.
drill:   copies taken while the daemon stores days, each brought to life.
starts:  the check at a start after a kill, of an archive of many days, and its rebuilding.
"""

import argparse
import os
import shutil
import signal
import statistics
import sys
import tempfile

import drill as restoring
import figures
import mending
import starts as starting
import sums as sums_of

PARTS = ("damages", "sums", "drill", "starts")


def report(notes):
    for note in notes:
        print(note[:400], flush=True)


def damages(folder, options):
    cells, bad = mending.play(folder, options.build, report)
    return [("damages, by each way of finding them", cells, "report"),
            ("of them not mended as promised", bad, "= 0")]


def sums(folder, options):
    files, problems = sums_of.play(folder, options.build)
    report(f"    {problem}" for problem in problems[:5])
    return [("files listed for sha256sum -c", files, "report"),
            ("wrong in lists, or in what they find", len(problems), "= 0")]


def drill(folder, options):
    done, bad = restoring.play(folder, options.build, options.copies, report)
    print(f"signed in again {done.signed_in} times; --repair --yes {done.insisted} times")
    return [("copies of a running installation", options.copies, ">= 20"),
            ("of them not whole, or not honest", bad, "= 0")]


def starts(folder, options):
    rebuilt, spent, runs, problems = starting.play(folder, options.build, options.days)
    report(f"    {problem}" for problem in problems)
    ready, checks, cpu = zip(*runs)
    for run in runs:
        print("start: ready %.3f s, checked %.3f s later, CPU %.2f s" % run)
    return [("days of the archive", options.days, "report"),
            ("ledger made from the tree", f"{rebuilt:.1f} s", "report"),
            ("CPU of it", f"{spent:.1f} s", "report"),
            ("start until READY, median of 5", f"{statistics.median(ready):.3f} s", "report"),
            ("check at a start, median of 5", f"{statistics.median(checks):.2f} s", "report"),
            ("check at a start, best of 5", f"{min(checks):.2f} s",
             f"<= {options.days / 100_000:g} s"),
            ("CPU of such a start, best of 5", f"{min(cpu):.2f} s", "report"),
            ("wrong after starts", len(problems), "= 0")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--days", type=int, default=100_000)
    parser.add_argument("--copies", type=int, default=24)
    parser.add_argument("--parts", default=",".join(PARTS))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="daybook-healing-", dir=base)
    try:
        rows = []
        for part in options.parts.split(","):
            print(f"== {part}", flush=True)
            rows += globals()[part](f"{folder}/{part}", options)
        met = figures.put("healing", rows)
        for name, reached, target in rows:
            print(f"{name:<42}{reached:>14} {target:>14}")
        return 0 if met else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
