#!/usr/bin/env python3
"""Plays the checks under libFuzzer, a few at once, and counts what they went through.

    fuzz.py PROGRAM [--seconds N] [--seed N] [--jobs N] [--merge] [CHECK...]

What breaks a promise is left in `out/fuzz`, under the check's name; to play it again:

    FUZZ_CHECK=NAME .build-fuzz/release/fuzz out/fuzz/NAME-crash-...
"""

import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

import figures

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.normpath(os.path.join(HERE, "../../../out/fuzz"))
# Seconds and MiB that one input may take.
LIMITS = ["-timeout=10", "-rss_limit_mb=2048"]
# Bytes of a finding that may go into the corpus.
LONGEST = 256
# A backtrace of Swift's own would hang in the signal handler that libFuzzer has. Freed memory is
# watched for as long as one input takes, a few MiB, and where it came from is not noted: both took
# a third of the time.
QUIET = {
    "SWIFT_BACKTRACE": "enable=no",
    "ASAN_OPTIONS": "symbolize=0:malloc_context_size=0:quarantine_size_mb=8",
}


class Check:
    """One check, its corpus and its dictionary."""

    def __init__(self, program, name):
        self.program, self.name = program, name
        self.corpus = f"{HERE}/corpus/{name}"
        self.executions = self.rate = 0
        self.broken = []

    def run(self, *arguments):
        return subprocess.run(
            [self.program, *LIMITS, *arguments], capture_output=True, text=True, errors="replace",
            env={**os.environ, **QUIET, "FUZZ_CHECK": self.name})

    def play(self, seconds, seed, found):
        os.makedirs(found)
        words = f"{HERE}/words/{self.name}.dict"
        run = self.run(
            f"-max_total_time={seconds}", f"-seed={seed}", f"-artifact_prefix={OUT}/{self.name}-",
            "-print_final_stats=1", *([f"-dict={words}"] if os.path.exists(words) else []),
            found, self.corpus)
        for line in run.stderr.splitlines():
            if said := re.match(r"stat::number_of_executed_units: *(\d+)", line):
                self.executions = int(said[1])
            if said := re.match(r"stat::average_exec_per_sec: *(\d+)", line):
                self.rate = int(said[1])
            if said := re.search(r"Test unit written to (\S+)", line):
                self.broken.append(said[1])
        if run.returncode and not self.broken:
            self.broken.append(f"it ended with {run.returncode}: {run.stderr[-400:]}")
        self.tell(run)

    def tell(self, run):
        print(f"  {self.name:<12}{self.executions:>10} executions,{self.rate:>7} a second", flush=True)
        for path in self.broken:
            why = re.search(r"(broken: .*|Fatal error: .*|SUMMARY: .*)", run.stderr)
            print(f"    {why[1][:160] if why else ''}\n    {path}", flush=True)

    def merge(self, found):
        """As few files as reach everything that corpus and findings reach, long ones apart: the
        corpus is kept small."""
        for name in os.listdir(found):
            if os.path.getsize(f"{found}/{name}") > LONGEST:
                os.remove(f"{found}/{name}")
        fewest = found + ".fewest"
        os.makedirs(fewest)
        run = self.run("-set_cover_merge=1", fewest, self.corpus, found)
        if run.returncode:
            raise SystemExit(f"{self.name}: {run.stderr[-400:]}")
        for name in os.listdir(self.corpus):
            # Inputs that once broke something have names, and stay.
            if re.fullmatch(r"[0-9a-f]{40}", name):
                os.remove(f"{self.corpus}/{name}")
        for name in os.listdir(fewest):
            shutil.copy(f"{fewest}/{name}", self.corpus)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("checks", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--merge", action="store_true")
    options = parser.parse_intermixed_args()
    program = os.path.abspath(options.program)
    names = subprocess.check_output([program], text=True).split()
    checks = [Check(program, name) for name in names if name in (options.checks or names)]
    os.makedirs(OUT, exist_ok=True)
    print(f"{len(checks)} parsers, {options.seconds} s each", flush=True)
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(lambda check: play(check, options, f"{folder}/{check.name}"), checks))
    broken = sum(len(check.broken) for check in checks)
    met = figures.put("fuzz", [
        ("parsers", len(checks), "report" if options.checks else ">= 9"), ("crashes", broken, "= 0"),
        ("executions", sum(check.executions for check in checks), "report"),
        *((f"{check.name}: executions", check.executions, "report") for check in checks)])
    return 0 if met else 1


def play(check, options, found):
    check.play(options.seconds, options.seed, found)
    if options.merge and not check.broken:
        check.merge(found)


if __name__ == "__main__":
    sys.exit(main())
