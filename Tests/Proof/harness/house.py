"""One installation on a disk of its own: the real daemon, its folders, and what can be seen of it."""

import calendar
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
import urllib.parse

PROVIDER = """name: {name}
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
    """YYYY-MM-DD of a day's number, which counts from 1970."""
    return time.strftime("%Y-%m-%d", time.gmtime(number * 86400))


def number(day):
    return calendar.timegm(time.strptime(day, "%Y-%m-%d")) // 86400


class House:
    def __init__(self, folder, build, preload, provider, login=False):
        self.folder, self.build, self.preload = folder, build, preload
        self.daemon = None
        # What the daemon is started by: `unshare ...` where it is to see another file system.
        self.prefix = []
        # Seconds that are waited for work to be done.
        self.patience = 8
        self.provider = provider
        for name in ("state", "run", "providers"):
            os.makedirs(f"{folder}/{name}", mode=0o700, exist_ok=True)
        self.furnish(provider, login)

    def furnish(self, provider, login):
        """The settings of one account at one provider."""
        api = f"api: {provider.origin}"
        if login:
            urls = f"{api}, authorize: {provider.origin}/authorize, token: {provider.origin}/token"
            more = "  id: {get: /me, at: /id}\npkce: true\n"
        else:
            urls, more = api, ""
        kind = "code" if login else "none"
        self.write("providers/days.yaml", PROVIDER.format(
            name="days", login=kind, urls=urls, more=more))
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
        environment = {"POINTS_ROOT": f"{self.folder}/state", "POINTS_AT": str(at),
                       "POINTS_MODE": mode}
        if self.preload:
            environment["LD_PRELOAD"] = self.preload
        if count:
            environment["POINTS_COUNT"] = count
        log = open(f"{self.folder}/log", "ab")
        self.daemon = subprocess.Popen(
            self.prefix + [
             f"{self.build}/daybookd", "--config", f"{self.folder}/daybook.yaml",
             "--providers", f"{self.folder}/providers", "--state", f"{self.folder}/state",
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

    def ask(self, method, parameters=None, more=None):
        """The replies to one call, or None when nobody answers. Without `more` a resync is only
        begun, and one account's days come in one reply."""
        if more is None:
            more = method in ("Status", "Verify", "Resync")
        try:
            with socket.socket(socket.AF_UNIX) as wire:
                wire.settimeout(self.patience)
                wire.connect(f"{self.folder}/run/control.sock")
                call = {"method": f"org.daybook.Control.{method}", "parameters": parameters or {}}
                if more:
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

    def sign_in(self, account):
        """As a person does; whether it worked."""
        begun = self.ask("LoginBegin", {"account": account})
        fields = dict(urllib.parse.parse_qsl(begun[0]["parameters"]["url"].split("?")[1]))
        url = f"{fields['redirect_uri']}?code=C&state={fields['state']}"
        ended = self.ask("LoginComplete", {"account": account, "url": url})
        return bool(ended) and "error" not in ended[-1]

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

    # What is on the disk.

    def acknowledged(self):
        """Days that the daemon has said are stored."""
        with open(f"{self.folder}/log", errors="replace") as file:
            return {found[1] for line in file if (found := re.search(r"stored (\d{4}-\d\d-\d\d)", line))}

    def rows(self):
        """(account, day, sha256) of every stored day; the daemon must not run."""
        path = f"{self.folder}/state/ledger.sqlite"
        if not os.path.exists(path):
            return []
        # A copy, so that recovering the ledger stays the daemon's affair.
        copy = f"{self.folder}/copy"
        shutil.rmtree(copy, ignore_errors=True)
        os.mkdir(copy)
        for name in ("ledger.sqlite", "ledger.sqlite-wal"):
            if os.path.exists(f"{self.folder}/state/{name}"):
                shutil.copy(f"{self.folder}/state/{name}", f"{copy}/{name}")
        with sqlite3.connect(f"{copy}/ledger.sqlite") as ledger:
            try:
                return ledger.execute(
                    "SELECT account.name, day, sha256, day.state FROM day JOIN account "
                    "ON account.id = day.account WHERE day.state IN (1, 2)").fetchall()
            except sqlite3.OperationalError:
                return []

    def lies(self):
        """Rows without their file, whole and of that hash."""
        out = []
        for account, row, sha256, _ in self.rows():
            day = date(row)
            path = f"{self.folder}/state/archive/{account}/steps/{day[:4]}/{day[5:7]}/{day}.json"
            try:
                with open(path, "rb") as file:
                    body = file.read()
            except OSError:
                out.append(f"{day}: no file")
                continue
            if hashlib.sha256(body).digest() != sha256 or json.loads(body)["day"] != day:
                out.append(f"{day}: another file")
        return out

    def temporaries(self):
        return [name for _, _, names in os.walk(f"{self.folder}/state/archive")
                for name in names if ".tmp-" in name]
