"""What a process holds, and what its files weigh, sampled; and whether it stays so."""

import contextlib
import os
import sqlite3
import statistics
import time

TABLES = ("day", "version", "resync", "resync_day", "etag", "window", "listed")


class Gauge:
    def __init__(self, home):
        self.home, self.process = home, f"/proc/{home.daemon.pid}"
        self.begun = time.monotonic()
        self.samples, self.lines, self.ledgers = [], 0, []
        self.log = open(home.log_path, errors="replace")
        self.stored = 0

    def fields(self, name):
        """The lines `Name: number kB` of a file of the process."""
        with open(f"{self.process}/{name}") as file:
            pairs = (line.split(":", 1) for line in file if ":" in line)
            return {key: int(value.split()[0]) for key, value in pairs
                    if value.split() and value.split()[0].isdigit()}

    def sample(self):
        """One row of numbers; sizes in bytes, CPU in seconds."""
        status, rollup = self.fields("status"), self.fields("smaps_rollup")
        with open(f"{self.process}/stat") as file:
            stat = file.read().rsplit(")", 1)[1].split()
        ticks = os.sysconf("SC_CLK_TCK")
        self.read_log()
        self.samples.append({
            "at": time.monotonic() - self.begun, "rss": status["VmRSS"] * 1024,
            "pss": rollup["Pss"] * 1024, "dirty": rollup["Private_Dirty"] * 1024,
            "fds": len(os.listdir(f"{self.process}/fd")), "threads": status["Threads"],
            "cpu": (int(stat[11]) + int(stat[12])) / ticks,
            "ledger": self.size("ledger.sqlite"), "wal": self.size("ledger.sqlite-wal"),
            "stored": self.stored, "lines": self.lines})
        return self.samples[-1]

    def size(self, name):
        return os.path.getsize(f"{self.home.state}/{name}")

    def read_log(self):
        for line in self.log:
            self.lines += 1
            self.stored += ": stored " in line

    def weigh(self):
        """Rows of each table, pages and free pages: read beside the daemon, which no reader can
        harm that does not write."""
        path = f"file:{self.home.state}/ledger.sqlite?mode=ro"
        with contextlib.closing(sqlite3.connect(path, uri=True, timeout=30)) as ledger:
            row = {name: ledger.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                   for name in TABLES}
            for name in ("page_count", "freelist_count", "page_size"):
                row[name], = ledger.execute(f"PRAGMA {name}").fetchone()
        row["at"] = time.monotonic() - self.begun
        self.ledgers.append(row)
        return row

    def keep(self, path):
        """All that was seen, for whoever wants to draw it."""
        for name, rows in (("samples", self.samples), ("ledger", self.ledgers)):
            with open(f"{path}-{name}.tsv", "w") as file:
                for row in [rows[0].keys(), *(row.values() for row in rows)]:
                    file.write("\t".join(str(cell) for cell in row) + "\n")

    # Whether it stays so.

    def part(self, first, last):
        """Samples between two parts of the run."""
        end = self.samples[-1]["at"]
        return [s for s in self.samples if first * end <= s["at"] <= last * end]

    def growth(self, name):
        """From the second quarter's median to that of the last."""
        def median(part):
            return statistics.median(s[name] for s in part)

        return median(self.part(0.75, 1)) - median(self.part(0.25, 0.5))

    def slope(self, name):
        """An hour's growth by least squares, after the first quarter."""
        part = self.part(0.25, 1)
        fit = statistics.linear_regression([s["at"] for s in part], [s[name] for s in part])
        return fit.slope * 3600

    def row_bytes(self, ledger):
        """Of the ledger, for each row that it has."""
        size = (ledger["page_count"] - ledger["freelist_count"]) * ledger["page_size"]
        return size / sum(ledger[name] for name in TABLES)

    def ledger_growth(self):
        """Percent by which a row of the ledger takes more in the end than after a quarter."""
        first = self.ledgers[len(self.ledgers) // 4]
        return 100 * (self.row_bytes(self.ledgers[-1]) / self.row_bytes(first) - 1)

    def most(self, name):
        return max(s[name] for s in self.samples)

    def grown(self, name):
        """From the first quarter's end to the end."""
        part = self.part(0.25, 1)
        return part[-1][name] - part[0][name]
