"""Trouble that nobody means: it may cost no day, close none, and seal nothing."""

import contextlib
import os
import signal
import subprocess

from files import changed, mount, other_text
from lab import must


def unmounted(lab):
    """The archive's disk goes away while the daemon works, then while it is stopped."""
    home = lab.house(10)
    archive = f"{home.folder}/state/archive"
    keep = f"{home.folder}/disk"
    os.makedirs(archive)
    os.mkdir(keep)
    mount("-t", "tmpfs", "-o", "size=8m", "disk", keep)
    os.mkdir(f"{keep}/archive")
    mount("--bind", f"{keep}/archive", archive)
    with contextlib.closing(home):
        home.begin()
        home.filled()
        for running in (True, False):
            if not running:
                home.end(signal.SIGTERM)
            subprocess.run(["umount", "-l", archive], check=True)
            if not running:
                home.begin()
            home.resync()
            must(home.wait(60, lambda: state(home) == "archive-away"), f"it is {state(home)}")
            must(os.listdir(archive) == [], f"written below the mount: {os.listdir(archive)}")
            if running:
                lost = sum(s["damaged"] + s["missing"] for s in home.streams())
                must(lost == 0, f"{lost} days are given up")
            mount("--bind", f"{keep}/archive", archive)
            must(home.wait(90, lambda: state(home) == "ready"), f"it stays {state(home)}")
            home.filled()
        home.end(signal.SIGTERM)
        must(not home.lies(), f"{home.lies()[:3]}")


def state(home):
    replies = home.ask("Status")
    return replies[-1]["parameters"].get("daemon", replies[0]["parameters"]["daemon"])["state"]


def wrong_person(lab):
    with lab.home(login=True) as home:
        home.sign_in()
        home.filled()
        tree, refresh = home.tree(), home.provider.refresh
        home.provider.instead = lambda request, form: (
            (200, {"first": home.provider.first, "id": "8"}) if request.path == "/me" else
            (200, {"access_token": "other", "refresh_token": "other"}) if form else None)
        answer = home.sign_in()
        must("WrongPerson" in answer[-1].get("error", ""), f"another person: {answer}")
        home.provider.instead = None
        other_text(home)
        home.resync()
        must(changed(home, max(home.provider.days)), "the first sign-in does not serve any more")
        must(home.provider.refresh == refresh or home.provider.lost == 0, "its tokens are lost")
        must(tree.keys() <= home.tree().keys(), "days are gone")


def empty_outage(lab):
    """For an hour a provider answers 200, and that there is nothing."""
    with lab.home(60) as home:
        home.filled()
        before = {day: open(home.day_file(day), "rb").read() for day in home.provider.days}
        final = sum(s["final"] for s in home.streams())
        for empty in (lambda day: {"day": day, "items": []}, lambda day: {"day": day},
                      lambda day: {"items": []}, lambda day: []):
            home.provider.instead = lambda request, form, empty=empty: (
                (200, empty(request.path[5:])) if request.path.startswith("/day/") else None)
            asked = len(home.provider.heard)
            home.resync()
            must(home.wait(60, lambda: len(home.provider.heard) > asked), "nothing is asked")
            home.end(signal.SIGTERM)
            must(not home.lies(), f"{home.lies()[:3]}")
            home.begin()
        now = {day: open(home.day_file(day), "rb").read() for day in home.provider.days}
        must(now == before, f"replaced: {[d for d in now if now[d] != before[d]][:3]}")
        must(sum(s["final"] for s in home.streams()) == final, "days are closed by it")
        must(home.account()["state"] != "sealed", "sealed")


def empty_backfill(lab):
    """The same before anything was read: days are stored as empty, and none is closed."""
    home = lab.house(60)
    home.provider.instead = lambda request, form: (
        (200, {"day": request.path[5:], "items": []}) if request.path.startswith("/day/") else None)
    with contextlib.closing(home):
        home.begin()
        home.filled()
        must(sum(s["final"] for s in home.streams()) == 0, f"closed: {home.streams()}")
        home.provider.instead = None
        home.resync()
        must(home.wait(60, lambda: len(home.tree().get(next(reversed(sorted(
            name for name in home.tree() if "versions" not in name))))) > 999), "they stay empty")


def stray_gone(lab):
    """With and without a sign-in."""
    for login in (False, True):
        home = lab.house(8, login=login)
        day = sorted(home.provider.days)[3]
        home.provider.instead = lambda request, form, day=day: (
            (410, {}) if request.path == f"/day/{day}" else None)
        with contextlib.closing(home):
            home.begin()
            if login:
                home.sign_in()
            must(home.wait(60, lambda: sum(s["open"] + s["beyond"] for s in home.streams()) == 8),
                 f"days: {home.streams()}")
            must(sum(s["beyond"] for s in home.streams()) == 1, f"beyond: {home.streams()}")
            must(home.account()["state"] not in ("sealed", "sign-in-needed"), "it has ended")


def stray_token_end(lab):
    """While no answer for a day says so, it is one bad answer."""
    with lab.home(8, login=True) as home:
        home.sign_in()
        home.filled()
        once = [410]
        home.provider.instead = lambda request, form: (
            (once.pop(), {}) if form and once else None)
        issued = home.provider.issued
        home.provider.access = {}
        home.resync()
        must(home.wait(60, lambda: home.account()["state"] == "sealed"
                       or home.provider.issued > issued), "no token is asked for again")
        must(home.account()["state"] != "sealed", "sealed by one 410 of the token endpoint alone")
