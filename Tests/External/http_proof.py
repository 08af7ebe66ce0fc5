"""Daybook against httpbin and mitmproxy: what each row of http_rows.py does to it, and that every
day comes once the trouble is over."""

import concurrent.futures
import json
import os
import re
import signal
import socket

import server
from http_house import RowsHouse
from http_rows import DAYS, HTTPBIN, MITMPROXY
from lab import day
from oauth_proof import tell
from servers import Gunicorn, Mitmproxy

DAY = 'day: "{start}"'
# Where httpbin's answer names the day that was asked for.
BELONGS = {"/anything": "/args/day", "/delay/1": "/args/day", "/etag/x": "/args/day",
           "/response-headers": "/day"}


class Elsewhere:
    """A host that nobody should come to."""

    def __init__(self):
        self.door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.door.setblocking(False)
        self.origin = "http://127.0.0.1:%d" % self.door.getsockname()[1]

    def visits(self):
        count = 0
        while True:
            try:
                self.door.accept()[0].close()
                count += 1
            except BlockingIOError:
                return count

    def close(self):
        self.door.close()


class Play:
    """A table of rows, played at once by one daemon."""

    def __init__(self, lab, rows, site):
        self.rows, self.problems = rows, {row.name: [] for row in rows}
        self.other = Elsewhere()
        lab.open.append(self.other)
        self.site = site(self.other)
        lab.open.append(self.site)
        self.home = RowsHouse(lab.new("house"), lab.build, lab.preload, self.site, rows)
        lab.open.append(self.home)

    def begin(self):
        self.home.start()
        self.home.wait(self.home.patience, self.home.states)

    def note(self, rows, what):
        for row in rows:
            self.problems[row.name].append(what)

    def suffer(self):
        """The trouble, until each row has shown what it should."""
        missed = self.home.missed(self.home.suffers, self.rows)
        states = self.home.states()
        for row in missed:
            account = states.get(row.name, {"state": "gone", "streams": []})
            self.note([row], f"{account['state']}, {self.home.days(account)}")

    def recover(self, *ways):
        """The trouble is over: the days of these rows come."""
        rows = [row for row in self.rows if row.back in ways]
        missed = self.home.missed(
            lambda row, states, log: self.home.recovered(row, states), rows)
        self.note(missed, "not every day came in the end")

    def finish(self):
        if self.other.visits():
            self.note([row for row in self.rows if "redirect" in row.name], "it was followed")
        replies = self.home.verify({"deep": True})
        if replies is None:
            self.note(self.rows[:1], f"verify is not answered; running: {self.home.runs()}; "
                      f"the log ends with {self.home.log()[-400:]!r}")
        for reply in replies or []:
            for finding in reply["parameters"].get("findings") or []:
                self.note([row for row in self.rows if f"{row.name}/" in finding["path"]],
                          f"verify finds {finding}")
        status = self.home.end(signal.SIGTERM)
        if status != 0:
            self.note(self.rows[:1], f"it did not stop in order, but with {status}")
        for row in self.rows:
            if len(self.home.files(row)) != row.days:
                self.note([row], f"{len(self.home.files(row))} files")

    def report(self, title):
        print(f"  {title:<17}{'account':<16}{'days':<9}back by")
        for row in self.rows:
            print(f"    {row.name:<15}{row.account or '-':<16}{row.counted:<9}{row.back or '-'}"
                  + ("" if not self.problems[row.name] else "  NOT so"))
        tell(title, [f"{name}: {problem}" for name, problems in self.problems.items()
                     for problem in problems])
        return sum(bool(problems) for problems in self.problems.values())


class Httpbin(Play):
    def __init__(self, lab):
        super().__init__(lab, HTTPBIN, lambda _: Gunicorn(
            lab.venv, lab.new("httpbin"), "httpbin:app", {}, "--threads", "32",
            "--access-logfile", "-"))
        for row in self.rows:
            self.ask_for(row, row.path, row.query)

    def ask_for(self, row, path, query=""):
        query = query.replace("OTHER", f'"{self.other.origin}/"')
        at = BELONGS.get(path)
        self.home.provider_file(
            row, login="token", origin=self.site.origin, path=path, items="",
            fact="id: {get: /bearer, at: /token}", query=", ".join(filter(None, (DAY, query))),
            belongs=f"belongs: {{at: {at}, form: ymd}}" if at else "")

    def sign_in(self, row):
        self.home.ask("LoginBegin", {"account": row.name})
        reply = self.home.ask(
            "LoginComplete", {"account": row.name, "token": f"bearer-of-{row.name}"})
        if not reply or "error" in reply[-1]:
            self.note([row], f"the sign-in ends with {reply}")

    def mend(self):
        """The provider files ask for what they should; the operator has it read."""
        for row in self.rows:
            if row.back:
                self.ask_for(row, "/anything")
        self.home.ask("Reload")
        for row in self.rows:
            if row.back == "login":
                self.sign_in(row)
        again = [row for row in self.rows if row.back in ("login", "resync")]
        with concurrent.futures.ThreadPoolExecutor(len(again)) as pool:
            list(pool.map(lambda row: self.home.ask(
                "Resync", {"account": row.name, "all": True}), again))

    def unchanged(self):
        """A day is read again with its ETag, and httpbin answers that it has not changed."""
        if not self.home.wait(self.home.patience, lambda: re.search(
                r'"GET /etag/x\S* HTTP/1.1" 304 ', self.site.log())):
            self.note([row for row in self.rows if row.name == "etag"], "no read with its ETag")

    def carried(self):
        """httpbin writes down which bearer it was shown."""
        row = next(row for row in self.rows if row.name == "bearer")
        for path in self.home.files(row):
            with open(path) as file:
                if json.load(file)["headers"].get("Authorization") != "Bearer bearer-of-bearer":
                    self.note([row], "a day was asked for without the bearer")

    def play(self):
        self.begin()
        for row in self.rows:
            self.sign_in(row)
        self.suffer()
        self.mend()
        self.recover("login", "resync", "")
        self.unchanged()
        self.finish()
        self.carried()
        return self.report("httpbin")


class Mitm(Play):
    def __init__(self, lab):
        self.provider = server.Provider([day(ago) for ago in range(DAYS)])
        lab.open.append(self.provider)
        super().__init__(lab, MITMPROXY, lambda other: Mitmproxy(
            lab.venv, lab.new("mitmproxy"), self.provider.origin, other.origin))
        for row in self.rows:
            secure = row.back == "settings"
            self.ask_through(row, self.site.origin.replace("http:", "https:") if secure
                             else self.site.origin)

    def ask_through(self, row, origin):
        self.home.provider_file(
            row, login="none", origin=f"{origin}/{row.name}", path="/day/{start}", query="",
            items="/items", fact="first_day: {get: /me, at: /first, form: ymd}",
            belongs="belongs: {at: /day, form: ymd}")

    def requests(self):
        with open(f"{self.site.folder}/requests") as file:
            return [json.loads(line) for line in file]

    def asked(self, row):
        """When the account of a row has asked for days."""
        return [call["at"] for call in self.requests()
                if call["row"] == row.name and call["path"].startswith("/day/")]

    def look(self):
        """Nobody came before he was asked to, and nobody spoke to whom he does not know."""
        patient = [row for row in self.rows if row.days == 1]
        self.home.wait(
            self.home.patience, lambda: all(len(self.asked(row)) > 1 for row in patient))
        for row in patient:
            at = self.asked(row)
            if len(at) < 2 or min(b - a for a, b in zip(at, at[1:])) < 3:
                self.note([row], f"calls at {at}, against what Retry-After said")
        for row in self.rows:
            if row.back == "settings" and any(call["row"] == row.name for call in self.requests()):
                self.note([row], "a call went through a connection that is not trusted")
        if not os.path.exists(f"{self.site.folder}/handshakes"):
            self.note([row for row in self.rows if row.back == "settings"], "nobody refused it")

    def play(self):
        self.begin()
        self.suffer()
        self.look()
        open(f"{self.site.folder}/over", "w").close()
        self.recover("itself")
        for row in self.rows:
            if row.back == "settings":
                self.ask_through(row, self.site.origin)
        self.home.ask("Reload")
        self.recover("settings")
        self.home.end(signal.SIGTERM)
        self.begin()
        self.recover("restart", "itself", "settings", "")
        self.finish()
        return self.report("mitmproxy")


def play(lab):
    """The figures."""
    bad = [proof(lab).play() for proof in (Httpbin, Mitm)]
    return [
        ("behaviours of httpbin and mitmproxy", len(HTTPBIN) + len(MITMPROXY), ">= 50"),
        ("of them not as they should be", sum(bad), "= 0"),
    ]
