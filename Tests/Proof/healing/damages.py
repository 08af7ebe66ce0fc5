"""What can happen to an archive and its ledger from outside, and what Daybook does then."""

import contextlib
import os
import sqlite3

PAGE = 4096
LEDGER = ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm")


class Damage:
    """`harm` does it to the day at hand, whose file is at a path. `what` is what verify calls it;
    None where there is nothing to tell. `sizes`: it is seen without reading files. `lacks`: the
    ledger has no bytes of the day. `gone`: the provider cannot give the day again. `ledger`: it is
    found at a start, or never."""

    def __init__(self, name, harm, what, sizes=True, lacks=False, gone=False, ledger=False,
                 loses=True):
        self.name, self.harm, self.what, self.sizes = name, harm, what, sizes
        self.lacks, self.gone, self.ledger = lacks, gone, ledger
        # The day's row has no good file, until it is read again.
        self.loses = loses


def keeping_time(path, change):
    """The file looks as old as before."""
    status = os.stat(path)
    change(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def leave_temporary(home, path):
    folder, name = os.path.split(path)
    with open(f"{folder}/.{name}.tmp-0123456789abcdef", "w") as file:
        file.write("half a da")


def put_day(home, path):
    """As a process leaves it that ended between the rename and the row."""
    with open(path, "wb") as file:
        file.write(home.body)
    os.utime(path, (home.moment, home.moment))


def put_page(home, path):
    with open(path, "w") as file:
        file.write("<html>Please sign in")


def remove(home, path):
    os.unlink(path)


def lengthen(home, path):
    """It is a document still, of another size."""
    def change(path):
        with open(path, "ab") as file:
            file.write(b"\n")

    keeping_time(path, change)


def cut(home, path):
    keeping_time(path, lambda path: os.truncate(path, os.path.getsize(path) // 2))


def flip(path):
    """One bit of a letter in a text: the document is whole, and says something else."""
    with open(path, "r+b") as file:
        at = file.read().index(b"xxx")
        file.seek(at)
        file.write(b"y")


def alter(home, path):
    keeping_time(path, flip)


def edit(home, path):
    """As an editor does: its time is another one."""
    flip(path)
    moment = home.moment * 10**9 + 123_456_789
    os.utime(path, ns=(moment, moment))


def lose_ledger(home, path):
    for name in LEDGER:
        if os.path.exists(f"{home.state}/{name}"):
            os.unlink(f"{home.state}/{name}")


def overwrite(home, first, last):
    """Some pages of the ledger, whose log is in it before: else that would mend them."""
    with contextlib.closing(sqlite3.connect(f"{home.state}/ledger.sqlite")) as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(f"{home.state}/ledger.sqlite", "r+b") as file:
        last = last or file.seek(0, os.SEEK_END) // PAGE
        file.seek(first * PAGE)
        file.write(b"\xa5" * PAGE * (last - first))


def overwrite_head(home, path):
    overwrite(home, 0, 1)


def overwrite_pages(home, path):
    """All but the first."""
    overwrite(home, 1, None)


def overwrite_days(home, path):
    """The rows of days alone: everything else can be read."""
    with contextlib.closing(sqlite3.connect(f"{home.state}/ledger.sqlite")) as ledger:
        page, = ledger.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'day'").fetchone()
    overwrite(home, page - 1, page)


DAMAGES = [
    Damage("temporary file left", leave_temporary, "temporary", loses=False),
    Damage("file without row, valid", put_day, "unknown", lacks=True, loses=False),
    Damage("file without row, invalid", put_page, "unknown", lacks=True),
    Damage("row without file", remove, "missing"),
    Damage("size differs, cut", cut, "size"),
    Damage("size differs, valid", lengthen, "size"),
    Damage("hash differs, other time", edit, "hash"),
    Damage("hash differs, same time", alter, "hash", sizes=False),
    Damage("cut, never given again", cut, "size", gone=True),
    Damage("altered, never given again", edit, "hash", gone=True),
    Damage("missing, never given again", remove, "missing", gone=True),
    Damage("ledger gone", lose_ledger, None, ledger=True, loses=False),
    Damage("ledger no database", overwrite_head, None, ledger=True, loses=False),
    Damage("ledger malformed", overwrite_pages, None, ledger=True, loses=False),
    Damage("ledger malformed, days only", overwrite_days, None, ledger=True, loses=False),
]
