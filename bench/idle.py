"""P6: what it costs to have nothing to do, with ten accounts and a hundred thousand days, beside
others that have nothing to do."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import tempfile
import time

import damages
import server
import starts

ACCOUNTS, DAYS = 10, 100_000
SETTLE = 20


class Still(starts.Archive):
    """Every day is there, has been read twice, and lately."""

    people = ACCOUNTS

    def furnish(self, provider, login):
        super().furnish(provider, login)
        self.before = []

    def confirm(self):
        with contextlib.closing(sqlite3.connect(f"{self.state}/ledger.sqlite")) as ledger, ledger:
            ledger.execute("UPDATE day SET state = 2, class = NULL, next_at = NULL, reads = 2, "
                           "read_at = ?", (int(time.time()),))
            ledger.execute("UPDATE stream SET n_final = n_final + n_open, n_confirmed = "
                           "n_final + n_open, n_open = 0, n_missing = 0")

    def settle(self):
        starts.learn(self)
        self.fill(server.days(DAYS // ACCOUNTS))
        damages.lose_ledger(self, None)
        self.timed()
        self.end(signal.SIGTERM)
        self.confirm()
        self.start()


class Watched:
    """A process and how often it was awake, how long, and what it holds."""

    def __init__(self, name, pid):
        self.name, self.pid = name, pid

    def count(self):
        """Wakeups so far, and milliseconds of the processor."""
        wakeups = busy = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/status") as file:
                wakeups += sum(int(line.split()[1]) for line in file
                               if line.startswith("voluntary_ctxt_switches"))
            with open(f"/proc/{self.pid}/task/{task}/schedstat") as file:
                busy += int(file.read().split()[0])
        return wakeups, busy / 1e6

    def watch(self, seconds):
        before = self.begin
        after = self.count()
        self.wakeups = (after[0] - before[0]) * 60 / seconds
        self.busy = (after[1] - before[1]) * 60 / seconds
        with open(f"/proc/{self.pid}/smaps_rollup") as file:
            sizes = {line.split(":")[0]: int(line.split()[1]) / 1024
                     for line in file if line.endswith("kB\n")}
        self.rss, self.pss = sizes["Rss"], sizes["Pss"]


def others(folder):
    """Each with a configuration that gives it nothing to do."""
    with open(f"{folder}/chrony.conf", "w") as file:
        file.write("local\nallow 127.0.0.1\nport 11123\nbindaddress 127.0.0.1\ncmdport 0\nbindcmdaddress /\n"
                   f"pidfile {folder}/chronyd.pid\n")
    commands = {
        "chronyd": ["chronyd", "-d", "-x", "-f", f"{folder}/chrony.conf"],
        "redis-server": ["redis-server", "--port", "0", "--unixsocket", f"{folder}/redis.sock",
                         "--save", "", "--dir", folder],
        "syncthing": ["syncthing", "serve", "--no-browser", "--no-default-folder",
                      f"--home={folder}/syncthing", "--gui-address=127.0.0.1:0"],
    }
    environment = {**os.environ, "STNOUPGRADE": "1", "STNORESTART": "1"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    return {name: subprocess.Popen(words, **quiet) for name, words in commands.items()}


def watch(processes, seconds):
    time.sleep(SETTLE)
    for process in processes:
        process.begin = process.count()
    begun = time.monotonic()
    time.sleep(seconds)
    for process in processes:
        process.watch(time.monotonic() - begun)
        print(f"  {process.name:<14}{process.wakeups:7.1f} wakeups a minute,{process.busy:8.2f} ms "
              f"of CPU,{process.rss:6.1f} MiB RSS,{process.pss:6.1f} PSS", flush=True)


def measured(options):
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.out) as folder:
        provider = server.Provider(server.days(DAYS // ACCOUNTS))
        home = Still(f"{folder}/ours", options.build, None, provider)
        home.patience = 60
        running = {}
        try:
            home.settle()
            running = others(folder)
            processes = [Watched("daybookd", home.daemon.pid),
                         *(Watched(name, p.pid) for name, p in running.items())]
            watch(processes, options.seconds)
            return processes
        finally:
            for process in running.values():
                process.kill()
                process.wait()
            home.end()
            provider.close()


def rows(options):
    ours, *beside = measured(options)
    told = [("P6", f"wakeups a minute of {p.name}", f"{p.wakeups:.0f}", "report") for p in beside]
    return [
        ("P6", "wakeups a minute with nothing to do", f"{ours.wakeups:.1f}", "<= 0.5"), *told,
        ("P6", "CPU a minute", f"{ours.busy:.2f} ms", "<= 1 ms"),
        ("P6", "RSS with 10 accounts, 100,000 days", f"{ours.rss:.1f} MiB", "<= 24 MiB"),
        ("P6", "PSS", f"{ours.pss:.1f} MiB", "<= 12 MiB"),
    ]
