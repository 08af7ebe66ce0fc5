#!/usr/bin/env python3
"""Refreshes of the real daemon at servers that rotate tokens and end the family of whoever uses a
dead one: nothing is lost where the server has any grace. See kills.py, network.py, rotations.py.

    tokens.py BUILD PRELOAD
"""

import concurrent.futures
import os
import shutil
import signal
import statistics
import sys
import tempfile
import textwrap
import time

import figures
import network
import rotations
import server
from families import GRACES, Families
from home import Home
from kills import STAGES, WITHIN, Kills

# There are about 450.
KILLS = 300


class Lab:
    """Folders, servers and installations, which all end with it."""

    def __init__(self, build, preload):
        self.build, self.preload = build, preload
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.mkdtemp(prefix="daybook-tokens-", dir=base)
        # On a real disk, for what is measured there.
        self.disk = tempfile.mkdtemp(prefix="daybook-tokens-", dir="/var/tmp")
        self.providers, self.homes = [], []

    def house(self, days, grace, disk=False):
        """A server of this grace, and an installation for it; nobody has signed in."""
        provider = Families(server.days(days), grace)
        folder = tempfile.mkdtemp(dir=self.disk if disk else self.folder)
        home = Home(folder, self.build, self.preload, provider)
        self.providers.append(provider)
        self.homes.append(home)
        return provider, home

    def together(self, play, cases, at_once):
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            try:
                return list(pool.map(play, cases))
            except BaseException:
                # None of the others starts anything any more.
                for home in self.homes:
                    home.stop()
                raise

    def close(self):
        for home in self.homes:
            home.close()
        for folder in (self.folder, self.disk):
            shutil.rmtree(folder, ignore_errors=True)


def tell(name, problems):
    print(f"  {name}: {'as it should be' if not problems else 'NOT as it should be'}", flush=True)
    for problem in problems[:10]:
        print(textwrap.indent(textwrap.fill(problem, 76), "    "), flush=True)
    return len(problems)


def table(plays):
    print(f"{'daemon ended':<15}" + "".join(f"{play.grace:>11}{'lost':>5}" for play in plays))
    for stage in STAGES:
        print(f"{stage:<15}" + "".join(
            f"{play.kills[stage]:>11}{play.lost[stage]:>5}" for play in plays), flush=True)


def play(lab):
    """The figures."""
    odd, times, share = rotations.rotate(lab)
    bad = tell("refreshes that nothing disturbs", odd)
    plays = lab.together(lambda grace: Kills(lab, grace).play(), GRACES, os.cpu_count() or 2)
    table(plays)
    for one in plays:
        bad += tell(f"ends of the daemon, grace {one.grace}", one.problems)
    odd, dead = network.outages(lab)
    bad += tell("answers that are lost", odd)
    odd, hidden = network.resends(lab)
    bad += tell("connections that end when a refresh comes", odd)
    bad += tell("the account leaves, and comes back", network.reloads(lab))
    bad += tell("a first sign-in in which the token ends", network.late_name(lab))
    none, *graced = plays
    lost = sum(none.lost.values())
    return [
        ("ends of the daemon in a refresh", sum(sum(p.kills.values()) for p in plays),
         f">= {KILLS}"),
        ("graces of servers, one of them none", len(plays), "= 4"),
        ("families lost where there is a grace", sum(sum(p.lost.values()) for p in graced), "= 0"),
        ("of them in outages that it outlasts", dead, "= 0"),
        ("no grace: lost outside answer..commit", lost - none.lost[WITHIN], "= 0"),
        ("no grace: lost within answer..commit", none.lost[WITHIN], "report"),
        ("rotation to retry after it, at most", f"{max(p.slowest for p in plays):.2f} s", "report"),
        ("answer to commit, median", f"{statistics.median(times):.1f} ms", "<= 5 ms"),
        ("refresh POSTs per rotation", round(share, 3), "= 1"),
        ("refreshes in flight at once", max(p.most for p in lab.providers), "= 1"),
        ("refreshes sent again unseen", hidden, "= 0"),
        ("refreshes on a connection of others",
         sum(not post.alone for p in lab.providers for post in p.posts), "= 0"),
        ("tokens sent whose successor was used", sum(p.replayed for p in lab.providers), "= 0"),
        ("what was not as it should be", bad, "= 0"),
    ]


def main():
    # Everything it has started ends with it, also where a shell has it ignore Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(1))
    begun = time.monotonic()
    lab = Lab(*sys.argv[1:])
    try:
        rows = play(lab)
    finally:
        lab.close()
    rows.append(("seconds", round(time.monotonic() - begun), "report"))
    met = figures.put("tokens", rows)
    for figure, reached, target in rows:
        mark = "" if figures.met(reached, target) else "  MISSED"
        print(f"{figure:<42}{reached:>12} {target:>12}{mark}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
