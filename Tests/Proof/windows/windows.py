#!/usr/bin/env python3
"""The daemon's rate windows: how much of a budget they use, how often the provider refuses, whether
equal accounts get equal parts, and how long after a pause the next call comes.

The real engine reads decades of days in virtual time, and each call is judged as it arrives by the
PyPI package `limits`. What needs a real process is played with the real daemon.

    windows.py PROVER BUILD [--seeds N] [--hours N] [--jobs N] [--minutes N]
"""

import argparse
import concurrent.futures
import os
import sys

import budgets
import fairness
import figures
import pauses
import stopped


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("prover")
    parser.add_argument("build")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--hours", type=int, default=12)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=1)
    options = parser.parse_args()
    # The real daemon waits most of the time: it is played beside the others, and goes before them.
    plays = stopped.plays(options.minutes)
    with (concurrent.futures.ProcessPoolExecutor(len(plays)) as aside,
          concurrent.futures.ProcessPoolExecutor(options.jobs, initializer=os.nice,
                                                 initargs=(5,)) as pool):
        real = [aside.submit(stopped.run, options.build, play) for play in plays]
        rows = of_budgets(pool, options) + of_fairness(pool, options) + of_pauses(pool, options)
        rows += of_the_daemon([play.result() for play in real])
    return 0 if figures.put("windows", rows) else 1


def of_budgets(pool, options):
    cases = budgets.declared(range(1, options.seeds + 1), options.hours) + budgets.undeclared()
    # The longest first, so that no process is left alone with one in the end.
    cases.sort(key=lambda case: "min" not in case.budget)
    outcomes = list(pool.map(budgets.run, [options.prover] * len(cases), cases))
    print(f"{'budget':<18}{'server':<27}{'least use':>10}{'calls':>10}{'refused':>9}")
    of_windows = tell([o for o in outcomes if o.case.shapes == tuple(budgets.WINDOWS)],
                      "fixed, aligned, moving")
    of_counter = tell([o for o in outcomes if o.case.align == "sliding"], "sliding counter")
    unknown = tell([o for o in outcomes if o.case.align == "unknown"], "the same, not declared")
    refused = refusals(of_counter, "sliding counter")
    return [("least use, fixed and moving windows", use(of_windows), ">= 99.0 %"),
            *((f"refused, {shape}", refusals(of_windows, shape), "= 0")
              for shape in budgets.WINDOWS),
            ("least use, sliding counter", use(of_counter), ">= 98.5 %"),
            ("refused of 100,000, sliding counter",
             f"{refused * 100_000 / sum(o.calls for o in of_counter):.2f}", "<= 1"),
            ("least use, counter not declared", use(unknown), "report"),
            ("refused there in a play, at most", max(sum(o.refused.values()) for o in unknown),
             "report")]


def tell(outcomes, server):
    for budget in budgets.BUDGETS:
        of_it = [o for o in outcomes if o.case.budget == budget]
        print(f"{budget:<18}{server:<27}{use(of_it):>10}{sum(o.calls for o in of_it):>10}"
              f"{sum(sum(o.refused.values()) for o in of_it):>9}", flush=True)
    return outcomes


def use(outcomes):
    """The worst over budgets and seeds."""
    return f"{100 * min(o.use for o in outcomes):.2f} %"


def refusals(outcomes, shape):
    return sum(o.refused[shape] for o in outcomes)


def of_fairness(pool, options):
    rows = []
    for name in fairness.SHARED:
        seeds = range(1, options.seeds + 1)
        indexes = list(pool.map(fairness.run, [options.prover] * len(seeds), [name] * len(seeds),
                                seeds))
        rows.append((f"Jain index, {name}", f"{min(i for i, _ in indexes):.4f}", ">= 0.99"))
        rows.append((f"of the worst hour, {name}", f"{min(h for _, h in indexes):.4f}", "report"))
    return rows


def of_pauses(pool, options):
    cases = pauses.cases()
    outcomes = list(pool.map(pauses.run, [options.prover] * len(cases), *zip(*cases)))
    print(f"{'a pause told by':<20}{'too early':>10}{'delay':>10}{'from second':>13}  worst with")
    for told in pauses.TOLD:
        of_it = [o for o in outcomes if o.told == told]
        worst = max(of_it, key=lambda o: o.delay)
        print(f"{told:<20}{sum(o.early for o in of_it):>10}{worst.delay:>8.3f} s"
              f"{max(o.late for o in of_it):>11.3f} s  {worst.happening}", flush=True)
    rows = [(f"calls too early, {len(cases)} pauses", sum(o.early for o in outcomes), "= 0")]
    for kind, words in [("seconds", "seconds"), ("date", "a date"), ("reset", "a reset")]:
        of_it = [o for o in outcomes if o.kind == kind]
        rows.append((f"largest delay, told by {words}", f"{max(o.delay for o in of_it):.3f} s",
                     "<= 1 s"))
        if kind != "seconds":
            rows.append((f"from the second told by {words}", f"{max(o.late for o in of_it):.3f} s",
                         "report"))
    return rows


def of_the_daemon(outcomes):
    print(f"{'the real daemon':<24}{'too early':>10}{'delay':>10}{'in a window':>13}{'calls':>8}")
    for o in outcomes:
        print(f"{o.name:<24}{o.early:>10}{o.delay:>8.3f} s{o.most:>13}{o.calls:>8}")
    return [("the daemon's calls in a pause", sum(o.early for o in outcomes), "= 0"),
            ("its largest delay after one", f"{max(o.delay for o in outcomes):.3f} s", "<= 1 s"),
            (f"most calls in {stopped.SECONDS} s, of {stopped.LIMIT}",
             max(o.most for o in outcomes), f"<= {stopped.LIMIT}")]


if __name__ == "__main__":
    sys.exit(main())
