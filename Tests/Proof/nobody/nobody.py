#!/usr/bin/env python3
"""Attacks from outside on the real daemon, its files, its sockets and the real command: nobody gets
in, nothing is lost, no secret comes out.

    nobody.py BUILD CLOCK [NUMBER...]    only these cases, and no figures

Run by `run`, which gives it a file system view and a loopback of its own.
"""

import concurrent.futures
import os
import resource
import signal
import sys
import textwrap
import time

import cases
import figures
import lab


def play(where, case):
    """What is wrong afterwards; None: it was refused as it must be."""
    begun = time.monotonic()
    try:
        problem = cases.missing_test(case)
        case.play(where)
    except lab.Broken as broken:
        problem = str(broken)
    except Exception as error:  # what the harness could not do is no pass
        problem = f"the harness: {error!r}"
    return case, problem, time.monotonic() - begun


def tell(case, problem, seconds):
    head = f"{case.number:>3} {'ok' if problem is None else 'BAD':<4}{seconds:>4.0f} s  "
    fold = {"width": 80, "subsequent_indent": " " * 15}
    print(textwrap.fill(head + case.sentence, **fold), flush=True)
    if problem:
        text = " ".join(problem.split())[:600]
        print(textwrap.fill(" " * 15 + text, **fold), flush=True)


def main(build, clock, *numbers):
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # A thousand connections at once, more than once.
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, max(8192, resource.getrlimit(
        resource.RLIMIT_NOFILE)[1])))
    chosen = [case for case in cases.CASES if not numbers or str(case.number) in numbers]
    where = lab.Lab(build, clock)
    try:
        # Mostly they wait. The longest begin first.
        chosen.sort(key=lambda case: case.number not in (57, "a", 52))
        pool = concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "4")))
        results = [done.result() for done in concurrent.futures.as_completed(
            [pool.submit(told, where, case) for case in chosen])]
    except KeyboardInterrupt:
        # Cases under way would wait for what will not come; their processes end with this one.
        os._exit(130)
    finally:
        where.close()
    for crash in where.crashes:
        print(f"ended by itself: {crash}")
    good = sum(problem is None for _, problem, _ in results)
    if numbers:
        return 0 if good == len(chosen) and not where.crashes else 1
    return 0 if figures.put("nobody", [
        ("attacks refused as they should", good, f"= {len(cases.CASES)}"),
        ("canary secrets found", len(where.canary_hits), "= 0"),
        ("places searched for them", where.canary_places, "report"),
        ("daemon crashes", len(where.crashes), "= 0")]) else 1


def told(where, case):
    result = play(where, case)
    tell(*result)
    return result


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
