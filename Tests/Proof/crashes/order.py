"""Whether everything was said only when it was safe: the order of what the kernel was asked.

A trace is the daemon's own log with lines of `trace.c` between its words, and with words of the
harness: what a client was told, and what the provider saw. Crashes alone do not show a missing
fsync, since the kernel lives on; here it shows, as what a loss of power could take away.
"""

import re

# Words of the harness, with which a line begins.
MARKS = {"#", "issued", "used"}
STORED = re.compile(r"(\S+) (\S+): stored (\d{4})-(\d\d)-(\d\d)$")
KEPT = re.compile(r"(\S+) (\S+): (\d{4})-(\d\d)-(\d\d) changed at the provider; the older")
DAY = re.compile(r"/archive/[^/]+/[^/]+/\d{4}/\d\d/\d{4}-\d\d-\d\d\.json")
# Which database has to have been written, and synced, when a call that changes it is answered.
KEEPS = {"Resync": "/ledger.sqlite", "LoginComplete": "/accounts.sqlite",
         "Pause": "/accounts.sqlite"}


class Order:
    """The files of an installation as a loss of power would leave them. A moment is the number of
    a line. It goes on over kills: they take nothing from the kernel."""

    def __init__(self):
        self.now = 0
        # Files with bytes that are not synced; names that are not, by their folder; since when the
        # others are safe.
        self.unsynced, self.unnamed, self.named = set(), {}, {}
        # Days of which some read is safe: a later one in its place may not be yet.
        self.held = set()
        # Of each write-ahead log its last write, and the last that a sync covers.
        self.written, self.covered = {}, {}
        self.issued, self.used, self.asked = {}, 0, {}
        self.faults = []

    def fault(self, words):
        if words not in self.faults:
            self.faults.append(words)

    def read(self, lines):
        for self.now, line in enumerate(lines, 1):
            words = line.split()
            if words and words[0] in MARKS:
                what, *rest = words[1:] if words[0] == "#" else words
                # A line that another writer of the log ran into has words too many.
                method = getattr(self, f"on_{what}")
                method(*rest[:method.__code__.co_argcount - 1])
            elif found := STORED.search(line):
                self.on_stored(*found.groups())
            elif found := KEPT.search(line):
                self.on_kept(*found.groups())
        return self.faults

    # What the kernel did.

    def on_open(self, path):
        if path not in self.named:
            self.appears(path)

    on_mkdir = on_open

    def appears(self, path):
        self.named.pop(path, None)
        self.unnamed.setdefault(path.rsplit("/", 1)[0] or "/", set()).add(path)

    def on_write(self, path):
        if path.endswith("-shm"):
            return
        self.unsynced.add(path)
        self.written[path] = self.now
        if f"{path}-wal" in self.unsynced:
            self.fault(f"{path} was written before its log was synced")

    def on_range(self, path):
        self.fault(f"sync_file_range of {shape(path)}: it makes nothing durable")

    def on_fsync(self, path):
        self.unsynced.discard(path)
        self.covered[path] = self.written.get(path, 0)
        for name in self.unnamed.pop(path, ()):
            self.named[name] = self.now

    def on_rename(self, old, new):
        if old in self.unsynced:
            self.fault(f"{shape(new)} got its name before its bytes were synced")
        if DAY.fullmatch(new) and new in self.named and self.versions(new) - self.named.keys():
            self.fault(f"{shape(new)} was replaced before the name of its version was synced")
        if new in self.named and DAY.fullmatch(new) and not self.risk(new):
            self.held.add(new)
        self.on_link(old, new)
        self.on_unlink(old)

    def on_link(self, old, new):
        self.appears(new)
        if old in self.unsynced:
            self.unsynced.add(new)

    def on_unlink(self, path):
        if path.endswith("-wal") and path[:-4] in self.unsynced:
            self.fault(f"{path} was removed before {path[:-4]} was synced")
        self.unsynced.discard(path)
        self.named.pop(path, None)
        for names in self.unnamed.values():
            names.discard(path)

    # What was said, and to whom.

    def on_stored(self, account, stream, year, month, day):
        path = f"/archive/{account}/{stream}/{year}/{month}/{year}-{month}-{day}.json"
        if why := self.risk(path):
            self.fault(f"a day was said to be stored, and {why}")

    def on_kept(self, account, stream, year, month, day):
        path = f"/archive/{account}/{stream}/{year}/{month}/{year}-{month}-{day}.json"
        if not self.versions(path) & self.named.keys():
            self.fault("a version was said to be kept, and its name was not synced")

    def on_counted(self, number):
        """A client was told that so many days are stored."""
        self.held |= {path for path in self.named if DAY.fullmatch(path) and not self.risk(path)}
        if len(self.held) < int(number):
            self.fault(f"a client was told of {number} days, and {len(self.held)} were safe")

    def on_asked(self, method):
        self.asked[method] = self.now

    def on_answered(self, method):
        if not self.has_kept(KEEPS[method], self.asked[method]):
            self.fault(f"{method} was answered before it was synced")

    def on_refresh(self):
        """The token endpoint sees a refresh: its intent must be safe, written since a token was
        first used. That of a refresh whose answer did not come stands."""
        if not self.has_kept("/accounts.sqlite", self.used):
            self.fault("a token was refreshed before the intent was synced")

    def on_issued(self, number):
        self.issued[int(number)] = self.now

    def on_used(self, number):
        if not self.has_kept("/accounts.sqlite", self.issued[int(number)]):
            self.fault("a token was used before it was synced")
        self.used = self.now

    def versions(self, day):
        """The names of older reads of a day, safe or not."""
        folder, name = day.rsplit("/", 1)
        start = f"{folder}/versions/{name.removesuffix('json')}"
        names = self.unnamed.get(f"{folder}/versions", set()) | self.named.keys()
        return {path for path in names if path.startswith(start)}

    def has_kept(self, database, since):
        """Something was written into a database after that moment, and is safe."""
        return self.covered.get(f"{database}-wal", 0) > since

    def risk(self, path):
        """What a loss of power would take of a day; None: nothing."""
        if path in self.unsynced:
            return "its bytes were not synced"
        at = path
        while at != "/":
            if at not in self.named:
                return f"the name of {shape(at)} was not synced"
            at = at.rsplit("/", 1)[0] or "/"
        # Its log has no name after a stop in order.
        if "/ledger.sqlite" not in self.named or "/ledger.sqlite-wal" in self.unnamed.get("/", ()):
            return "the name of its ledger was not synced"
        if not self.has_kept("/ledger.sqlite", self.named[path]):
            return "no row was written after its name was synced, and synced itself"
        return None


def shape(path):
    """The same for all days, so that a fault is told once."""
    path = re.sub(r"\.tmp-[0-9a-f]+", ".tmp-X", path)
    return re.sub(r"\d\d", "NN", path.removeprefix("/archive/"))


def faults(path):
    with open(path, errors="replace") as file:
        return Order().read(file)
