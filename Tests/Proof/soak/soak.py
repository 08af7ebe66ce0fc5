#!/usr/bin/env python3
"""The real daemon at work for an hour with fifty accounts, whose providers are simulated over
real sockets: with windows that turn every few seconds, and with faults of all kinds.

    soak.py BUILD [--minutes N] [--seed S]

Days are read again without end; accounts come and go; status, watch, reload and verify are asked
for all the while. What the process holds must stay what it was: the medians of the second and the
last quarter are compared, since allocator and caches fill up in the first. The ledger grows with
days and with older versions of them, and with nothing else.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time

import figures
from churn import Churn
from gauge import TABLES, Gauge
from town import KINDS, Simulator, Town

MB = 1 << 20
# Pages in the log before they are moved into the ledger, 4,000, with their heads; a commit that is
# under way then may add some.
LOG_MB = 20
# Who grows here grows for ever; one more was seen once, in 23 minutes, and is not explained.
THREADS = 0


def start(folder, build, seed):
    log = open(f"{folder}/simulators.log", "w")
    simulators = [Simulator(build, kind, seed, log) for kind in KINDS]
    town = Town(f"{folder}/town", build, None, simulators)
    town.patience = 60
    town.start()
    if not town.wait(30, town.answers):
        raise RuntimeError("it does not start")
    town.sign_everybody_in()
    return simulators, town


def work(town, gauge, minutes):
    """Samples until the time is over, with a line every minute; whether it still runs."""
    told, end = 0, gauge.begun + 60 * minutes
    while time.monotonic() < end and town.runs():
        row = gauge.sample()
        if row["at"] >= 60 * told:
            gauge.weigh()
            left = int(end - time.monotonic())
            print(f"{told:>4} min: RSS {row['rss'] / MB:5.1f} MB, {row['fds']} fds, "
                  f"{row['threads']} threads, {row['stored']} stored, {left // 60} min "
                  f"{left % 60:02} s left", flush=True)
            told += 1
        time.sleep(max(0, min(3, end - time.monotonic())))
    return town.runs()


def finish(town, simulators, problems):
    """Without faults every day comes, and all is in order."""
    for simulator in simulators:
        simulator.mend_things()
    for name in town.troubled():
        town.command("resync", name)
    town.wait(240, lambda: not town.troubled())
    status, findings = town.findings("--deep")
    if status or findings:
        problems.append(f"in the end verify found {findings[:3]}")
    missing = sum(town.counts()[state] for state in ("missing", "failing", "damaged"))
    if missing:
        problems.append(f"in the end days are {town.counts()}")
        for name in town.troubled():
            problems.append(" ".join(town.command("status", name)[1].split("\n", 4)[4].split()))
    return missing, len(findings)


def judge(gauge, churn, town, refused, missing, findings):
    last = gauge.samples[-1]
    minutes = last["at"] / 60
    spent = gauge.grown("cpu")
    first, final = gauge.ledgers[len(gauge.ledgers) // 4], gauge.ledgers[-1]
    return [
        ("minutes of work", f"{minutes:.1f}", "report"),
        ("accounts", sum(kind.count for kind in KINDS), ">= 50"),
        ("days stored", last["stored"], "report"),
        ("RSS grown, second to last quarter", f"{gauge.growth('rss') / MB:.2f} MB", "<= 2 MB"),
        ("RSS in the end", f"{last['rss'] / MB:.1f} MB", "report"),
        ("RSS an hour by least squares", f"{gauge.slope('rss') / MB:.2f} MB", "report"),
        ("PSS grown", f"{gauge.growth('pss') / MB:.2f} MB", "report"),
        ("private dirty grown", f"{gauge.growth('dirty') / MB:.2f} MB", "report"),
        ("fds grown", f"{gauge.growth('fds'):g}", "<= 2"),
        ("threads grown", f"{gauge.growth('threads'):g}", f"<= {THREADS}"),
        ("threads at most", gauge.most("threads"), "report"),
        ("largest write-ahead log", f"{gauge.most('wal') / MB:.1f} MB", f"<= {LOG_MB} MB"),
        ("ledger in the end", f"{last['ledger'] / MB:.1f} MB", "report"),
        ("ledger a row", f"{gauge.row_bytes(final):.0f} bytes", "report"),
        ("ledger a row, grown", f"{gauge.ledger_growth():.1f} %", "<= 10 %"),
        ("ledger pages free", final["freelist_count"], f"<= {max(50, final['page_count'] // 10)}"),
        ("rows of resyncs an hour", int((final["resync"] - first["resync"]) * 3600
                                       / max(1, final["at"] - first["at"])), "report"),
        ("CPU a minute", f"{spent * 60_000 / (last['at'] * 0.75):.0f} ms", "report"),
        ("CPU a day stored", f"{last['cpu'] * 1000 / max(1, last['stored']):.2f} ms", "report"),
        ("journal lines a minute beside days", int((last["lines"] - last["stored"]) / minutes),
         "report"),
        ("calls in closed windows", refused, "= 0"),
        ("days missing in the end", missing, "= 0"),
        ("found by verify --deep in the end", findings, "= 0"),
        ("went wrong meanwhile", len(churn.problems), "= 0"),
    ]


def soak(folder, options):
    simulators, town = start(folder, options.build, options.seed)
    process = town.daemon.pid
    churn = Churn(town, options.seed)
    gauge = Gauge(town)
    try:
        for simulator in simulators:
            simulator.break_things()
        churn.thread.start()
        alive = work(town, gauge, options.minutes)
        churn.stop()
        if not alive or town.daemon.pid != process:
            print(f"the daemon has ended with {town.end()}")
            return False
        missing, findings = finish(town, simulators, churn.problems)
        gauge.weigh()
        refused = sum(simulator.refused() for simulator in simulators)
        if town.end(signal.SIGTERM) != 0:
            churn.problems.append("it did not stop in order")
        for problem in churn.problems[:20]:
            print(f"  {problem}"[:300])
        print("asked for: " + ", ".join(f"{n} x {what}" for what, n in churn.asked.items()))
        print("rows of the ledger: " + ", ".join(
            f"{gauge.ledgers[-1][name]} {name}" for name in TABLES))
        gauge.keep(f"{figures.FOLDER}/soak")
        return show(judge(gauge, churn, town, refused, missing, findings))
    finally:
        churn.stopped.set()
        churn.watch.kill()
        town.end()
        for simulator in simulators:
            simulator.end()


def show(rows):
    met = figures.put("soak", rows)
    for name, reached, target in rows:
        mark = "" if figures.met(reached, target) else "  MISSED"
        print(f"{name:<40}{reached:>12} {target:>12}{mark}")
    return met


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    os.makedirs(figures.FOLDER, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="daybook-soak-", dir=base)
    print(f"SEED={options.seed}: {options.minutes:g} minutes", flush=True)
    try:
        return 0 if soak(folder, options) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
