"""How long a start takes that must look at a whole archive: after a kill, and without a ledger."""

import os
import queue
import shutil
import signal
import socket
import threading
import time

import damages
import server
from home import Home

TIMES = 5
MARK = "checked "


class Archive(Home):
    """Of so many accounts that read nothing."""

    people = 20

    def furnish(self, provider, login):
        super().furnish(provider, login)
        self.accounts([f"a{number:02}" for number in range(self.people)])
        # Before other work of the machine, which is not what is measured; root may do so.
        self.before = ["chrt", "--fifo", "1"] if os.geteuid() == 0 else []
        self.environment = {"NOTIFY_SOCKET": f"{self.folder}/notice"}
        self.notice = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notice.bind(f"{self.folder}/notice")
        self.ready = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        """As a service manager does: whoever tells it something waits until it listens."""
        while True:
            if b"READY=1" in self.notice.recv(4096):
                self.ready.put(time.monotonic())

    def fill(self, days):
        """Files as they were read long after their days: these do not change any more."""
        now = int(time.time())
        for number in range(self.people):
            for day in days:
                path = self.path(f"a{number:02}", day)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(b'{"day": "%s", "items": [%s]}' % (
                        day.encode(), b", ".join([b"%d" % number] * 100)))
                os.utime(path, (now, now))

    def timed(self):
        """Seconds from the start until READY=1, from then until the check has ended, and the CPU
        seconds that the process took until then."""
        done = self.said(MARK)
        begun = time.monotonic()
        self.start()
        ready = self.ready.get(timeout=60)
        if not self.wait(120, lambda: self.said(MARK) > done):
            raise RuntimeError("the check does not end")
        ended = time.monotonic()
        return ready - begun, ended - ready, self.processor_seconds()

    def processor_seconds(self):
        with open(f"/proc/{self.daemon.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def learn(home):
    """The first day, and nothing else: for days the provider asks to wait an hour."""
    home.provider.instead = lambda request, form: (
        None if request.path == "/me" else (503, {}, [("Retry-After", "3600")]))
    home.start()
    home.ready.get(timeout=60)
    if not home.wait(60, lambda: len(home.streams() or []) == home.people and all(
            s["missing"] + s["failing"] for s in home.streams())):
        raise RuntimeError(f"the first day was not learned: {home.streams()}")
    home.end(signal.SIGTERM)


def play(folder, build, count):
    """(figure, seconds, target) of each; and what is wrong."""
    days = server.days(count // Archive.people)
    provider = server.Provider(days)
    home = Archive(folder, build, None, provider)
    home.patience = 60
    try:
        learn(home)
        home.fill(days)
        damages.lose_ledger(home, None)
        _, rebuilt, processor = home.timed()
        problems = [] if home.stored() == len(days) * Archive.people else [
            f"{home.stored()} days of {len(days) * Archive.people} after the rebuilding"]
        runs = []
        for _ in range(TIMES):
            home.end(signal.SIGKILL)
            runs.append(home.timed())
            if home.stored() != len(days) * Archive.people:
                problems.append(f"{home.stored()} days after a start")
        status, findings = home.findings("--deep")
        problems += [f"a deep verify finds {findings[:3]}"] * bool(status or findings)
        return rebuilt, processor, runs, problems
    finally:
        home.end()
        provider.close()
        shutil.rmtree(folder)

