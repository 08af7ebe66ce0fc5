"""What people and programs ask of the daemon while it runs: days are read again without end, and
everything else now and then."""

import functools
import random
import subprocess
import threading
import time

import holdings
from town import DAYS, GUEST

# Days of a resync.
SPAN = 8


class Churn:
    """Runs in a thread of its own until it is stopped; its `problems` are what went wrong."""

    def __init__(self, town, seed):
        self.town, self.random = town, random.Random(seed)
        self.stopped = threading.Event()
        self.turn = {simulator.kind.name: 0 for simulator in town.simulators}
        self.asked = {"resync": 0, "verify": 0, "reload": 0, "status": 0}
        self.problems = []
        self.watch = subprocess.Popen(
            [f"{town.build}/daybook", "--socket", f"{town.folder}/run/control.sock", "--json",
             "status", "--watch"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.thread = threading.Thread(target=self.run)

    def run(self):
        # (seconds between two, what is done)
        chores = [(simulator.kind.every, functools.partial(self.resync, simulator))
                  for simulator in self.town.simulators]
        chores += [(7, self.status), (45, self.reload), (150, self.verify)]
        due = {chore: time.monotonic() + every for every, chore in chores}
        try:
            while not self.stopped.wait(0.2):
                for every, chore in chores:
                    if time.monotonic() >= due[chore]:
                        due[chore] = time.monotonic() + every
                        chore()
        except Exception as error:  # what the harness could not do is no pass
            self.problems.append(f"the harness: {error!r}")

    def stop(self):
        self.stopped.set()
        self.thread.join()
        if self.watch.poll() is not None:
            self.problems.append(f"daybook status --watch has ended with {self.watch.returncode}")
        self.watch.terminate()
        self.watch.wait(timeout=30)

    # Chores.

    def resync(self, simulator):
        """Some days of one of its accounts, each in its turn; one of them has changed."""
        kind = simulator.kind
        number = self.turn[kind.name] = (self.turn[kind.name] + 1) % kind.count
        first = self.town.first_day() + self.random.randrange(DAYS - SPAN)
        simulator.change(number, first + self.random.randrange(SPAN))
        reply = self.town.ask("Resync", {
            "account": kind.account(number), "from": holdings.date(first),
            "to": holdings.date(first + SPAN - 1)}, more=False)
        if reply is None or "error" in reply[0]:
            self.problems.append(f"resync {kind.account(number)}: {reply}")
        self.asked["resync"] += 1

    def status(self):
        status, _ = self.town.command("status")
        # 1: that days fail is what the faults are for.
        if status not in (0, 1):
            self.problems.append(f"status ended with {status}")
        self.asked["status"] += 1

    def reload(self):
        """The guest comes, or goes."""
        self.asked["reload"] += 1
        comes = self.asked["reload"] % 2 == 1
        self.town.settle(with_guest=comes)
        status, _ = self.town.command("reload")
        if status:
            self.problems.append(f"reload ended with {status}")
        status, _ = self.town.command("status", GUEST)
        if comes and status == 2:
            self.problems.append("the guest has not come")

    def verify(self):
        status, findings = self.town.findings("--deep")
        if status or findings:
            self.problems.append(f"verify found {findings[:3]}")
        self.asked["verify"] += 1
