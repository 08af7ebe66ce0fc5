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

import figures
import idle
import transfers

HERE = os.path.dirname(os.path.abspath(__file__))
PARTS = {"transfers": transfers.rows, "idle": idle.rows}


def show(rows):
    print(f"{'':<5}{'figure':<46}{'reached':>12} {'target':>12}")
    for place, name, reached, target in rows:
        mark = "" if figures.met(reached, target) else "  MISSED"
        print(f"{place:<5}{name:<46}{reached:>12} {target:>12}{mark}")


def keep(rows):
    with open(f"{HERE}/results.json", "w") as file:
        json.dump({"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                   "cores": os.cpu_count(),
                   "figures": [dict(zip(("id", "figure", "reached", "target"), row))
                               for row in rows]}, file, indent=1)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=60, help="of idling")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    options.python = sys.executable
    rows = []
    for part in options.parts:
        print(part, flush=True)
        rows += PARTS[part](options)
    show(rows)
    keep(rows)
    return 0 if all(figures.met(reached, target) for _, _, reached, target in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
