#!/usr/bin/env python3
"""The real daemon against servers that nobody of Daybook wrote.

    external.py BUILD PRELOAD VENV
"""

import signal
import sys
import time

import figures
import http_proof
import oauth_proof
from lab import Lab


def main():
    # Everything it has started ends with it, also where a shell has it ignore Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(1))
    begun = time.monotonic()
    lab = Lab(*sys.argv[1:])
    rows = []
    try:
        for proof in (oauth_proof, http_proof):
            rows += proof.play(lab)
    finally:
        lab.close()
    rows.append(("seconds", round(time.monotonic() - begun), "report"))
    met = figures.put("external", rows)
    for figure, reached, target in rows:
        mark = "" if figures.met(reached, target) else "  MISSED"
        print(f"{figure:<42}{reached:>12} {target:>12}{mark}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
