"""The installation: what its account book, and the counter in its daemon, tell of tokens."""

import collections
import os

import single

Grant = collections.namedtuple("Grant", "refresh previous proven intent")
# At the moment at which the server reads a refresh: the grant as stored, the last call that the
# book's log has seen, and when; None where calls are not counted.
Seen = collections.namedtuple("Seen", "grant call at")
GRANT = "SELECT refresh, previous_refresh, proven, intent_at FROM grant_"
LOG = "/accounts.sqlite-wal"


class Home(single.SingleAccount):
    # Calls are held back for a while on purpose, and a busy machine adds to that.
    timeout = "20s"

    def __init__(self, folder, build, preload, provider):
        super().__init__(folder, build, preload, provider, login=True)
        self.patience = 30
        self.trace = f"{folder}/trace"
        self.counting = (None, None)
        self.over = False
        provider.look = self.look

    def stop(self):
        """Nobody starts it any more; for another thread than that which plays with it."""
        self.over = True
        if daemon := self.daemon:
            daemon.kill()

    def close(self):
        self.end()
        self.provider.close()

    def start(self, at=0, mode="", count=None, since=None):
        if self.over:
            raise RuntimeError("it is over")
        self.counting = (count, since)
        super().start(at, mode, count, since)

    def counts(self):
        """Whether the calls of this daemon are counted by now."""
        count, since = self.counting
        return count is not None and (since is None or os.path.exists(since))

    def sign_up(self, **how):
        """The first start, a sign-in, and its days."""
        self.begin(**how)
        self.sign_in()
        if self.resync() is None:
            raise RuntimeError(f"no days after a sign-in: {self.account()}")

    def grant(self):
        """What is stored of tokens; the daemon must be dead, or wait for an answer to a refresh."""
        rows = self.select("accounts.sqlite", GRANT)
        return Grant(*rows[0]) if rows else None

    def log_calls(self):
        """(call, moment) of what was asked of the book's log, so far as it is counted."""
        with open(self.trace) as file:
            lines = [line.split() for line in file if line.endswith(f" {LOG}\n")]
        return [(line[0], float(line[1])) for line in lines]

    def look(self):
        calls = self.log_calls() if self.counts() else []
        return Seen(self.grant(), *(calls[-1] if calls else (None, None)))
