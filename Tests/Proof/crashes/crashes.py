#!/usr/bin/env python3
"""Ends the real daemon, or lets a call of it fail, at every boundary of what it asks of the file
system, starts it again, ends it once more while it recovers, and looks at what is left.

    crashes.py BUILD PRELOAD [--runs N] [--seed S] [--record FILE] [--jobs N]

A boundary is a call of open, write, fsync, rename, link, unlink, truncate or mkdir below the state
folder. At each: killed before it; half of a write, or all of another call, and killed; EIO; ENOSPC.
Afterwards each day that was acknowledged must have its row and its file of that hash, no row may be
without such a file, every day must come in the end, no temporary file stay, and a second repair
find nothing.
"""

import argparse
import concurrent.futures
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time

import figures
import holdings
import house
import server
from scenarios import SCENARIOS

MODES = ("kill", "torn", "eio", "enospc")


class Lab:
    def __init__(self, options):
        self.options = options
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.mkdtemp(prefix="daybook-crashes-", dir=base)

    def one(self, scenario, at, mode, seed):
        """Plays a scenario once; what is wrong afterwards."""
        folder = tempfile.mkdtemp(dir=self.folder)
        provider = server.Provider(server.days(scenario.count))
        home = house.House(
            folder, self.options.build, self.options.preload, provider, scenario.login)
        try:
            scenario.prepare(home, scenario)
            # Where it was told that the disk is full, or broken, it waits: that is not waited for.
            home.patience = 8 if mode in ("kill", "torn") else 1
            home.start(at, mode)
            scenario.work(home, scenario)
            home.end()
            home.patience = 8
            return self.judge(home, scenario, provider, random.Random(seed))
        except Exception as error:  # what the harness could not do is no pass
            return [f"the harness: {error!r}"]
        finally:
            home.end()
            provider.close()
            if not os.environ.get("KEEP"):
                shutil.rmtree(folder, ignore_errors=True)

    def judge(self, home, scenario, provider, chance):
        problems = []

        def lies(when):
            problems.extend(f"{when}: {lie}" for lie in home.lies())

        known = home.acknowledged()
        # A kill in the middle of the recovery, at a boundary of it.
        home.start(chance.randint(1, 60), chance.choice(("kill", "torn")))
        home.wait(1.5, lambda: not home.runs() or home.complete(scenario.count))
        home.end()
        known |= home.acknowledged()
        problems += home.recover(scenario.count, scenario.mends)
        left = home.temporaries()
        if left:
            # A stop does not wait for transfers; what they leave goes with the next start.
            home.start()
            home.wait(20, lambda: home.complete(scenario.count)
                      and not set(left) & set(home.temporaries()))
            home.end(signal.SIGTERM)
        lies("in the end")
        have = {holdings.date(row[1]) for row in home.rows()}
        problems += [f"{day} was acknowledged and is gone" for day in sorted(known - have)]
        problems += [f"left over: {name}" for name in set(left) & set(home.temporaries())]
        if provider.lost:
            problems.append(f"{provider.lost} token families lost")
        return problems

    def count(self, scenario):
        """The boundaries of a scenario that nothing disturbs. They differ a little from run to run:
        answers that come together are stored together."""
        folder = tempfile.mkdtemp(dir=self.folder)
        provider = server.Provider(server.days(scenario.count))
        home = house.House(
            folder, self.options.build, self.options.preload, provider, scenario.login)
        try:
            scenario.prepare(home, scenario)
            home.start(count=f"{folder}/points")
            scenario.work(home, scenario)
            home.end()
            with open(f"{folder}/points") as file:
                return sum(1 for _ in file)
        finally:
            home.end()
            provider.close()
            shutil.rmtree(folder, ignore_errors=True)


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("preload")
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--record")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    options = parser.parse_args()
    lab = Lab(options)
    try:
        return run(lab, options)
    finally:
        shutil.rmtree(lab.folder, ignore_errors=True)


def run(lab, options):
    counts = {scenario.name: max(lab.count(scenario) for _ in range(3)) for scenario in SCENARIOS}
    gone = compare(counts, options.record) if options.record else 0
    bad = 0
    work = chosen(counts, options.runs, random.Random(options.seed))
    print(f"SEED={options.seed}: {len(work)} runs at {sum(counts.values())} boundaries", flush=True)
    failed = {scenario.name: 0 for scenario in SCENARIOS}
    played = dict(failed)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = {pool.submit(lab.one, s, at, mode, options.seed + i): (s, at, mode)
                   for i, (s, at, mode) in enumerate(work)}
        for future in concurrent.futures.as_completed(futures):
            scenario, at, mode = futures[future]
            played[scenario.name] += 1
            problems = future.result()
            if problems:
                failed[scenario.name] += 1
                for problem in problems[:5]:
                    print(f"  {scenario.name} {mode} at {at}: {problem}", flush=True)
    print(f"{'scenario':<14}{'points':>8}{'runs':>8}{'bad':>6}")
    for scenario in SCENARIOS:
        name = scenario.name
        print(f"{name:<14}{counts[name]:>8}{played[name]:>8}{failed[name]:>6}")
        bad += failed[name]
    met = figures.put("crashes", [
        ("ends at calls of the file system", len(work), f">= {options.runs or len(work)}"),
        ("boundaries", sum(counts.values()), "report"),
        ("of them gone since they were recorded", gone, "= 0"),
        ("runs that lost or broke anything", bad, "= 0")])
    return 0 if met else 1


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
    bad = 0
    for name, number in recorded.items():
        if counts.get(name, 0) < number * 0.9:
            print(f"  {name} has {counts.get(name, 0)} boundaries, {number} were recorded")
            bad += 1
    return bad


if __name__ == "__main__":
    sys.exit(main())
