#!/usr/bin/env python3
"""One table of all figures of the proofs with their targets. 1 when one is missed, or a part has
left none.

    table.py PART...
"""

import sys

import figures

# What runs a part, where it has another name.
COMMANDS = {"external": "test-external"}


def main(parts):
    bad = 0
    print(f"{'proof':<12}{'figure':<40}{'reached':>12} {'target':>12}")
    for part in parts:
        rows = figures.get(part)
        if not rows:
            print(f"{part:<12}has not been run: make {COMMANDS.get(part, part)}")
            bad += 1
        for name, reached, target in rows:
            mark = "" if figures.met(reached, target) else "  MISSED"
            bad += bool(mark)
            print(f"{part:<12}{name:<40}{reached:>12} {target:>12}{mark}")
    print("every figure is met" if not bad else f"{bad} missed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
