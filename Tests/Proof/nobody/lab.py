"""What the attacks share: installations in one folder, their memory and descriptors, the command,
and everything that a daemon or a command has said."""

import contextlib
import os
import re
import signal
import struct
import subprocess
import tempfile
import threading
import time

import house
import server
from wire import NOBODY, Wire


class Broken(Exception):
    """The product did not react as it must."""


def must(condition, text):
    if not condition:
        raise Broken(text)


class Lab:
    def __init__(self, build, clock):
        self.build, self.clock = build, clock
        self.folder = tempfile.mkdtemp()
        for path in (self.folder, os.path.dirname(self.folder)):
            os.chmod(path, 0o711)
        self.lock = threading.Lock()
        self.homes = []
        self.crashes = []
        self.canary_places, self.canary_hits = 0, []

    @contextlib.contextmanager
    def home(self, days=6, login=False, more="", tls=None):
        """An installation whose daemon has been started when it is given out."""
        home = self.house(days, login, more, tls)
        try:
            home.begin()
            yield home
        finally:
            home.close()

    def house(self, days=6, login=False, more="", tls=None):
        home = Home(self, days, login, more, tls)
        with self.lock:
            self.homes.append(home)
        return home

    def close(self):
        for home in self.homes:
            home.close()


class Home(house.House):
    def __init__(self, lab, days, login, more, tls):
        self.lab = lab
        folder = tempfile.mkdtemp(dir=lab.folder)
        super().__init__(folder, lab.build, None, server.Provider(server.days(days), tls), login)
        for path in (folder, f"{folder}/run"):
            os.chmod(path, 0o711)
        self.count = days
        # Everything that was answered on the control socket and printed by the command.
        self.heard, self.printed = [], []
        # What others could see of its processes.
        self.seen = {}
        # Statuses with which the daemon may end by itself.
        self.may_end = ()
        self.patience = 30
        self.clocks = f"{folder}/clocks"
        self.set_clocks(0, 0)
        self.environment = {"LD_PRELOAD": lab.clock, "CLOCKS": self.clocks}
        with open(f"{folder}/providers/days.yaml", "a") as file:
            file.write(more)

    def set_clocks(self, civil, boot):
        # In place: it is mapped into the daemon's memory.
        number = os.open(self.clocks, os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(number, struct.pack("qq", civil, boot))
        os.close(number)

    @property
    def socket(self):
        return f"{self.folder}/run/control.sock"

    # Its life.

    def begin(self):
        self.start()
        must(self.wait(60, lambda: not self.runs() or self.ask("Status")), "it does not answer")
        must(self.runs(), f"it does not start: {self.log()[-300:]}")

    def filled(self, seconds=60):
        must(self.wait(seconds, lambda: self.complete(self.count)), f"days: {self.streams()}")

    def end(self, number=signal.SIGKILL):
        status = self.daemon.poll() if self.daemon else None
        if status is not None and status not in self.may_end:
            self.lab.crashes.append(f"{self.folder}: {status}: {self.log()[-300:]}")
        return super().end(number)

    def close(self):
        self.end()
        if "Fatal error" in self.log():
            self.lab.crashes.append(f"{self.folder}: {self.log()[-300:]}")
        with contextlib.suppress(OSError):
            self.provider.close()

    def refused(self, status, word):
        """It must not start: ends with this status and says this word."""
        self.may_end = (status,)
        begun = len(self.log())
        self.start()
        must(self.wait(60, lambda: not self.runs()), "it starts")
        found, said = self.daemon.returncode, self.log()[begun:]
        self.end()
        must(found == status and word in said, f"{found} and not {status}, '{word}': {said[-300:]}")
        return said

    # What can be seen of it.

    def log(self):
        try:
            with open(f"{self.folder}/log", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def ask(self, method, parameters=None):
        replies = super().ask(method, parameters)
        self.heard.append(replies)
        return replies

    def error(self, method, parameters=None):
        """The name of the error that a call is answered with; nil when there is none."""
        replies = self.ask(method, parameters)
        must(replies is not None, f"{method}: no answer")
        return replies[-1].get("error", "").rsplit(".", 1)[-1]

    def account(self, name="me"):
        for reply in self.ask("Status") or []:
            for account in reply["parameters"].get("accounts") or []:
                if account["name"] == name:
                    return account
        raise Broken(f"no account {name}")

    def descriptors(self):
        """How many it has open, but for files and connections to providers, which come and go."""
        folder, count = f"/proc/{self.daemon.pid}/fd", 0
        with open("/proc/net/unix") as file:
            local = {line.split()[6] for line in file.readlines()[1:]}
        for number in os.listdir(folder):
            with contextlib.suppress(OSError):
                path = os.readlink(f"{folder}/{number}")
                found = re.fullmatch(r"socket:\[(\d+)\]", path)
                count += found[1] in local if found else not path.startswith("/")
        return count

    def memory(self):
        """The most memory that it ever had, in MB."""
        with open(f"/proc/{self.daemon.pid}/status") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) / 1024

    def states(self):
        """(account, day, sha256, state) of every stored day, of a daemon that runs or not."""
        return sorted(self.rows())

    def tree(self, below="archive"):
        """Path and content of every file in the archive; None for what is no file."""
        out, top = {}, f"{self.folder}/state/{below}"
        for folder, _, names in os.walk(top):
            for name in names:
                path = f"{folder}/{name}"
                plain = os.path.isfile(path) and not os.path.islink(path)
                out[os.path.relpath(path, top)] = open(path, "rb").read() if plain else None
        return out

    def day_file(self, day, account="me"):
        return (f"{self.folder}/state/archive/{account}/steps/"
                f"{day[:4]}/{day[5:7]}/{day}.json")

    # Those who talk to it.

    def resync(self):
        """Every day is to be read again; that is not waited for."""
        with self.wire() as wire:
            return wire.call(
                '{"method":"org.daybook.Control.Resync","parameters":{"account":"me","all":true}}')

    def daybook(self, *words, typed=None, environment=None, before=()):
        """Runs the command to its end."""
        ran = subprocess.run(
            [*before, f"{self.build}/daybook", "--socket", self.socket, *words],
            input=typed, capture_output=True, text=True, errors="replace", timeout=120,
            env={"PATH": os.environ["PATH"], "HOME": self.folder, **(environment or {})})
        self.printed.append(ran.stdout + ran.stderr)
        return ran

    def wire(self):
        return Wire(self.socket)

    def opened(self):
        """Lets another user in, as the group of the socket does."""
        os.chown(self.socket, 0, NOBODY)


def while_working(home, attack, days=20, seconds=90):
    """Attacks again and again until so many more days have come meanwhile; afterwards the daemon
    has no more descriptors open than before, and serves."""
    must(home.wait(30, lambda: home.provider.reads), "no day comes")
    before, open_before = len(home.provider.reads), home.descriptors()
    end = time.monotonic() + seconds
    while len(home.provider.reads) < before + days:
        attack()
        must(home.runs(), "it has ended")
        must(time.monotonic() < end, f"{len(home.provider.reads) - before} days in {seconds} s")
    must(home.wait(30, lambda: home.descriptors() <= open_before),
         f"{open_before} descriptors before, {home.descriptors()} after")
    must(home.ask("Status"), "it serves nobody")
    must(home.memory() < 64, f"{home.memory():.0f} MB")
