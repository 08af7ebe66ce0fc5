#!/usr/bin/env python3
"""Plays lives in several processes at once, and the first of them once more in processes of their
own: hash tables have another order there, and the traces must be the same all the same.

    simulation.py LIVES [--seeds N] [--first SEED] [--jobs N]
"""

import argparse
import json
import subprocess
import sys
import threading
import time

import figures

# A run of so many lives is the proof: then all figures are judged. A sample is judged by what it
# must never show.
LIVES = 10_000


class Shard:
    """A process that plays every JOBS-th life."""

    def __init__(self, program, first, last, step):
        self.broken, self.summary = [], {}
        self.process = subprocess.Popen(
            [program, str(first), str(last), str(step)], stdout=subprocess.PIPE, text=True)
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        for line in self.process.stdout:
            if line.startswith("{"):
                self.summary = json.loads(line)
            else:
                self.broken.append(line.strip())
                print("  " + line.strip()[:400], flush=True)

    def end(self):
        self.thread.join()
        if self.process.wait() not in (0, 1) or not self.summary:
            raise SystemExit(f"a process ended with {self.process.returncode}")
        return self.summary


def play(program, first, count, jobs):
    jobs = min(jobs, count)
    shards = [Shard(program, first + i, first + count - 1, jobs) for i in range(jobs)]
    return [shard.end() for shard in shards]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    begun = time.monotonic()
    print(f"{options.seeds} lives from seed {options.first} on", flush=True)
    all_of_it = play(options.program, options.first, options.seeds, options.jobs)
    took = time.monotonic() - begun
    some = max(1, min(options.seeds // 10, 100))
    again = [play(options.program, options.first, some, options.jobs) for _ in range(2)]
    differ = sum(a["trace"] != b["trace"] for a, b in zip(*again))
    speed = json.loads(subprocess.check_output([options.program, "--speed"]))
    return 0 if tell(options, all_of_it, differ, speed, took) else 1


def tell(options, shards, differ, speed, took):
    faults = {}
    for shard in shards:
        for name, count in shard["faults"].items():
            faults[name] = faults.get(name, 0) + count
    for name, count in sorted(faults.items(), key=lambda item: -item[1]):
        print(f"  {name:<16}{count:>10}")
    is_proof = options.seeds >= LIVES
    years = sum(shard["account_days"] for shard in shards) / 365.25
    print(f"{sum(s['lives'] for s in shards)} lives, {years:.1f} account-years in {took:.0f} s")
    print("to play one again: .build-proof/release/lives SEED SEED --trace")
    return figures.put("simulation", [
        ("lives", sum(s["lives"] for s in shards), f">= {options.seeds}"),
        ("of them with a broken promise", sum(s["bad"] for s in shards), "= 0"),
        ("lived twice, with a troubled neighbour", sum(s["neighbours"] for s in shards),
         "report"),
        ("faults", sum(faults.values()), ">= 1000000" if is_proof else "report"),
        ("calls", sum(s["calls"] for s in shards), "report"),
        ("account-years", f"{years:.1f}", "report"),
        ("processes whose trace differed", differ, "= 0"),
        ("calls a second and core", speed["plain"], ">= 5000" if is_proof else "report"),
        ("the same with every promise watched", speed["watched"], "report"),
        ("seconds for 500 lives", round(took * 500 / options.seeds), "report"),
    ])


if __name__ == "__main__":
    sys.exit(main())
