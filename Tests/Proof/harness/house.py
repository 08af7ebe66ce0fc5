"""One installation on a disk of its own: the real daemon, its folders, and what can be seen of it."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.parse

from holdings import Holdings

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


class House(Holdings):
    """The daemon's state may be on a disk of its own, and what it says may go elsewhere."""

    # The longest that a call of the daemon may take.
    timeout = "5s"

    def __init__(self, folder, build, preload, provider, login=False, state=None, log=None):
        self.folder, self.build, self.preload = folder, build, preload
        self.state, self.log_path = state or f"{folder}/state", log or f"{folder}/log"
        self.daemon = None
        # What the daemon finds in its environment, and what stands before it on its command line:
        # `unshare ...` where it is to see another file system.
        self.environment = {}
        self.before = []
        # Seconds that are waited for work to be done.
        self.patience = 8
        # Files with this in their path are never synced: what a proof must see.
        self.unsynced = None
        self.provider = provider
        for path in (self.state, f"{folder}/run", f"{folder}/providers"):
            os.makedirs(path, mode=0o700, exist_ok=True)
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
        lines = "".join(f"  {name}: {{provider: days, timeout: {self.timeout}{client}}}\n"
                        for name in names)
        self.write("daybook.yaml", clients + "accounts:\n" + lines)

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(text)

    # The daemon.

    def start(self, at=0, mode="", count=None, since=None):
        environment = dict(self.environment)
        if self.preload:
            environment |= {"LD_PRELOAD": self.preload, "POINTS_ROOT": self.state,
                            "POINTS_AT": str(at), "POINTS_MODE": mode}
        for name, value in (("COUNT", count), ("SINCE", since), ("UNSYNCED", self.unsynced)):
            if value:
                environment[f"POINTS_{name}"] = value
        log = open(self.log_path, "ab")
        self.daemon = subprocess.Popen(
            [*self.before, f"{self.build}/daybookd", "--config", f"{self.folder}/daybook.yaml",
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

    def begin_login(self, account="me"):
        """Where the sign-in of a code that now begins comes back to, and its `state`."""
        url = self.ask("LoginBegin", {"account": account})[0]["parameters"]["url"]
        fields = dict(urllib.parse.parse_qsl(url.split("?")[1]))
        return fields["redirect_uri"], fields["state"]

    def sign_in(self, code="C", account="me"):
        """As a person does; the daemon's replies."""
        back, state = self.begin_login(account)
        code = urllib.parse.quote(code, safe="")
        url = f"{back}?code={code}&state={state}"
        return self.ask("LoginComplete", {"account": account, "url": url})

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
        """The streams of all accounts, whose `standings` are kept; None when the daemon does not
        answer."""
        replies = self.ask("Status")
        self.standings = []
        if not replies or any("error" in reply for reply in replies):
            return None
        out = []
        for reply in replies:
            for account in reply["parameters"].get("accounts") or []:
                out += account.get("streams") or []
                self.standings.append(account["state"])
        return out

    def complete(self, days):
        """Every day of every stream is stored, and none waits."""
        streams = self.streams()
        return bool(streams) and all(
            s["open"] + s["final"] == days and s["missing"] + s["failing"] + s["damaged"] == 0
            for s in streams)

    def is_stuck(self):
        """It waits for something that will not come, as a proof knows that lets it fail."""
        return False

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
        if mends:
            self.wait(patience, self.streams)
            self.verify({"deep": True, "repair": True, "yes": True})
        if not self.wait(patience, lambda: self.complete(days)):
            problems.append(f"not every day came: {self.streams()} {self.standings}")
        verified = self.verify({"deep": True})
        findings = [f for reply in verified or [] for f in reply["parameters"].get("findings") or []
                    if not f["path"].endswith("2001-01-01.json")]
        if verified is None or findings:
            problems.append(f"a second repair would find {findings}")
        if self.end(signal.SIGTERM) != 0:
            problems.append("it did not stop in order")
        return problems
