"""A house with an account for each case, whose daemon takes our authority and our name server for
the system's: it runs in a mount namespace of its own, and nothing outside is touched."""

import calendar
import os
import re
import sqlite3
import time

import holdings
import house

# What the provider files say beside the usual, and the streams after theirs.
BURST = "windows:\n  - {name: burst, seconds: %d, limit: %d, per: user}\n"
METERS = """meters:
  - {header: X-Limit, says: limit, window: burst}
  - {header: X-Left, says: left, window: burst}
  - {header: X-Reset, says: resets_in, window: burst}
"""
PULSE = """  - name: pulse
    request: {get: "/pulse/{start}"}
    window: {form: ymd, ends: "[]"}
    items: /items
    belongs: {at: /day, form: ymd}
"""
PROVIDERS = {
    "days": ("", ""),
    "open": ("", ""),
    "two": ("", PULSE),
    "reach": ("answers:\n  - {call: data, status: 404, means: past_reach}\n", ""),
    "window": (BURST % (2, 50), ""),
    "paced": (BURST % (1, 4), ""),
    "meters": (BURST % (3, 4) + METERS, ""),
}
SIGN_IN = "  id: {get: /me, at: /id}\npkce: true\nclient: public\n"


class Lodging(house.House):
    """Its provider is a list of hosts, one for each account."""

    def furnish(self, hosts, login):
        self.hosts, self.known, self.read = hosts, set(), 0
        for name, (more, streams) in PROVIDERS.items():
            self.write(f"providers/{name}.yaml", self.provider_file(name, more) + streams)
        clients = "".join(f"  app-{name}: {{provider: {name}, client_id: id}}\n"
                          for name in PROVIDERS if name != "open")
        accounts = "".join(self.account(host) for host in hosts)
        self.write("daybook.yaml", f"clients:\n{clients}accounts:\n{accounts}")

    def provider_file(self, name, more):
        here = "http://127.0.0.1:1"
        urls = f"api: '{here}', authorize: '{here}/authorize', token: '{here}/token'"
        if name == "open":
            return house.PROVIDER.format(name=name, login="none", urls=f"api: '{here}'", more="")
        return house.PROVIDER.format(name=name, login="code", urls=urls, more=SIGN_IN + more)

    def account(self, host):
        case = host.case
        client = f", client: app-{case.provider}" if case.provider != "open" else ""
        return (f"  {host.name}: {{provider: {case.provider}, origin: '{host.origin}', "
                f"timeout: {case.timeout}{client}}}\n")

    def see(self, authorities, resolver):
        """Lets the daemon see these files in the places of the system's."""
        mounts = (f"mount --bind {authorities} /etc/ssl/certs/ca-certificates.crt && "
                  f"mount --bind {resolver} /etc/resolv.conf && exec \"$0\" \"$@\"")
        self.before = ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", mounts]

    def resync(self, name, day):
        self.ask("Resync", {"account": name, "from": day, "to": day}, more=False)

    # What can be seen of it.

    def statuses(self):
        """The status of each account, by name; empty when the daemon does not answer."""
        out = {}
        for reply in self.ask("Status") or []:
            for account in reply.get("parameters", {}).get("accounts") or []:
                out[account["name"]] = account
        return out

    def days(self, name):
        """The character of each day, by stream and day."""
        out = {}
        for reply in self.ask("Days", {"account": name}, more=True) or []:
            row = reply["parameters"]
            if "from" not in row:
                continue
            first = holdings.number(row["from"])
            out[row["stream"]] = {
                holdings.date(first + i): state for i, state in enumerate(row["days"])}
        return out

    def reasons(self):
        """(reason, next_at, attempts) of each day's row, by account, stream and day."""
        out = {}
        path = f"file:{self.folder}/state/ledger.sqlite?mode=ro"
        with sqlite3.connect(path, uri=True) as ledger:
            for row in ledger.execute(
                    "SELECT account.name, stream.name, day, reason, next_at, attempts FROM day "
                    "JOIN account ON account.id = day.account JOIN stream "
                    "ON stream.account = day.account AND stream.stream = day.stream"):
                out[row[0], row[1], holdings.date(row[2])] = row[3:]
        return out

    def files(self, name):
        """The bytes of every file below an account's folder, by path."""
        out = {}
        top = f"{self.folder}/state/archive/{name}"
        for folder, _, names in os.walk(top):
            for file in names:
                path = f"{folder}/{file}"
                try:
                    with open(path, "rb") as opened:
                        out[os.path.relpath(path, top)] = opened.read()
                except FileNotFoundError:
                    # A temporary file that has got its name, or has gone.
                    continue
        return out

    def journal(self, name):
        with open(f"{self.folder}/log", errors="replace") as file:
            return [line for line in file if re.search(rf" {name}[ :]", line)]

    def follow(self):
        """(account, day) of each day that the daemon has said is stored, so far."""
        with open(f"{self.folder}/log", errors="replace") as file:
            file.seek(self.read)
            self.known |= set(re.findall(r" (\S+) steps: stored (\S+)\n", file.read()))
            self.read = file.tell()
        return self.known

    def measure(self, what):
        """A number of /proc: VmHWM in kB, or the seconds of processor time."""
        if what == "cpu":
            with open(f"/proc/{self.daemon.pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        with open(f"/proc/{self.daemon.pid}/status") as file:
            return int(re.search(rf"{what}:\s+(\d+)", file.read())[1])


def moment(text):
    """Seconds since 1970 of a moment in a reply."""
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))


def stored(status):
    """How many days of an account are stored."""
    return sum(stream["open"] + stream["final"] for stream in status["streams"])


def path(stream, day):
    """Of a day's file, below the folder of its account."""
    return f"{stream}/{day[:4]}/{day[5:7]}/{day}.json"
