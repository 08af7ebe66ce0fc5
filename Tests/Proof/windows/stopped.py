"""The real daemon before a provider that refuses a call for a while, killed, ended and stopped
meanwhile: on the clock of the wall, and as the provider sees it."""

import contextlib
import dataclasses
import signal
import tempfile
import time

import house
import server

# Calls in so many seconds.
LIMIT, SECONDS = 20, 10
# Calls before the refusal, and those that were on their way with it.
BEFORE, ON_THE_WAY = 6, 1
PATIENCE = 120


@dataclasses.dataclass
class Play:
    name: str
    # The refusal's Retry-After; 0: none. Then what happens, (seconds later, what).
    wait: int
    happenings: list


@dataclasses.dataclass
class Outcome:
    name: str
    early: int
    delay: float
    # The most calls in a span of the window's length, and how many of them there were.
    most: int
    calls: int


def plays(minutes):
    stop = minutes * 60
    return [
        Play("killed", 20, [(8, "kill")]),
        Play("ended and started", 20, [(8, "end")]),
        Play("stopped past the end", 20, [(5, "stop"), (5 + stop, "continue")]),
        Play("stopped meanwhile", int(stop) + 20, [(5, "stop"), (5 + stop, "continue")]),
        Play("stopped in a window", 0, [(0, "stop"), (stop, "continue")]),
        Play("stopped often", 0, [(1, "stop"), (4, "continue"), (6, "stop"), (17, "continue"),
                                  (17.5, "stop"), (26, "continue"), (37, "stop"),
                                  (48, "continue")]),
    ]


class Lodging(house.House):
    """One account whose calls are limited."""

    def furnish(self, provider, login):
        super().furnish(provider, login)
        window = f"{{name: short, seconds: {SECONDS}, limit: {LIMIT}, per: user}}"
        self.write("providers/days.yaml", house.PROVIDER.format(
            name="days", login="none", urls=f"api: {provider.origin}",
            more=f"windows:\n  - {window}\n"))

    def happens(self, what):
        if what in ("stop", "continue"):
            self.daemon.send_signal(signal.SIGSTOP if what == "stop" else signal.SIGCONT)
        else:
            self.end(signal.SIGKILL if what == "kill" else signal.SIGTERM)
            self.start()


def run(build, play):
    with tempfile.TemporaryDirectory(prefix="daybook-windows-") as folder:
        with contextlib.closing(server.Provider(server.days(3000))) as provider:
            provider.pause = 0.05
            lodging = Lodging(folder, build, None, provider)
            lodging.start()
            try:
                return follow(play, lodging, provider)
            finally:
                lodging.end()


def follow(play, lodging, provider):
    """The end of the pause is as told, or the moment at which the daemon may run again."""
    await_calls(lodging, provider, BEFORE)
    begun = refuse(play.wait, lodging, provider) if play.wait else time.monotonic()
    end = begun + play.wait
    for after, what in play.happenings:
        time.sleep(max(0, begun + after - time.monotonic()))
        if what == "continue":
            end = max(end, time.monotonic())
        lodging.happens(what)
    lodging.wait(PATIENCE, lambda: any(call[0] >= end for call in list(provider.heard)))
    # One window more: what has been saved up would come at once.
    time.sleep(SECONDS)
    calls = [call[0] for call in list(provider.heard)]
    early = sum(begun + ON_THE_WAY < call < end for call in calls if play.wait)
    return Outcome(play.name, early, min(call for call in calls if call >= end) - end,
                   most(calls), len(calls))


def await_calls(lodging, provider, count):
    if not lodging.wait(PATIENCE, lambda: len(provider.heard) >= count):
        raise SystemExit(f"only {len(provider.heard)} calls came")


def refuse(wait, lodging, provider):
    """From the next call on, until the wait is over; the moment of that call."""
    begun = []

    def instead(request, form):
        begun.append(time.monotonic())
        left = begun[0] + wait - begun[-1]
        if left <= 0:
            return None
        return 429, {}, [("Retry-After", str(int(left) + (left > int(left))))]

    provider.instead = instead
    if not lodging.wait(PATIENCE, lambda: begun):
        raise SystemExit("no call came to be refused")
    return begun[0]


def most(calls):
    """In any span of the window's length, as a rolling window counts."""
    return max(sum(first <= call < first + SECONDS for call in calls) for first in calls)
