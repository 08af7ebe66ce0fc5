#!/usr/bin/env python3
"""Plays what bad servers do on the real daemon, over real sockets: see cases.py for what, and for
the reactions that are promised.

    badserver.py BUILD [--cuts N] [--only N,N]
"""

import argparse
import os
import shutil
import sys
import tempfile
import time

import cases
import cuts
import figures
import holdings
from play import Play


def days(count):
    """The last days, newest first."""
    today = int(time.time()) // 86400
    return [holdings.date(today - i) for i in range(count)]


def play_all(folder, options):
    """(the cases, what is wrong by their names, the figures beside)"""
    wanted = [case for case in cases.load()
              if not options.only or case.number in options.only]
    play = Play(folder, options.build, wanted, days)
    try:
        play.begin()
        play.watch()
        problems = play.judge()
        play.heal()
        recover(play, problems)
        return wanted, problems, beside(play)
    finally:
        play.close()


def recover(play, problems):
    """Each account becomes whole: at once, or, where its wait is long, after a restart."""
    def note(names, text):
        for name in names:
            problems.setdefault(name, []).append(text)

    note(play.waited_for(lambda case: case.number and not (case.holds or case.stays)),
         "not whole again when its server was")
    crashed = play.restart()
    note(play.waited_for(lambda case: case.number and not case.stays),
         "not whole again after a restart")
    for home, host in play.hosts:
        if host.case.stays and play.whole(home, host, home.statuses()):
            note([host.name], "its wait did not outlive a restart")
    note(["well"] * bool(play.findings()), f"verify finds {play.findings()[:3]}")
    crashed += [status for status in play.restart() if status != 0]
    play.crashed = len(crashed)


def beside(play):
    """Figures that are not about one case."""
    gaps = [0.0]
    for _, host in play.hosts:
        if host.name == "well":
            at = [m for m, kind, *_ in host.calls if kind == "day" and m < play.over]
            gaps += [b - a for a, b in zip([host.signed_in, *at], [*at, play.over])]
    return [
        ("bad documents stored", play.false, "= 0"),
        ("calls that reached a redirect's target", play.trap.connections, "= 0"),
        ("bearers seen by another host", sum(h.strangers for h in play.tested()), "= 0"),
        ("longest wait of an account beside them", f"{max(gaps):.1f} s", "<= 5 s"),
        ("memory of a daemon at most", f"{play.memory:.0f} MB", "<= 160 MB"),
        ("processor while handshakes are reset", f"{100 * play.share:.1f} %", "<= 1 %"),
        ("daemons that crashed", play.crashed, "= 0"),
    ]


def tell(wanted, problems):
    """One line for each case; how many rows of the table had the right reaction."""
    bad = set()
    for case in wanted:
        wrong = problems.get(case.name)
        print(f"{case.number:>3}  {case.does:<64}{'BAD' if wrong else 'ok':>6}")
        for problem in (wrong or [])[:4]:
            print(f"       {problem}"[:300])
        if wrong:
            bad.add(case.number)
    for problem in problems.get("well", []):
        print(f"  beside them: {problem}"[:300])
    return len({case.number for case in wanted} - bad)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--cuts", type=int, default=500)
    parser.add_argument("--only", type=lambda text: {int(n) for n in text.split(",")})
    options = parser.parse_args()
    cuts.leave_on_stop()
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="daybook-badserver-", dir=base)
    try:
        began = time.monotonic()
        wanted, problems, rows = play_all(folder, options)
        right = tell(wanted, problems)
        print(f"played in {time.monotonic() - began:.0f} s", flush=True)
        rows += cuts.play(f"{folder}/cuts", options.build, options.cuts) if options.cuts else []
    finally:
        if not os.environ.get("KEEP"):
            shutil.rmtree(folder, ignore_errors=True)
    met = figures.put("badserver", [
        ("rows with the right reaction", right, f"= {cases.ROWS}"),
        ("cases of these rows", len(wanted), "report"), *rows])
    return 0 if met and not problems.get("well") else 1


if __name__ == "__main__":
    sys.exit(main())
