"""Secrets that are easy to recognise, and where they must not be.

A grant is stored, in the table `grant_` of accounts.sqlite alone. So all other tables are searched
row by row, and a copy of the file from which the grants were deleted byte by byte: SQLite makes it
anew without what was deleted. Every other file is searched as it is.
"""

import base64
import json
import os
import secrets
import shutil
import sqlite3
import urllib.parse

from lab import must


class Canaries:
    def __init__(self):
        self.words = {}

    def word(self, kind):
        """Looks different raw, percent-encoded and in a string of JSON."""
        return self.words.setdefault(kind, f"Ca/na+ry~{kind}={secrets.token_hex(8)}")

    def mark(self, home):
        """What the provider of a house gives out, and its client's secret, are canaries."""
        home.provider.access_name = self.word("access") + "-%d"
        home.provider.refresh_name = self.word("refresh") + "-%d"
        home.write("secret", self.word("secret") + "\n")
        return home

    def hits(self, data):
        """Kinds of secrets that are in it in any form."""
        return [kind for kind, word in self.words.items() if any(f in data for f in forms(word))]


def forms(word):
    """Raw, percent-encoded, as JSON may write it; each of them in hexadecimal and in base64, at any
    place of a longer text."""
    quoted = urllib.parse.quote(word, safe="")
    plain = {word, quoted, quoted.lower(), word.replace("/", "\\/")}
    out = set()
    for text in (text.encode() for text in plain):
        out |= {text, text.hex().encode(), text.hex().upper().encode()}
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + text)
            # Characters that hold bits of what stands before or behind it are left out.
            part = whole[(0, 2, 3)[shift]:(shift + len(text)) * 8 // 6]
            out |= {part, part.replace(b"+", b"-").replace(b"/", b"_")}
    return out


def self_test(canaries):
    """A search that finds nothing anywhere proves nothing."""
    word = canaries.word("access")
    for before in ("", "a", "ab", "abc"):
        text = before + word + "-17"
        for data in (text.encode(), base64.b64encode(text.encode()),
                     base64.urlsafe_b64encode(text.encode()), text.encode().hex().encode(),
                     urllib.parse.urlencode({"a": text}).encode(),
                     base64.b64encode(urllib.parse.quote(text, safe="").encode()),
                     json.dumps({"a": text}).encode()):
            must(canaries.hits(data) == ["access"], f"the search does not find {data}")


def process(home):
    """What others can see of a daemon that runs."""
    out = {}
    for name in ("cmdline", "environ"):
        with open(f"/proc/{home.daemon.pid}/{name}", "rb") as file:
            out[f"/proc/PID/{name} {len(home.seen)}"] = file.read()
    home.seen.update(out)


def places(home):
    """Name and bytes of every place where nothing may be; the daemon does not run."""
    out = dict(home.seen)
    out["control replies"] = json.dumps(home.heard).encode()
    out["output of daybook"] = "".join(home.printed).encode()
    out["standard error"] = home.log().encode(errors="replace")
    for top in ("state", "run", "cores"):
        for folder, _, names in os.walk(f"{home.folder}/{top}"):
            for name in names:
                path = f"{folder}/{name}"
                if not name.startswith("accounts.sqlite") and os.path.isfile(path):
                    with open(path, "rb") as file:
                        out[os.path.relpath(path, home.folder)] = file.read()
    out.update(grantless(home))
    return out


def grantless(home):
    copy = f"{home.folder}/grantless"
    shutil.rmtree(copy, ignore_errors=True)
    os.mkdir(copy)
    for name in os.listdir(f"{home.folder}/state"):
        if name.startswith("accounts.sqlite") and not name.endswith("-shm"):
            shutil.copy(f"{home.folder}/state/{name}", copy)
    out = {}
    with sqlite3.connect(f"{copy}/accounts.sqlite") as book:
        tables = [name for name, in book.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'grant_'")]
        for table in tables:
            rows = book.execute(f"SELECT * FROM {table}").fetchall()
            out[f"accounts.sqlite: {table}"] = repr(rows).encode()
        book.execute("DELETE FROM grant_")
    book.execute("VACUUM")
    book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    with open(f"{copy}/accounts.sqlite", "rb") as file:
        out["accounts.sqlite without grants"] = file.read()
    return out


def search(lab, home, canaries):
    """Looks at all places; what is found fails the case, and is counted for the figures."""
    found = []
    searched = places(home)
    for name, data in searched.items():
        found += [f"{kind} in {name}" for kind in canaries.hits(data)]
    with lab.lock:
        lab.canary_places += len(searched)
        lab.canary_hits += found
    must(not found, f"secrets: {found}")


def granted(home, canaries, *kinds):
    """These secrets are in the grants: the daemon had what was looked for elsewhere."""
    with open(f"{home.folder}/state/accounts.sqlite", "rb") as file:
        data = file.read()
    wal = f"{home.folder}/state/accounts.sqlite-wal"
    if os.path.exists(wal):
        with open(wal, "rb") as file:
            data += file.read()
    missing = set(kinds) - set(canaries.hits(data))
    must(not missing, f"the grants lack {missing}")
