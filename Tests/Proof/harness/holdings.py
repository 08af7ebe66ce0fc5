"""What an installation holds on its disk, while its daemon does not run."""

import calendar
import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import time


def date(number):
    """YYYY-MM-DD of a day's number, which counts from 1970."""
    return time.strftime("%Y-%m-%d", time.gmtime(number * 86400))


def number(day):
    return calendar.timegm(time.strptime(day, "%Y-%m-%d")) // 86400


def is_whole(body, day):
    try:
        return json.loads(body)["day"] == day
    except ValueError:
        return False


class Holdings:
    """Of an installation with its `folder`, its `state` folder and its `log_path`."""

    def acknowledged(self):
        """Days that the daemon has said are stored."""
        with open(self.log_path, errors="replace") as file:
            return {found[1] for line in file if (found := re.search(r"stored (\d{4}-\d\d-\d\d)", line))}

    def said(self, words):
        """How often the daemon has said something."""
        if not os.path.exists(self.log_path):
            return 0
        with open(self.log_path, errors="replace") as file:
            return file.read().count(words)

    def copy(self, name):
        """The path of a copy of a database, so that recovering it stays the daemon's affair; None
        when there is none. The daemon must not run."""
        if not os.path.exists(f"{self.state}/{name}"):
            return None
        folder = f"{self.folder}/copy"
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        for part in (name, f"{name}-wal", f"{name}-journal"):
            if os.path.exists(f"{self.state}/{part}"):
                shutil.copy(f"{self.state}/{part}", f"{folder}/{part}")
        return f"{folder}/{name}"

    def database(self, name):
        path = self.copy(name)
        return sqlite3.connect(path) if path else None

    def select(self, name, query):
        """What a query finds in a database; nothing where it, or the table, is not there yet."""
        database = self.database(name)
        if not database:
            return []
        with contextlib.closing(database):
            try:
                return database.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []

    def rows(self):
        """(account, day, sha256) of every stored day; the daemon must not run."""
        return self.select(
            "ledger.sqlite", "SELECT account.name, day, sha256, day.state FROM day JOIN account "
            "ON account.id = day.account WHERE day.state IN (1, 2)")

    def path(self, account, day):
        return f"{self.state}/archive/{account}/steps/{day[:4]}/{day[5:7]}/{day}.json"

    def lies(self, excused=()):
        """Rows without their file, whole and of that hash; the excused are days damaged on
        purpose."""
        out = []
        for account, row, sha256, _ in self.rows():
            day = date(row)
            if day in excused:
                continue
            try:
                with open(self.path(account, day), "rb") as file:
                    body = file.read()
            except OSError:
                out.append(f"{day}: no file")
                continue
            if hashlib.sha256(body).digest() != sha256:
                out.append(f"{day}: {'another' if is_whole(body, day) else 'a broken'} file")
        return out

    def temporaries(self):
        return [name for _, _, names in os.walk(f"{self.state}/archive")
                for name in names if ".tmp-" in name]
