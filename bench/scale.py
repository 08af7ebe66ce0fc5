"""P8: ten thousand accounts under a hundred clients, over a ledger of ten million rows: a hundred
thousand days more, from nginx on loopback.

Whose turn it was is told by the order in which nginx was asked.
"""

import collections
import contextlib
import os
import re
import signal
import sqlite3
import struct
import tempfile
import time

import fetching
import holdings
import nginx
import starts
import transfers

ACCOUNTS, CLIENTS, STREAMS = 10_000, 100, 5
# Days of each stream of each account that are there, and that are not.
HELD, NEW = 200, 2
# Calls of a turn: Limits.callsInTurn.
TURN = 4
STREAM = """  - name: s{number}
    request: {{get: "/day/{{user}}/{number}/{{start}}"}}
    window: {{form: ymd, ends: "[]"}}
    items: /items
"""


def jain(shares):
    """1 where all have the same, 1/n where one has everything."""
    shares = list(shares)
    return sum(shares) ** 2 / (len(shares) * sum(share * share for share in shares))


class Crowd(starts.Archive, fetching.Fetching):
    people = ACCOUNTS

    def furnish(self, provider, login):
        super().furnish(provider, login)
        origin = provider.origin
        self.write("providers/days.yaml", fetching.provider(
            (STREAM.format(number=number) for number in range(STREAMS)),
            login="code", more="pkce: true\nparams: [user]\n",
            urls=f"api: {origin}, authorize: {origin}/authorize, token: {origin}/token"))
        self.today = int(time.time()) // 86_400
        self.settle(self.people, self.today - NEW + 1)

    def settle(self, people, since):
        clients = "".join(f"  c{n:02}: {{provider: days, client_id: c{n:02}, "
                          f"client_secret_file: {self.folder}/secret}}\n" for n in range(CLIENTS))
        self.write("daybook.yaml", f"clients:\n{clients}accounts:\n" + "".join(
            f"  a{n:05}: {{provider: days, client: c{n % CLIENTS:02}, since: {holdings.date(since)}, "
            f"params: {{user: a{n:05}}}}}\n" for n in range(people)))

    def sign_in(self):
        """Everybody, for ever."""
        now = int(time.time())
        with contextlib.closing(sqlite3.connect(f"{self.state}/accounts.sqlite")) as book, book:
            book.executemany(
                "INSERT INTO grant_ (account, access, received_at, scopes, proven, generation) "
                "VALUES (?, 'token', ?, '', 1, 1)", ((f"a{n:05}", now) for n in range(self.people)))

    def begin(self):
        self.launch()
        if not self.wait(300, lambda: time.sleep(0.01) or not self.runs() or not self.ready.empty()):
            raise RuntimeError("it does not get ready")
        if self.ready.empty():
            with open(self.log_path) as log:
                raise RuntimeError("it ended:\n" + "".join(log.readlines()[-3:]))
        return self.ready.get()

    def grow(self):
        """Before the days that are not there, as many as make ten million rows are."""
        first, last, now = self.today - NEW - HELD + 1, self.today - NEW, int(time.time())
        with contextlib.closing(sqlite3.connect(f"{self.state}/ledger.sqlite")) as ledger, ledger:
            ledger.execute("PRAGMA synchronous = OFF")
            ledger.execute(
                "WITH RECURSIVE n(day) AS (SELECT ? UNION ALL SELECT day + 1 FROM n WHERE day < ?) "
                "INSERT INTO day (account, stream, day, state, reads, read_at, fetched_at, size, "
                "items, sha256, digest) SELECT account, stream, n.day, 2, 2, ?, ?, 20000, 40, "
                "randomblob(32), randomblob(32) FROM stream, n ORDER BY account, stream, n.day",
                (first, last, now, now))
            ledger.execute("UPDATE stream SET first = ?, n_final = n_final + ?, "
                           "n_confirmed = n_confirmed + ?", (first, HELD, HELD))
            rows, = ledger.execute("SELECT count(*) FROM day").fetchone()
        self.settle(self.people, first)
        return rows

    def memory(self):
        with open(f"/proc/{self.daemon.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) * 1024

    def idle(self):
        """Bytes that it holds a while after a start, with nothing to do."""
        self.begin()
        time.sleep(5)
        held = self.memory()
        self.end(signal.SIGTERM)
        return held


class Asked:
    """The calls in the order in which nginx was asked: the account of each."""

    def __init__(self, path):
        with open(path) as file:
            self.accounts = [int(found[1]) for line in file
                             if (found := re.search(r"/day/a(\d+)/", line))]

    def fairness(self):
        """Of the accounts' shares after a turn of everybody; of the clients' after a tenth of all."""
        turn = collections.Counter(self.accounts[:ACCOUNTS * TURN])
        tenth = collections.Counter(a % CLIENTS for a in self.accounts[:len(self.accounts) // 10])
        return (jain(turn[n] for n in range(ACCOUNTS)), jain(tenth[n] for n in range(CLIENTS)))

    def longest_wait(self):
        """The most calls of others of the same client between two of an account, in turns of all."""
        calls, last, longest = collections.Counter(), {}, 0
        for account in self.accounts:
            client = account % CLIENTS
            if account in last:
                longest = max(longest, calls[client] - last[account] - 1)
            calls[client] += 1
            last[account] = calls[client] - 1
        return longest / (ACCOUNTS // CLIENTS * TURN)


def flushes(folder):
    """How often a database was synced."""
    with open(f"{folder}/flushes", "rb") as file:
        return struct.unpack("qq", file.read())[1]


def play(options, folder):
    source = nginx.Nginx(f"{folder}/nginx", "2000-01-01", log=f"{folder}/asked")
    crowd = Crowd(f"{folder}/ours", options.build, None, source)
    crowd.environment |= {"LD_PRELOAD": f"{options.out}/flushes.so", "FLUSHES": f"{folder}/flushes"}
    try:
        crowd.begin()
        crowd.end(signal.SIGTERM)
        crowd.sign_in()
        rows = crowd.grow()
        print(f"  {rows:,} rows", flush=True)
        os.truncate(f"{folder}/asked", 0)
        begun = crowd.begin()
        before, commits = crowd.processor_seconds(), flushes(folder)
        wanted = ACCOUNTS - crowd.said("every day is here")
        if not crowd.wait(900, lambda: time.sleep(0.2) or crowd.said("every day is here") >= wanted):
            raise RuntimeError("not every day came")
        wall, busy = time.monotonic() - begun, crowd.processor_seconds() - before
        commits = flushes(folder) - commits
        most = crowd.memory()
        crowd.end(signal.SIGTERM)
        held = crowd.idle()
        crowd.settle(1, crowd.today)
        alone = crowd.idle()
        asked = Asked(f"{folder}/asked")
        return wall, busy, commits, most, (held - alone) / (ACCOUNTS - 1), asked
    finally:
        crowd.end()
        source.end()


def rows(options):
    bench = transfers.Bench(options)
    try:
        alone = min(bench.ours().wall for _ in range(3))
    finally:
        bench.close()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.out) as folder:
        os.chmod(folder, 0o755)
        wall, busy, commits, most, each, asked = play(options, folder)
    count = len(asked.accounts)
    accounts, clients = asked.fairness()
    print(f"  {count} days in {wall:.0f} s, {busy * 1000 / count:.2f} ms of CPU a day, "
          f"{most / 2**20:.0f} MiB", flush=True)
    speed = (count / wall) / (transfers.COUNT / alone)
    return [
        ("P8", "days a second, beside one account (P1)", f"{speed:.2f} x", ">= 1 x"),
        ("P8", "memory of an idle account", f"{each / 1024:.1f} kB", "<= 8 kB"),
        ("P8", "days a commit", f"{count / commits:.1f}", "report"),
        ("P8", "fairness between accounts (Jain), after a turn", f"{accounts:.4f}", ">= 0.99"),
        ("P8", "fairness between clients (Jain), at a tenth", f"{clients:.4f}", ">= 0.99"),
        ("P8", "longest wait of an account, in turns of all", f"{asked.longest_wait():.2f}", "<= 1.1"),
    ]
