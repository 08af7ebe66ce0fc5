"""Plays a scenario once, with a fault at one boundary of it, and judges what is left."""

import os
import random
import shutil
import signal
import subprocess
import tempfile

import house
import judge
import order
import server

# What the daemon is loaded with, in the order in which its calls come to them.
PRELOADED = ("mutants", "points", "trace")
# The exit status of a daemon that cannot keep what must be kept.
DISK_FAILS = 74


class Traced(house.House):
    """An installation whose log has, in the order of time, what the kernel was asked and what was
    seen from outside."""

    def __init__(self, folder, lab, provider, scenario):
        preload = ":".join(f"{lab.tools}/{name}.so" for name in PRELOADED)
        super().__init__(folder, lab.build, preload, provider, scenario.login)
        self.environment["TRACE"] = self.log_path
        self.told = 0
        # Seconds that an answer is waited for.
        self.hearing = 8
        # Opened for each word, so that a daemon that is gone leaves nothing open.
        provider.tell = self.mark
        provider.instead = self.see

    def mark(self, text):
        with open(self.log_path, "a") as file:
            file.write(f"{text}\n")

    def see(self, _, form):
        if form and form.get("grant_type") == "refresh_token":
            self.mark("# refresh")

    def ready(self):
        return self.ask("Status") is not None

    def start_once(self, at=0, mode="", **more):
        """With further words to what is loaded, for this start alone."""
        kept = self.environment
        self.environment = kept | more
        try:
            self.start(at, mode)
        finally:
            self.environment = kept

    def ask(self, method, parameters=None, more=None):
        keeps = method in order.KEEPS
        if keeps:
            self.mark(f"# asked {method}")
        kept, self.patience = self.patience, self.hearing
        replies = super().ask(method, parameters, more)
        self.patience = kept
        if keeps and replies and "error" not in replies[-1]:
            self.mark(f"# answered {method}")
        return replies

    def streams(self):
        streams = super().streams()
        number = sum(s["open"] + s["final"] for s in streams or [])
        if number != self.told:
            self.told = number
            self.mark(f"# counted {number}")
        return streams

    def complete(self, days):
        """And nothing is under way any more: no resync, no refresh."""
        return super().complete(days) and set(self.standings) <= {"idle", "removed", "paused"}

    def is_stuck(self):
        """It was told that the disk is full, or broken, and waits for another look."""
        return self.said("nothing is written") + self.said("work goes on when") > 0

    def history(self):
        with open(self.log_path, errors="replace") as file:
            return judge.History(file.read())


class Lab:
    def __init__(self, build, tools):
        self.build, self.tools = build, tools
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.mkdtemp(prefix="daybook-crashes-", dir=base)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def play(self, scenario, act):
        """What `act` says of an installation that the scenario has prepared."""
        folder = tempfile.mkdtemp(dir=self.folder)
        provider = server.Provider(server.days(scenario.count))
        home = Traced(folder, self, provider, scenario)
        try:
            scenario.prepare(home, scenario)
            return act(home)
        finally:
            home.end()
            provider.close()
            if not os.environ.get("KEEP"):
                shutil.rmtree(folder, ignore_errors=True)

    def one(self, scenario, at, mode, seed, **more):
        """(who saw it, what is wrong) of a run with a fault."""
        def act(home):
            # A client that waits for what waits for the disk is not waited for.
            home.hearing = 1 if mode in ("eio", "enospc") else 8
            home.start_once(at, mode, **more)
            scenario.work(home, scenario)
            home.end()
            home.hearing = 8
            problems = [("judge", words) for words in ended(home, scenario, random.Random(seed))]
            return problems + [("order", words) for words in order.faults(home.log_path)]

        return self.guarded(scenario, act)

    def guarded(self, scenario, act):
        try:
            return self.play(scenario, act)
        except subprocess.TimeoutExpired:
            return [("judge", "it does not end when it is told to")]
        except Exception as error:  # what the harness could not do is no pass
            return [("harness", f"{type(error).__name__}: {error}")]

    def filled(self, scenario, at, only=None):
        """(who saw it, what is wrong) of a run in which the disk is full from a boundary on, once
        the daemon runs, and has room again later. It goes on by itself; or it has stopped at once,
        with the status to which its unit answers with a new start. `only` such calls count, from
        the start on."""
        def act(home):
            full, room = f"{home.folder}/full", f"{home.folder}/room"
            home.provider.at_once(0)
            home.hearing = 1
            since = {"POINTS_ONLY": only} if only else {"POINTS_SINCE": full}
            home.start_once(at, "full", POINTS_UNTIL=room, **since)
            home.wait(home.patience, home.ready)
            touch(full)
            home.provider.gate.release(100)
            scenario.work(home, scenario)
            noticed = home.wait(home.patience, lambda: not home.runs() or home.is_stuck())
            touch(room)
            problems = [] if noticed else ["a full disk was not noticed"]
            if not home.runs():
                problems += [] if home.end() == DISK_FAILS else ["it ended by itself"]
                home.start()
            # It looks every 30 seconds.
            if not home.wait(60, lambda: home.complete(scenario.count)):
                problems.append("it did not go on once there was room")
            if home.end(signal.SIGTERM) != 0:
                problems.append("it did not stop in order")
            problems += [words for _, words in judge.look(home, home.history())]
            return [("judge", words) for words in problems] + [
                ("order", words) for words in order.faults(home.log_path)]

        return self.guarded(scenario, act)

    def count(self, scenario):
        """The boundaries of a scenario that nothing disturbs, and the faults in its order. The
        boundaries differ a little from run to run: answers that come together are stored
        together."""
        def act(home):
            home.start(count=f"{home.folder}/points")
            scenario.work(home, scenario)
            home.end()
            with open(f"{home.folder}/points") as file:
                return sum(1 for _ in file), order.faults(home.log_path)

        return self.play(scenario, act)


def touch(path):
    open(path, "w").close()


def ended(home, scenario, chance):
    """What is wrong after an end, after another in the recovery, and once it has recovered."""
    problems = [f"after the end: {words}" for words in left(home)]
    # A kill in the middle of the recovery, at a boundary of it.
    home.start(chance.randint(1, 60), chance.choice(("kill", "torn")))
    home.wait(1.5, lambda: not home.runs() or home.complete(scenario.count))
    home.end()
    problems += [f"after the second end: {words}" for words in left(home)]
    problems += home.recover(scenario.count, scenario.mends)
    problems += swept(home, scenario)
    wrong = {words for _, words in judge.look(home, home.history())} | set(home.lies())
    problems += [f"in the end: {words}" for words in sorted(wrong)]
    if home.provider.lost:
        problems.append(f"{home.provider.lost} token families lost")
    return problems


def left(home):
    """What is wrong on the disk before the daemon has looked at it. A later read whose row was
    still to be written is settled by its next start."""
    return [words for kind, words in judge.look(home, home.history()) if kind != "unsettled"]


def swept(home, scenario):
    """Temporary files that stay. A stop does not wait for transfers; what they leave goes with the
    next start."""
    names = set(home.temporaries())
    if not names:
        return []
    home.start()
    home.wait(20, lambda: home.complete(scenario.count) and not names & set(home.temporaries()))
    home.end(signal.SIGTERM)
    return [f"left over: {name}" for name in sorted(names & set(home.temporaries()))]
