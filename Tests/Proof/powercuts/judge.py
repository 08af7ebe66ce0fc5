"""What must be true of a disk after a cut."""

import contextlib
import glob
import hashlib
import json
import re
import signal
import sqlite3

import holdings
from scenarios import sign_in

# Kinds of what may be wrong, as the figures call them.
KINDS = {
    "mount": "disks that do not mount",
    "lost": "images with a lost acknowledged day",
    "file": "images with a row without a good file",
    "version": "images with a lost older version",
    "ledger": "images with a damaged ledger",
    "sign-in": "images with a lost sign-in",
    "start": "images the daemon does not complete",
}


class History:
    """What had been said by the time of a cut."""

    def __init__(self, text):
        # Day to revision; every body; days that were damaged on purpose, and not stored since.
        self.stored, self.bodies, self.damaged = {}, set(), set()
        self.issued = self.used = self.revision = 0
        for line in text.splitlines():
            self.read(line)

    def read(self, line):
        if found := re.search(r"(\S+) steps: stored (\d{4}-\d\d-\d\d)$", line):
            day = found.groups()
            self.stored[day] = self.revision
            self.bodies.add((*day, self.revision))
            self.damaged.discard(found[2])
        elif found := re.fullmatch(r"damaged (\S+)", line):
            self.damaged.add(found[1])
            self.stored = {day: r for day, r in self.stored.items() if day[1] != found[1]}
            self.bodies = {body for body in self.bodies if body[1] != found[1]}
        elif found := re.fullmatch(r"(issued|used|revision) (\d+)", line):
            setattr(self, found[1], int(found[2]))


def revision(path):
    """Which revision of a day a file holds; -1 where there is none, or none that is whole."""
    try:
        with open(path, "rb") as file:
            return json.load(file)["items"][0]
    except (OSError, ValueError):
        return -1


def broken(home):
    for name in ("ledger.sqlite", "accounts.sqlite"):
        database = home.database(name)
        if not database:
            continue
        with contextlib.closing(database):
            try:
                said = database.execute("PRAGMA quick_check").fetchall()
            except sqlite3.DatabaseError as error:
                said = [(str(error),)]
        if said != [("ok",)]:
            yield "ledger", f"{name}: {said[0][0]}"


def lost(home, history):
    """Days that were acknowledged, in that revision or a later one; and each body, as the day or
    as a version."""
    rows = {(row[0], holdings.date(row[1])) for row in home.rows()}
    for (account, day), known in sorted(history.stored.items()):
        have = revision(home.path(account, day))
        if (account, day) not in rows or have < known:
            yield "lost", f"{account} {day} of revision {known} was acknowledged and is gone"
    for account, day, known in sorted(history.bodies):
        path = home.path(account, day)
        if revision(path) != known and known not in map(revision, versions(path)):
            yield "version", f"{account} {day} of revision {known} is no version"


def versions(path):
    folder, name = path.rsplit("/", 1)
    return glob.glob(f"{folder}/versions/{name.removesuffix('.json')}.*.json")


def hashes(path):
    for version in versions(path):
        with open(version, "rb") as file:
            yield hashlib.sha256(file.read()).digest()


def untrue_versions(home, history):
    """Rows of versions without a file of that hash."""
    for account, number, sha256 in home.select(
            "ledger.sqlite", "SELECT account.name, day, sha256 FROM version JOIN account "
            "ON account.id = version.account"):
        day = holdings.date(number)
        if day not in history.damaged and sha256 not in hashes(home.path(account, day)):
            yield "file", f"{account} {day}: no file of a version"


def signed_out(home, history):
    """The newest token that was seen used, or a later one, must be there."""
    found = home.select("accounts.sqlite", "SELECT refresh FROM grant_")
    newest = max((int(row[0].split("-")[1]) for row in found), default=0)
    if newest < history.used:
        yield "sign-in", f"token {history.used} was used, and token {newest} is on the disk"


def look(home, history):
    """(kind, words) of all that is wrong on the disk."""
    problems = list(broken(home))
    if problems:
        return problems
    return [*lost(home, history), *signed_out(home, history), *untrue_versions(home, history),
            *files(home, history)]


def files(home, history):
    """Rows without their file. One that has a later read in its place, whole, was cut off before it
    was settled: the next start must settle it."""
    for lie in home.lies(history.damaged):
        yield ("unsettled" if lie.endswith("another file") else "file"), lie


def recover(home, history, scene):
    """The same after the daemon has started on it."""
    if scene.login:
        home.provider.restore(history.issued, history.used)
        if not history.used:
            home.start()
            sign_in(home)
            home.end(signal.SIGTERM)
    doubts = home.said("not mounted?")
    problems = [("start", text) for text in home.recover(scene.count, scene.mends, home.patience)]
    if home.provider.lost:
        problems.append(("sign-in", f"{home.provider.lost} token families lost"))
    # Where files were damaged on purpose, it is right to doubt them.
    if home.said("not mounted?") > doubts and not scene.mends:
        problems.append(("start", "the archive was doubted"))
    return problems + [("file" if kind == "unsettled" else kind, words)
                       for kind, words in look(home, history)]
