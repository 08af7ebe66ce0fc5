"""Plays one damage, found in one way, and looks whether the archive is whole afterwards."""

import os
import shutil
import signal
import tempfile
import time

import holdings
import server
from damages import DAMAGES
from home import Home

# How a damage is found: what `daybook verify` is asked for; None: by the daemon itself, at its
# start after a kill.
WAYS = {"start": None, "verify": [], "verify --deep": ["--deep"],
        "verify --repair": ["--repair"]}
# Where the daemon is killed before damaged days are read again, and everything is mended once more.
INTERRUPTED = ("start", "verify --deep")
DAYS = 12


class Mending:
    """Cells of the table, each on a copy of one of the installations that are made first: the
    account is paused in them, so that nothing is read again before somebody has looked."""

    def __init__(self, folder, build):
        self.folder, self.build = folder, build
        self.cells = 0
        self.bases = {}
        for lacks in (False, True):
            self.make(lacks)

    def make(self, lacks):
        """A whole archive with older versions; or one that lacks the day at hand. As a kill leaves
        it, and as a stop in order does."""
        provider = server.Provider(server.days(DAYS))
        self.day = sorted(provider.days)[DAYS // 2]
        if lacks:
            provider.days.discard(self.day)
            provider.revision = 1
        home = self.home("base", provider)
        try:
            self.store(home, lacks)
        finally:
            home.end()
            provider.close()
            shutil.rmtree(home.folder)

    def store(self, home, lacks):
        home.start()
        self.need(home.wait(20, lambda: home.stored() == DAYS - lacks), "nothing was stored")
        if not lacks:
            home.provider.revision = 1
            home.command("resync", "me", "--all", "--wait")
        home.command("pause", "me")
        for number in (signal.SIGKILL, signal.SIGTERM):
            home.end(number)
            self.bases[lacks, number == signal.SIGKILL] = f"{self.folder}/{int(lacks)}-{number}"
            shutil.copytree(home.state, f"{self.folder}/{int(lacks)}-{number}")
            home.start()
            self.need(home.wait(20, home.answers), "it did not start")

    @staticmethod
    def need(condition, text):
        if not condition:
            raise RuntimeError(text)

    def home(self, name, provider):
        home = Home(f"{self.folder}/{name}", self.build, None, provider)
        home.patience = 20
        # What the day at hand is, and when it came, where a file is made by hand.
        home.body = server.json.dumps(provider.document(self.day)).encode()
        home.moment = int(time.time())
        return home

    def ways(self, damage):
        """A ledger cannot be damaged under a daemon that has it open."""
        return ["start"] if damage.ledger else list(WAYS)

    def play(self, damage, way):
        """What is wrong after one cell."""
        self.cells += 1
        provider = server.Provider(server.days(DAYS))
        provider.revision = 1
        home = self.home(f"cell-{self.cells}", provider)
        shutil.rmtree(home.state)
        shutil.copytree(self.bases[damage.lacks, way == "start"], home.state)
        try:
            return Cell(self, home, damage, way).play()
        finally:
            home.end()
            provider.close()
            shutil.rmtree(home.folder)


class Cell:
    def __init__(self, mending, home, damage, way):
        self.home, self.damage, self.way, self.day = home, damage, way, mending.day
        self.problems = []

    def expect(self, condition, text):
        if not condition:
            self.problems.append(text)
        return condition

    def play(self):
        home, damage = self.home, self.damage
        path = home.path("me", self.day)
        if damage.gone:
            home.provider.days.discard(self.day)
        if self.way == "start":
            damage.harm(home, path)
            self.bodies = home.bodies()
        home.start()
        home.wait(20, self.begun)
        if not home.runs():
            self.problems.append(f"it does not start: {self.last()}")
            return self.problems
        if self.way != "start":
            damage.harm(home, path)
            self.bodies = home.bodies()
            self.told()
        self.mend()
        if self.way in INTERRUPTED:
            self.again()
        self.resume()
        self.judge(path)
        return self.problems

    def begun(self):
        """It answers, and its own check of a start is over; or it has ended."""
        home = self.home
        if not home.runs():
            return True
        return home.answers() and (self.way != "start" or home.checked())

    def last(self):
        with open(self.home.log_path) as file:
            return f"status {self.home.end()}, {file.readlines()[-1].strip()[-300:]}"

    def is_seen(self, words):
        return self.damage.what and (self.damage.sizes or "--deep" in words)

    def told(self):
        """What one look finds and says; without --repair it touches nothing."""
        words = WAYS[self.way]
        before = self.home.bodies(temporaries=True)
        status, findings = self.home.findings(*words)
        seen = self.is_seen(words)
        self.expect(status == (1 if seen else 0), f"{self.way} ended with {status}")
        kinds = [what for what, _ in findings]
        wanted = [self.damage.what] if seen else []
        if "--repair" in words:
            # It reads what is unknown, and so knows better what it is.
            kinds = ["unknown" if what == "invalid" else what for what in kinds]
        else:
            self.expect(self.home.bodies(temporaries=True) == before, f"{self.way} changed files")
        self.expect(kinds == wanted, f"{self.way} found {findings}")
        for _, path in findings:
            self.expect(self.day in path, f"{self.way} named {path}")

    def mend(self):
        """All that a person can ask for, unless the daemon has mended it by itself."""
        if self.way != "start" or not self.damage.sizes:
            self.home.findings("--deep", "--repair")
        letters = self.home.letters()
        self.expect(len(letters) == DAYS, f"of {DAYS} days it shows {len(letters)}")
        if self.damage.what and self.damage.loses:
            self.expect(self.lacks(), "a day without its file is not told as one")

    def lacks(self):
        """The day at hand is not among those that it says it has."""
        letters = self.home.letters()
        return len(letters) == DAYS and letters[DAYS // 2] in "d.f"

    def again(self):
        """The mending is ended, and done once more: it is the same."""
        home, before = self.home, self.home.letters()
        home.end(signal.SIGKILL)
        done = home.said("checked ")
        home.start()
        self.expect(home.wait(20, lambda: home.answers() and home.checked(done + 1)),
                    "it does not start again")
        home.findings("--deep", "--repair")
        self.expect(home.looked_at >= home.stored(),
                    f"a verify looks at {home.looked_at} files of {home.stored()} days")
        self.expect(home.letters() == before, f"days were {before}, are {home.letters()} after"
                    " another start and repair")

    def resume(self):
        home = self.home
        home.command("resume", "me")
        if self.damage.gone:
            home.wait(20, lambda: any(f"/{self.day}" in path for _, path, _, _
                                      in home.provider.heard))
            status, text = home.command("status")
            self.expect(status == 1 and "damaged" in text, f"status ends with {status}")
            self.expect(self.lacks(), "it claims a day that it lacks")
            return
        if self.damage.lacks:
            home.command("resync", "me", "--from", self.day, "--to", self.day)
        self.expect(home.wait(20, lambda: home.complete(DAYS)), f"days are {home.letters()}")
        status, findings = home.findings("--deep")
        self.expect(status == 0 and not findings, f"a second verify finds {findings}")

    def judge(self, path):
        """Its daemon having stopped: rows and files, and all bodies that there were."""
        home = self.home
        self.expect(home.end(signal.SIGTERM) == 0, "it did not stop in order")
        self.problems += home.lies()
        self.problems += [f"left over: {name}" for name in home.temporaries()]
        if not self.damage.gone:
            rows = {holdings.date(row[1]) for row in home.rows()}
            self.expect(rows == home.provider.days, f"rows are {sorted(rows)}")
            with open(path, "rb") as file:
                self.expect(file.read() == home.body, "the day is not the provider's")
        left = home.bodies()
        self.problems += [f"the body of {path} is nowhere" for digest, path in
                          sorted(self.bodies.items()) if digest not in left]


def play(folder, build, report):
    """Plays the whole table; (cells, how many of them are bad)."""
    os.mkdir(folder)
    mending = Mending(folder, build)
    bad = 0
    heads = [way.replace("verify -", "-") for way in WAYS]
    print(f"{'damage':<30}" + "".join(f"{head:>10}" for head in heads), flush=True)
    for damage in DAMAGES:
        words, notes = [], []
        for way in mending.ways(damage):
            problems = mending.play(damage, way)
            bad += bool(problems)
            words.append("BAD" if problems else "mended")
            notes += [f"    {way}: {problem}" for problem in problems]
        print(f"{damage.name:<30}" + "".join(f"{word:>10}" for word in words), flush=True)
        report(notes)
    return mending.cells, bad
