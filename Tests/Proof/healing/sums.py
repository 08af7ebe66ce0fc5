"""`daybook verify --sha256sums` is a list that sha256sum(1) of coreutils checks."""

import os
import shutil
import signal
import subprocess

import damages
import server
from home import Home

DAYS = 30
# The second leaves the settings; its days stay.
ACCOUNTS = ("me", "you")


def listed(home):
    """The list that is printed now, and what is wrong with it."""
    status, text = home.command("verify", "--sha256sums")
    top = f"{home.state}/archive"
    there = {os.path.relpath(f"{folder}/{name}", top)
             for account in ACCOUNTS for folder, _, names in os.walk(f"{top}/{account}")
             for name in names}
    named = [line.split("  ", 1)[1] for line in text.splitlines()]
    problems = [f"it ended with {status}"] if status else []
    problems += [f"{path} is not listed" for path in sorted(there - set(named))]
    problems += [f"{path} is listed" for path in named if path not in there]
    return text, problems


def failed(home, text):
    """The files that do not pass, as coreutils say."""
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict"], input=text, text=True, timeout=60,
        cwd=f"{home.state}/archive", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=os.environ | {"LC_ALL": "C"})
    names = [line.removesuffix(": FAILED") for line in done.stdout.splitlines()]
    if (done.returncode == 0) != (not names):
        raise RuntimeError(f"sha256sum ended with {done.returncode}: {done.stdout}")
    return names


def flip_each(home, text):
    """One byte of each file in turn: that file alone fails, on the list from before; a day also on
    a new list, whose hashes of days are the ledger's."""
    problems = []
    for line in text.splitlines():
        name = line.split("  ", 1)[1]
        path = f"{home.state}/archive/{name}"
        with open(path, "rb") as file:
            body = file.read()
        damages.alter(home, path)
        lists = [text] if "/versions/" in name else [text, listed(home)[0]]
        problems += [f"{name} was altered, {found} fails" for found in
                     (failed(home, each) for each in lists) if found != [name]]
        damages.keeping_time(path, lambda path: write(path, body))
    return problems


def write(path, body):
    with open(path, "wb") as file:
        file.write(body)


def furnish(home):
    """Days with older versions, of an account that stays and of one that has left; a page in
    quarantine, and a temporary file."""
    home.accounts(ACCOUNTS)
    home.start()
    home.wait(20, lambda: home.complete(DAYS))
    home.provider.revision = 1
    for account in ACCOUNTS:
        home.command("resync", account, "--all", "--wait")
    home.accounts(ACCOUNTS[:1])
    home.command("reload")
    os.makedirs(f"{home.state}/archive/quarantine/me/steps")
    write(f"{home.state}/archive/quarantine/me/steps/page.json", b"<html>")
    folder, name = os.path.split(home.path("me", min(home.provider.days)))
    write(f"{folder}/.{name}.tmp-0123456789abcdef", b"half a da")
    home.command("verify", "--repair")


def without_ledger(home):
    """The list is the same when the ledger was lost, and made again from the tree."""
    home.end(signal.SIGTERM)
    damages.lose_ledger(home, None)
    home.start()
    home.wait(20, lambda: home.complete(DAYS))
    return [f"after the ledger was lost: {problem}" for problem in listed(home)[1]]


def play(folder, build):
    """(files of the list, what is wrong)"""
    provider = server.Provider(server.days(DAYS))
    home = Home(folder, build, None, provider)
    home.patience = 20
    try:
        furnish(home)
        text, problems = listed(home)
        files = len(text.splitlines())
        problems += [f"{files} files are listed"] * (files != 2 * DAYS * len(ACCOUNTS))
        problems += [f"{name} fails" for name in failed(home, text)]
        problems += flip_each(home, text)
        problems += [f"left altered: {name}" for name in failed(home, text)]
        problems += without_ledger(home)
        return files, problems
    finally:
        home.end(signal.SIGTERM)
        provider.close()
        shutil.rmtree(folder)
