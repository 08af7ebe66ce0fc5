#!/usr/bin/env python3
"""What Daybook costs, beside what a user would pick instead: every figure is a ratio of runs that
were made in turn, so that a busy machine is busy for both.

    bench.py BUILD OUT [--rounds N] [--parts PART...]

Prints one table with the targets, and leaves it in `bench/results.json`.
"""

import argparse
import json
import os
import sys
import time

import commands
import counts
import engine
import figures
import growth
import idle
import memory
import scale
import transfers

HERE = os.path.dirname(os.path.abspath(__file__))
PARTS = {"transfers": transfers.rows, "counts": counts.rows, "engine": engine.rows,
         "idle": idle.rows, "memory": memory.rows, "scale": scale.rows, "growth": growth.rows,
         "commands": commands.rows}


def show(rows):
    print(f"{'':<5}{'figure':<46}{'reached':>12} {'target':>12}")
    for place, name, reached, target in rows:
        mark = "" if figures.met(reached, target) else "  MISSED"
        print(f"{place:<5}{name:<46}{reached:>12} {target:>12}{mark}")


def keep(found):
    """Other parts keep what they had."""
    path = f"{HERE}/results.json"
    results = {}
    if os.path.exists(path):
        with open(path) as file:
            results = json.load(file)
    for part, rows in found.items():
        results[part] = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                         "cores": os.cpu_count(),
                         "figures": [dict(zip(("id", "figure", "reached", "target"), row))
                                     for row in rows]}
    with open(path, "w") as file:
        json.dump(results, file, indent=1)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("out")
    parser.add_argument("--engine", help="the program of bench/engine")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=60, help="of idling")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    options.python = sys.executable
    found = {}
    for part in options.parts:
        print(part, flush=True)
        found[part] = PARTS[part](options)
    rows = [row for part in found.values() for row in part]
    show(rows)
    keep(found)
    return 0 if all(figures.met(reached, target) for _, _, reached, target in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
