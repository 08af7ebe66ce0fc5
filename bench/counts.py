"""P4, and what CI compares with the figures of `counts.json`: flushes, system calls and instructions
for each day.

Each count is the difference of two runs, one with more days than the other: what a start costs
is in both.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile

import fetching
import server

FLUSHES = ("fsync", "fdatasync", "sync_file_range", "syncfs", "sync", "msync")
# How many of these there are is a matter of who waits for whom.
WAITS = ("futex", "epoll_wait", "epoll_pwait", "sched_yield", "restart_syscall", "nanosleep",
         "clock_nanosleep")
SPAN = 32
HERE = os.path.dirname(os.path.abspath(__file__))
PROVIDER = """name: days
title: Days
login: none
urls: {{api: {origin}}}
account:
  first_day: {{get: /me, at: /first, form: ymd}}
streams:
  - name: steps
    request: {{get: "/days/{{start}}/{{end}}"}}
    window: {{form: ymd, ends: "[]"}}
    span: {span}
    items: /items
    belongs: {{at: /items/*/day, form: ymd}}
"""


class Provider(server.Provider):
    """Answers for several days at once."""

    def get(self, request):
        path = request.path.strip("/").split("/")
        if path[0] != "days":
            return super().get(request)
        return 200, {"items": [{"day": day, "text": "x" * 20_000} for day in sorted(self.days)
                               if path[1] <= day <= path[2]]}


class Counted(fetching.Fetching):
    """Watched by another program, which leaves its counts in a file."""

    span = None

    def furnish(self, provider, login):
        super().furnish(provider, login)
        if self.span:
            self.write("providers/days.yaml",
                       PROVIDER.format(origin=provider.origin, span=self.span))


class Alone(Counted):
    """One answer after the other, each when the one before has been stored."""

    few, many = 16, 48

    @staticmethod
    def prepare(provider):
        provider.at_once(1)
        provider.pause = 0.1


class Turns(Counted):
    """A month and a day with each answer."""

    span = SPAN
    few, many = 2 * SPAN, 10 * SPAN

    @staticmethod
    def prepare(provider):
        pass


def run(options, kind, days, before):
    """What `before`, with the name of a file at its end, leaves there about a run of so many days."""
    folder = tempfile.mkdtemp(prefix="bench-", dir=options.out)
    provider = Provider(server.days(days))
    kind.prepare(provider)
    try:
        home = kind(folder, f"{options.out}/stripped", None, provider)
        home.before = [*before[:-1], f"{before[-1]}{folder}/counts"]
        home.fetch(300)
        home.wait(10, lambda: os.path.exists(f"{folder}/counts")
                  and os.path.getsize(f"{folder}/counts"))
        with open(f"{folder}/counts") as file:
            return file.read()
    finally:
        provider.close()
        shutil.rmtree(folder, ignore_errors=True)


def system_calls(options, kind, days):
    """How often each was made."""
    # -D: the daemon stays our child, and strace is somebody else's.
    text = run(options, kind, days, ["strace", "-D", "-f", "-qq", "-c", "-U", "calls,name", "-o", ""])
    return {name: int(count) for count, name in re.findall(r"^ *(\d+) (\w+)$", text, re.M)
            if name != "total"}


def instructions(options, kind, days):
    text = run(options, kind, days, ["valgrind", "--tool=cachegrind", "--cache-sim=no",
                                     "--cachegrind-out-file=/dev/null", "--log-file="])
    return int(re.search(r"I +refs: +([\d,]+)", text)[1].replace(",", ""))


def counted(options, kind):
    """(flushes, system calls, thousands of instructions) of each day."""
    few, many = (system_calls(options, kind, days) for days in (kind.few, kind.many))
    flushes, calls = (sum(part(many)) - sum(part(few)) for part in (
        lambda counts: (counts.get(name, 0) for name in FLUSHES),
        lambda counts: (counts[name] for name in counts if name not in WAITS)))
    work = instructions(options, kind, kind.many) - instructions(options, kind, kind.few)
    days = kind.many - kind.few
    print(f"  {kind.__name__.lower():<8}{flushes / days:6.2f} flushes,{calls / days:7.1f} system "
          f"calls,{work / days / 1000:8.0f} thousand instructions a day", flush=True)
    return flushes / days, calls / days, work / days / 1000


def strip(options):
    """valgrind reads what debuggers want to know for half a minute, wherever it is."""
    os.makedirs(f"{options.out}/stripped", exist_ok=True)
    subprocess.run(["strip", "-o", f"{options.out}/stripped/daybookd", f"{options.build}/daybookd"],
                   check=True)


def rows(options):
    """System calls and thousands of instructions are compared with those that were recorded: a tenth
    more is too much."""
    strip(options)
    with open(f"{HERE}/counts.json") as file:
        recorded = json.load(file)
    out = []
    for kind, words, flushes in ((Alone, "one at a time", 3.1), (Turns, f"{SPAN} at once", 1.3)):
        found = counted(options, kind)
        before = recorded[kind.__name__.lower()]
        out += [("P4", f"flushes a day, {words}", f"{found[0]:.2f}", f"<= {flushes}"),
                ("P4", f"system calls a day, {words}", f"{found[1]:.1f}",
                 f"<= {before['system calls'] * 1.1:.1f}"),
                ("P4", f"thousand instructions a day, {words}", f"{found[2]:.0f}",
                 f"<= {before['thousand instructions'] * 1.1:.0f}")]
    return out
