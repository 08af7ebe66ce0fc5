"""P9: what a day costs, how long a start takes and how long `daybook status` when the ledger has ten
thousand rows, and up to ten million, of the same accounts and streams."""

import contextlib
import os
import signal
import sqlite3
import statistics
import tempfile
import time

import fetching
import holdings
import house
import nginx
import server
import starts

ACCOUNTS, STREAMS = 20, 64
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
ROUNDS = 3
# Of an account that is new.
DAYS = 1_000
STREAM = """  - name: s{number:02}
    request: {{get: "/s{number:02}/{{start}}"}}
    window: {{form: ymd, ends: "[]"}}
    items: /items
    belongs: {{at: /day, form: ymd}}
"""


class Grown(starts.Archive, fetching.Fetching):
    """Accounts whose days are all there, as the ledger has it, and now and then a new one."""

    people = ACCOUNTS

    def furnish(self, provider, login):
        super().furnish(provider, login)
        self.write("providers/days.yaml", fetching.provider(
            (STREAM.format(number=number) for number in range(STREAMS)),
            login="none", urls=f"api: {provider.origin}", more=""))
        self.today = int(time.time()) // 86_400

    def add(self, name, origin):
        """An account that reads at nginx."""
        text = house.PROVIDER.format(name="new", login="none", urls=f"api: {origin}", more="")
        self.write("providers/new.yaml",
                   "".join(line for line in text.splitlines(True) if "belongs" not in line))
        with open(f"{self.folder}/daybook.yaml", "a") as file:
            file.write(f"  {name}: {{provider: new, since: {holdings.date(self.today - DAYS + 1)}}}\n")

    def grow(self, rows):
        """The ledger has so many rows of days that are done, from the same first day of all."""
        days = rows // (ACCOUNTS * STREAMS)
        first, now = self.today - days + 1, int(time.time())
        self.provider.first = holdings.date(first)
        with contextlib.closing(sqlite3.connect(f"{self.state}/accounts.sqlite")) as book, book:
            book.execute("UPDATE account SET first_day = ? WHERE provider = 'days'", (first,))
        with contextlib.closing(sqlite3.connect(f"{self.state}/ledger.sqlite")) as ledger, ledger:
            ledger.execute("PRAGMA synchronous = OFF")
            ledger.execute(
                "WITH RECURSIVE n(day) AS (SELECT ? UNION ALL SELECT day + 1 FROM n WHERE day < ?) "
                "INSERT OR REPLACE INTO day (account, stream, day, state, reads, read_at, "
                "fetched_at, size, items, sha256, digest) SELECT account, stream, n.day, 2, 2, ?, ?, "
                "20000, 40, randomblob(32), randomblob(32) FROM stream JOIN account AS a "
                "ON a.id = stream.account AND a.provider = 'days', n "
                "ORDER BY account, stream, n.day", (first, self.today, now, now))
            ledger.execute(
                "UPDATE stream SET first = ?, last = ?, n_missing = 0, n_open = 0, n_final = ?, "
                "n_confirmed = ?, n_failing = 0 WHERE account IN "
                "(SELECT id FROM account WHERE provider = 'days')", (first, self.today, days, days))

    def meet(self):
        """The accounts and their streams, with the day of today."""
        self.provider.streams = {f"s{number:02}" for number in range(STREAMS)}
        self.begin()
        if not self.wait(120, lambda: self.said("every day is here") == ACCOUNTS):
            raise RuntimeError("the days of today did not come")
        self.end(signal.SIGTERM)

    def begin(self):
        """Seconds until it says that it is ready."""
        begun = time.monotonic()
        self.launch()
        return self.ready.get(timeout=120) - begun

    def status(self):
        begun = time.monotonic()
        if self.command("status")[0] not in (0, 1):
            raise RuntimeError("daybook status fails")
        return time.monotonic() - begun


def measure(home, origin, name):
    """(seconds to READY, seconds of `status`, CPU milliseconds of a day) of one round."""
    home.begin()
    time.sleep(1)
    statuses = [home.status() for _ in range(5)]
    home.end(signal.SIGTERM)
    home.add(name, origin)
    ready = home.begin()
    before = home.processor_seconds()
    if not home.wait(120, lambda: home.said(f"{name}: every day is here")):
        raise RuntimeError(f"not every day of {name} came")
    cost = home.processor_seconds() - before
    home.end(signal.SIGTERM)
    return ready, statistics.median(statuses), cost / DAYS * 1000


def rows(options):
    """Each size has an installation of its own, and they have their turns: what else the machine
    does is done to all."""
    found = {size: [] for size in SIZES}
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.out) as folder:
        os.chmod(folder, 0o755)
        source = nginx.Nginx(f"{folder}/nginx", holdings.date(int(time.time()) // 86_400 - DAYS + 1))
        homes = {size: Grown(f"{folder}/{size}", options.build, None, server.Provider(server.days(1)))
                 for size in SIZES}
        try:
            for size, home in homes.items():
                home.patience = 120
                home.meet()
                home.grow(size)
            for turn in range(ROUNDS):
                for size, home in homes.items():
                    found[size].append(measure(home, source.origin, f"n{turn}"))
                    ready, status, cost = found[size][-1]
                    print(f"  {size:>10} rows: {ready * 1000:.0f} ms to READY, {status * 1000:.0f} ms "
                          f"status, {cost:.2f} ms of CPU a day", flush=True)
        finally:
            for home in homes.values():
                home.end()
                home.provider.close()
            source.end()
    return table(found)


def table(found):
    least = {size: [statistics.median(column) for column in zip(*runs)]
             for size, runs in found.items()}
    base, out = least[SIZES[0]], []
    for size in SIZES[1:]:
        ready, status, cost = (a / b for a, b in zip(least[size], base))
        words = f"at {size:,} rows, beside {SIZES[0]:,}"
        out += [("P9", f"CPU of a day {words}", f"{cost:.2f} x", "<= 1.2 x"),
                ("P9", f"start to READY {words}", f"{ready:.2f} x", "<= 1.5 x"),
                ("P9", f"status {words}", f"{status:.2f} x", "<= 1.5 x")]
    return out
