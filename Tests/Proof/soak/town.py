"""Fifty accounts at five simulated providers, over real sockets, with fast windows and faults."""

import json
import os
import re
import subprocess
import time
import urllib.request

import holdings
from home import Home

DAYS = 60
SECRET = "s3cret-of-the-simulator"
BACK = "http://127.0.0.1:8754/"
# Of each hundred calls about two go wrong.
FAULTS = [
    "data:status=503@rate=0.003", "data:status=500,processed@rate=0.002",
    "data:cut=200,framing=length@rate=0.003", "data:cut=200,framing=chunked@rate=0.002",
    "data:cut=200,framing=close@rate=0.002", "data:gzip=cut@rate=0.002",
    "data:status=429,retry-after=2@rate=0.001", "any:reset@rate=0.002", "data:delay=3@rate=0.003",
    "data:html@rate=0.001", "data:stall=50@rate=0.0003", "token:status=503@rate=0.05",
]


class Kind:
    """A provider, its accounts, and its windows: name -> (seconds, limit), the same on both sides.
    Some days of one of its accounts are asked for again every so many seconds: about half of what
    the windows let through."""

    def __init__(self, name, count, windows, words, streams=(), client=None, every=2):
        self.name, self.count, self.windows, self.words = name, count, windows, words
        self.streams, self.client, self.every = streams, client, every

    def account(self, number):
        return f"{self.name}-{number:02}"

    @property
    def accounts(self):
        return [self.account(number) for number in range(self.count)]


KINDS = [
    Kind("moves", 16, {"minute": (2, 20), "hour": (40, 380)},
         ["--minute", "2", "--minute-limit", "20", "--hour", "40", "--hour-limit", "380",
          "--no-fresh-doubles", "--token-life", "120", "--grace", "until-used",
          "--redirect-uri", BACK], client="daybook"),
    Kind("fitbit", 12, {"hour": (4, 6)},
         ["--hour", "4", "--hour-limit", "6", "--token-life", "120", "--point-every", "60"],
         ["steps", "heart", "sleep"], client="daybook"),
    Kind("google-health", 12, {"minute": (4, 6)},
         ["--minute", "4", "--minute-limit", "6", "--token-life", "120", "--point-every", "60"],
         ["steps", "weight", "sleep"], client="daybook.apps.googleusercontent.com"),
    Kind("fitbit-site", 2, {}, ["--gap", "1", "--session-life", "120"], every=30),
    Kind("owntracks", 8, {}, [], every=3),
]
# Comes and goes beside the others.
GUEST = "guest"


class Simulator:
    """`daybook-sim` of one kind."""

    def __init__(self, build, kind, seed, log):
        words = [*kind.words, "--days", str(DAYS), "--seed", str(seed)]
        if kind.name == "owntracks":
            for number in range(kind.count):
                words += ["--device", f"jane/phone{number}"]
        else:
            words += ["--persons", str(kind.count), "--zone", "UTC=+0000"]
        self.kind = kind
        self.process = subprocess.Popen(
            [f"{build}/daybook-sim", kind.name, *words], stdout=subprocess.PIPE, stderr=log,
            text=True, stdin=subprocess.DEVNULL)
        self.origin = self.process.stdout.readline().split()[1]

    def post(self, path):
        with urllib.request.urlopen(f"{self.origin}/sim/{path}", data=b"", timeout=30):
            pass

    def break_things(self):
        for rule in FAULTS:
            self.post(f"faults?add={rule.replace('+', '%2B')}")

    def mend_things(self):
        self.post("faults?clear")

    def change(self, number, day):
        """An old day of a person is another one from now on."""
        if self.kind.name != "owntracks":
            self.post(f"{self.kind.name}/late?day={holdings.date(day)}&person={number}")

    def refused(self):
        """Calls that came when no window had room."""
        with urllib.request.urlopen(f"{self.origin}/sim/stats", timeout=30) as answer:
            stats = json.load(answer)
        return stats[self.kind.name.replace("-", "_")].get("refused", 0)

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)


class Town(Home):
    """The installation; its provider is the list of simulators."""

    timeout = "10s"

    def furnish(self, simulators, login):
        self.simulators = simulators
        self.write("secret", SECRET + "\n")
        for simulator in simulators:
            self.write(f"providers/{simulator.kind.name}.yaml", provider_file(simulator.kind))
        self.settle(with_guest=False)

    def settle(self, with_guest):
        clients, accounts = "", ""
        for simulator in self.simulators:
            kind = simulator.kind
            if kind.client:
                clients += (f"  {kind.name}: {{provider: {kind.name}, client_id: {kind.client}, "
                            f"client_secret_file: {self.folder}/secret}}\n")
            for number, name in enumerate(kind.accounts):
                accounts += self.line(name, simulator, number)
            if kind.name == "owntracks" and with_guest:
                accounts += self.line(GUEST, simulator, 0)
        self.write("daybook.yaml", f"clients:\n{clients}accounts:\n{accounts}")

    def line(self, name, simulator, number):
        kind = simulator.kind
        more = f", client: {kind.name}" if kind.client else ""
        if kind.streams:
            more += f", streams: [{', '.join(kind.streams)}]"
        if kind.name == "owntracks":
            more += f", zone: UTC, params: {{user: jane, device: phone{number}}}"
        if kind.name == "fitbit-site":
            more += f", since: {holdings.date(self.first_day())}"
        return (f"  {name}: {{provider: {kind.name}, origin: '{simulator.origin}', "
                f"timeout: {self.timeout}{more}}}\n")

    @staticmethod
    def first_day():
        return int(time.time()) // 86400 - DAYS + 1

    # Signing in, as fifty persons do.

    def sign_everybody_in(self):
        for simulator in self.simulators:
            if simulator.kind.name == "owntracks":
                continue
            for number, name in enumerate(simulator.kind.accounts):
                reply = self.sign_one_in(simulator, number, name)
                if "error" in reply:
                    raise RuntimeError(f"{name} is not signed in: {reply}")

    def sign_one_in(self, simulator, number, name):
        if simulator.kind.name == "fitbit-site":
            self.ask("LoginBegin", {"account": name})
            email = "jane@example.org" if number == 0 else f"jane+{number}@example.org"
            fields = {"user": email, "password": "s3cret of the simulator"}
            return self.ask("LoginComplete", {"account": name, "fields": fields})[0]
        url = self.ask("LoginBegin", {"account": name})[0]["parameters"]["url"]
        back = subprocess.run(
            [f"{self.build}/daybook-sim", "agree", url, "--person", str(number)],
            stdout=subprocess.PIPE, text=True, timeout=60, check=True).stdout.strip()
        return self.ask("LoginComplete", {"account": name, "url": back})[0]

    # What can be seen.

    def counts(self):
        """Days in each state over all accounts."""
        out = {}
        for stream in self.streams() or []:
            for state, count in stream.items():
                if state != "name":
                    out[state] = out.get(state, 0) + count
        return out

    def troubled(self):
        """Accounts with a day that is not here."""
        out = []
        for reply in self.ask("Status") or []:
            for account in reply["parameters"].get("accounts") or []:
                if any(s["missing"] + s["failing"] + s["damaged"] for s in account["streams"]):
                    out.append(account["name"])
        return out


def provider_file(kind):
    """The file that comes with Daybook, its windows made fast; of a service that has not ended."""
    here = os.path.join(os.path.dirname(__file__), "../../../etc/daybook/providers")
    with open(f"{here}/{kind.name}.yaml") as file:
        text = re.sub(r"(?m)^(sunset|successor):.*\n", "", file.read())
    for name, (seconds, limit) in kind.windows.items():
        text, count = re.subn(
            rf"name: {name}, seconds: \d+, limit: \d+",
            f"name: {name}, seconds: {seconds}, limit: {limit}", text)
        if count != 1:
            raise RuntimeError(f"{kind.name}.yaml has no window {name} as it was")
    return text
