"""One installation on a disk of its own: the real daemon, its folders, and what can be seen of it."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

PROVIDER = """name: days
title: Days
login: {login}
urls: {{{urls}}}
account:
  first_day: {{get: /me, at: /first, form: ymd}}
{more}streams:
  - name: steps
    request: {{get: "/day/{{start}}"}}
    window: {{form: ymd, ends: "[]"}}
    items: /items
    belongs: {{at: /day, form: ymd}}
"""


def date(number):
    """A day as the ledger counts it."""
    return time.strftime("%Y-%m-%d", time.gmtime(number * 86400))


class House:
    """The daemon's state may be on a disk of its own, and what it says may go elsewhere."""

    def __init__(self, folder, build, preload, provider, login=False, state=None, log=None):
        self.folder, self.build, self.preload = folder, build, preload
        self.state, self.log = state or f"{folder}/state", log or f"{folder}/log"
        self.daemon = None
        # Seconds that are waited for work to be done.
        self.patience = 8
        # Files with this in their path are never synced: what a proof must see.
        self.unsynced = None
        self.provider = provider
        for path in (self.state, f"{folder}/run", f"{folder}/providers"):
            os.makedirs(path, mode=0o700, exist_ok=True)
        api = f"api: {provider.origin}"
        if login:
            urls = f"{api}, authorize: {provider.origin}/authorize, token: {provider.origin}/token"
            more = "  id: {get: /me, at: /id}\npkce: true\n"
        else:
            urls, more = api, ""
        kind = "code" if login else "none"
        self.write("providers/days.yaml", PROVIDER.format(login=kind, urls=urls, more=more))
        self.write("secret", "s3cret\n")
        self.accounts(["me"], login)

    def accounts(self, names, login=False):
        clients, client = "", ""
        if login:
            clients = ("clients:\n  app: {provider: days, client_id: id, "
                       f"client_secret_file: {self.folder}/secret}}\n")
            client = ", client: app"
        lines = "".join(f"  {name}: {{provider: days, timeout: 5s{client}}}\n" for name in names)
        self.write("daybook.yaml", clients + "accounts:\n" + lines)

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(text)

    # The daemon.

    def start(self, at=0, mode="", count=None):
        environment = {"LD_PRELOAD": self.preload, "POINTS_ROOT": self.state,
                       "POINTS_AT": str(at), "POINTS_MODE": mode}
        if count:
            environment["POINTS_COUNT"] = count
        if self.unsynced:
            environment["POINTS_UNSYNCED"] = self.unsynced
        log = open(self.log, "ab")
        self.daemon = subprocess.Popen(
            [f"{self.build}/daybookd", "--config", f"{self.folder}/daybook.yaml",
             "--providers", f"{self.folder}/providers", "--state", self.state,
             "--runtime", f"{self.folder}/run", "--verbose"],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment)
        log.close()

    def runs(self):
        return self.daemon is not None and self.daemon.poll() is None

    def end(self, number=signal.SIGKILL):
        if self.runs():
            self.daemon.send_signal(number)
        status = self.daemon.wait(timeout=30) if self.daemon else None
        self.daemon = None
        return status

    def ask(self, method, parameters=None):
        """The replies to one call, or None when nobody answers."""
        try:
            with socket.socket(socket.AF_UNIX) as wire:
                wire.settimeout(self.patience)
                wire.connect(f"{self.folder}/run/control.sock")
                call = {"method": f"org.daybook.Control.{method}", "parameters": parameters or {}}
                if method in ("Status", "Verify", "Resync"):
                    call["more"] = True
                wire.sendall(json.dumps(call).encode() + b"\0")
                replies, rest = [], b""
                while True:
                    piece = wire.recv(65536)
                    if not piece:
                        return None
                    rest += piece
                    while b"\0" in rest:
                        text, rest = rest.split(b"\0", 1)
                        reply = json.loads(text)
                        replies.append(reply)
                        if not reply.get("continues"):
                            return replies
        except (OSError, ValueError):
            return None

    def verify(self, parameters):
        """The replies to a verify, once none other is under way."""
        replies = None

        def answered():
            nonlocal replies
            replies = self.ask("Verify", parameters)
            return replies is None or "Busy" not in replies[-1].get("error", "")

        self.wait(10, answered)
        return replies

    def streams(self):
        """The streams of all accounts; None when the daemon does not answer."""
        replies = self.ask("Status")
        if not replies or any("error" in reply for reply in replies):
            return None
        out = []
        for reply in replies:
            for account in reply["parameters"].get("accounts") or []:
                out += account.get("streams") or []
        return out

    def complete(self, days):
        """Every day of every stream is stored, and none waits."""
        streams = self.streams()
        return bool(streams) and all(
            s["open"] + s["final"] == days and s["missing"] + s["failing"] + s["damaged"] == 0
            for s in streams)

    def wait(self, seconds, condition):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.004)
        return False

    def recover(self, days, mends=False, patience=20):
        """Starts it undisturbed, and stops it in order; what is wrong meanwhile. Where it mends, a
        repair is asked for."""
        problems = []
        self.start()
        if not self.wait(patience, lambda: self.complete(days)):
            problems.append(f"not every day came: {self.streams()}")
        if mends:
            self.verify({"deep": True, "repair": True, "yes": True})
            self.wait(patience, lambda: self.complete(days))
        verified = self.verify({"deep": True})
        findings = [f for reply in verified or [] for f in reply["parameters"].get("findings") or []
                    if not f["path"].endswith("2001-01-01.json")]
        if verified is None or findings:
            problems.append(f"a second repair would find {findings}")
        if self.end(signal.SIGTERM) != 0:
            problems.append("it did not stop in order")
        return problems

    # What is on the disk.

    def acknowledged(self):
        """Days that the daemon has said are stored."""
        with open(self.log, errors="replace") as file:
            return {found[1] for line in file if (found := re.search(r"stored (\d{4}-\d\d-\d\d)", line))}

    def said(self, words):
        """How often the daemon has said something."""
        with open(self.log, errors="replace") as file:
            return file.read().count(words)

    def database(self, name):
        """A copy of ledger.sqlite, say, so that recovering it stays the daemon's affair; None where
        there is none."""
        if not os.path.exists(f"{self.state}/{name}"):
            return None
        copy = f"{self.folder}/copy"
        shutil.rmtree(copy, ignore_errors=True)
        os.mkdir(copy)
        for file in (name, f"{name}-wal"):
            if os.path.exists(f"{self.state}/{file}"):
                shutil.copy(f"{self.state}/{file}", f"{copy}/{file}")
        return sqlite3.connect(f"{copy}/{name}")

    def select(self, name, query):
        """What a query finds in a database; nothing where it, or the table, is not there yet."""
        database = self.database(name)
        if not database:
            return []
        with contextlib.closing(database):
            try:
                return database.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []

    def rows(self):
        """(account, day, sha256) of every stored day; the daemon must not run."""
        return self.select(
            "ledger.sqlite", "SELECT account.name, day, sha256, day.state FROM day JOIN account "
            "ON account.id = day.account WHERE day.state IN (1, 2)")

    def path(self, account, day):
        return f"{self.state}/archive/{account}/steps/{day[:4]}/{day[5:7]}/{day}.json"

    def lies(self, excused=()):
        """Rows without their file, whole and of that hash; the excused are days damaged on
        purpose."""
        out = []
        for account, number, sha256, _ in self.rows():
            day = date(number)
            if day in excused:
                continue
            try:
                with open(self.path(account, day), "rb") as file:
                    body = file.read()
            except OSError:
                out.append(f"{day}: no file")
                continue
            if hashlib.sha256(body).digest() != sha256 or json.loads(body)["day"] != day:
                out.append(f"{day}: another file")
        return out

    def temporaries(self):
        return [name for _, _, names in os.walk(f"{self.state}/archive")
                for name in names if ".tmp-" in name]
