"""Restore drill: copies of an installation that is storing days, each brought to life.

As people copy it, with `cp -a` while the daemon runs: the archive alone, which is the truth, so
that the ledger is made from it; or the whole state folder, whose parts are then of different
moments; and in two steps, as a slow disk makes of it, the older part being one or the other. The
provider rotates its refresh tokens all the while: where that of a copy is spent, somebody signs in
again, as after a sign-in that was lost.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import threading

import holdings
import server
from home import Home

DAYS = 300
# What is copied, step by step; None: what there is beside the archive.
KINDS = {"archive alone": ["archive"], "all at once": ["."],
         "archive first": ["archive", None], "ledger first": [None, "archive"]}
# Days that are stored between two copies, and between two steps of a copy.
APART, BETWEEN = 47, 25
# Characters of days that are said to be in the archive.
CLAIMED = "#oe"


class Drill:
    def __init__(self, folder, build, copies):
        self.folder, self.build, self.count = folder, build, copies
        self.provider = server.Provider(server.days(DAYS))
        # A round of all days takes two seconds: older and newer reads of a day are never of one
        # second, which is what the times of files tell.
        self.provider.pause = 0.05
        self.provider.life = 2
        self.home = self.installation("home", f"{folder}/home/state")
        self.copies, self.insisted, self.signed_in = [], 0, 0

    def installation(self, name, state):
        home = Home(f"{self.folder}/{name}", self.build, None, self.provider, login=True,
                    state=state)
        home.patience = 20
        return home

    def acknowledged(self):
        """How often each day has been said to be stored."""
        out = {}
        with open(self.home.log_path) as file:
            for line in file:
                if found := re.search(r"stored (\d{4}-\d\d-\d\d)", line):
                    out[found[1]] = out.get(found[1], 0) + 1
        return out

    # While it stores days.

    def store(self):
        """Days change and are read again, round by round, until it is over."""
        while not self.over.is_set():
            self.home.wait(60, lambda: self.over.is_set() or self.home.complete(DAYS))
            self.home.command("resync", "me", "--all", "--wait", "--timeout", "60s")
            self.provider.revision += 1

    def take(self):
        """Takes all copies, each after some more days."""
        self.over = threading.Event()
        self.home.start()
        self.home.wait(20, self.home.answers)
        self.home.sign_in()
        rounds = threading.Thread(target=self.store)
        rounds.start()
        try:
            for number in range(self.count):
                self.stored_more(APART)
                self.copy(list(KINDS)[number % len(KINDS)], f"{self.folder}/copy-{number}")
        finally:
            self.over.set()
            rounds.join()

    def stored_more(self, count):
        wanted = self.home.said("stored ") + count
        if not self.home.wait(60, lambda: self.home.said("stored ") >= wanted):
            raise RuntimeError(f"fewer than {wanted} days were stored")

    def copy(self, kind, state):
        known = self.acknowledged()
        os.mkdir(state, 0o700)
        for number, step in enumerate(KINDS[kind]):
            if number:
                self.stored_more(BETWEEN)
            names = [step] if step else [name for name in os.listdir(self.home.state)
                                         if name != "archive"]
            # What is gone before it is copied, a temporary file, cp regrets with 1.
            subprocess.run(["cp", "-a", *(f"{self.home.state}/{name}" for name in names), state],
                           stderr=subprocess.DEVNULL)
        self.copies.append((kind, state, known))

    # Afterwards.

    def number(self, path):
        """Of the day of a path, from the first on."""
        day = os.path.basename(path)[:len("2026-11-28")]
        return holdings.number(day) - holdings.number(min(self.provider.days))

    def restore(self, number):
        """Brings one copy to life; what is wrong."""
        kind, state, known = self.copies[number]
        home = self.installation(f"life-{number}", state)
        problems = self.forgotten(home, known)
        try:
            problems += self.live(home)
            return [f"copy {number} ({kind}): {problem}" for problem in problems]
        finally:
            home.end()
            shutil.rmtree(home.folder)
            shutil.rmtree(state)

    def forgotten(self, home, known):
        """Days that were acknowledged before the copy, and are not in it. A day that was stored
        N times has changed N - 1 times: an older read is not it."""
        problems = []
        for day, times in known.items():
            revision = self.revision(home, day)
            if revision is None or revision < times - 1:
                problems.append(f"{day} was stored {times} times, its copy is of {revision}")
        return problems

    @staticmethod
    def revision(home, day):
        try:
            with open(home.path("me", day)) as file:
                return json.load(file)["items"][0]
        except (OSError, ValueError):
            return None

    def live(self, home):
        home.start()
        home.wait(60, lambda: not home.runs() or home.answers() and home.checked())
        if not home.runs():
            return [f"it does not start: status {home.end()}"]
        problems = []
        if "archive-away" in home.command("--json", "status")[1]:
            # It is in doubt when more than a hundredth differs, and says what to do.
            self.insisted += 1
            home.findings("--deep", "--repair", "--yes")
        letters, (_, findings) = home.letters(), home.findings("--deep")
        problems += [f"it claims what it lacks: {what} {path}" for what, path in findings
                     if letters[self.number(path)] in CLAIMED]
        if home.command("status")[0] == 4:
            self.signed_in += 1
            home.sign_in()
        home.wait(60, lambda: home.complete(DAYS))
        home.command("resync", "me", "--all", "--wait", "--timeout", "60s")
        status, findings = home.findings("--deep")
        if status or findings or not home.complete(DAYS):
            problems.append(f"days are {home.letters()}, a verify finds {findings}")
        return problems + self.judge(home)

    def judge(self, home):
        """Its daemon having stopped, the archive is what the provider has, and the rows say so."""
        problems = [] if home.end(signal.SIGTERM) == 0 else ["it did not stop in order"]
        problems += home.lies()
        for day in sorted(self.provider.days):
            revision = self.revision(home, day)
            if revision != self.provider.revision:
                problems.append(f"{day} is of {revision}, not {self.provider.revision}")
        return problems


def play(folder, build, copies, report):
    """Takes the copies, and lives them; the drill, and how many of them are bad."""
    os.mkdir(folder)
    drill = Drill(folder, build, copies)
    bad = 0
    try:
        drill.take()
        print(f"{copies} copies taken while {drill.home.said('stored ')} days were stored",
              flush=True)
        drill.home.end(signal.SIGTERM)
        drill.provider.pause = 0
        for number in range(copies):
            problems = drill.restore(number)
            bad += bool(problems)
            report(problems[:5])
        return drill, bad
    finally:
        drill.home.end()
        drill.provider.close()
