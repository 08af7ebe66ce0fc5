"""Attacks on the files of the state folder, 24 to 31."""

import contextlib
import os
import re
import signal
import stat
import subprocess

from lab import must

UMASK = ["sh", "-c", 'umask 000; exec "$@"', "sh"]


def mount(*words):
    subprocess.run(["mount", *words], check=True)


def other_text(home):
    """From now on every day reads differently."""
    home.provider.instead = lambda request, form: (
        (200, {"day": request.path[5:], "items": list(range(50)), "text": "y"})
        if request.path.startswith("/day/") else None)


def read_again(home):
    """Asks for every day once more, until each has been asked for."""
    asked = len(home.provider.heard)
    home.resync()
    must(home.wait(60, lambda: len(home.provider.heard) >= asked + home.count), "nothing is asked")


def changed(home, day):
    return home.wait(90, lambda: b'"y"' in open(home.day_file(day), "rb").read())


def linked_folder(lab):
    """The folder of a month leads elsewhere."""
    with lab.home(70) as home:
        home.filled()
        outside = f"{home.folder}/outside"
        os.mkdir(outside)
        victim = sorted(home.provider.days)[10]
        month = os.path.dirname(home.day_file(victim))
        os.rename(month, month + ".mine")
        os.symlink(outside, month)
        kept = {name: open(f"{month}.mine/{name}", "rb").read()
                for name in os.listdir(f"{month}.mine")}
        other_text(home)
        read_again(home)
        must(changed(home, max(home.provider.days)), "other days do not come")
        must(home.wait(60, lambda: "Too many levels" in home.log()), "it does not say so")
        must(os.listdir(outside) == [], f"written outside: {os.listdir(outside)}")
        home.end(signal.SIGTERM)
        os.unlink(month)
        os.rename(month + ".mine", month)
        now = {name: open(f"{month}/{name}", "rb").read() for name in kept}
        must(now == kept, "days behind the link have changed")
        must(home.lies() == [], f"after all: {home.lies()[:3]}")


def strange_files(lab):
    """What is no file stands under the names of days."""
    with lab.home(8) as home:
        home.filled()
        secret = f"{home.folder}/secret-of-others"
        with open(secret, "w") as file:
            file.write("others")
        days = sorted(home.provider.days)
        for day, make in zip(days, (
                lambda path: os.symlink(secret, path), os.mkfifo, os.mkdir,
                lambda path: os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3)),
                lambda path: os.symlink("/dev/zero", path))):
            os.unlink(home.day_file(day))
            make(home.day_file(day))
        verified = home.verify({"deep": True})
        found = [f for reply in verified for f in reply["parameters"].get("findings") or []]
        must(len(found) == 5 and all("no file" in f["action"] for f in found), f"findings: {found}")
        home.verify({"deep": True, "repair": True, "yes": True})
        home.filled()
        counted = home.log().count("is gone or was altered; the day is asked again")
        must(counted == 5, f"{counted} days are counted as damaged")
        must(open(secret).read() == "others" and os.path.exists("/dev/zero"), "a link was followed")
        must(not home.lies(), f"not mended: {home.lies()}")
        aside = os.listdir(f"{home.folder}/state/archive/quarantine/me/steps")
        must(len(aside) == 5, f"in quarantine: {aside}")


def hard_links(lab):
    """A second name of another user's file stands under a day's name, and under a temporary one."""
    with lab.home() as home:
        home.filled()
        victim, day = f"{home.folder}/victim", max(home.provider.days)
        with open(home.day_file(day), "rb") as file:
            body = file.read()
        with open(victim, "wb") as file:
            file.write(body)
        os.unlink(home.day_file(day))
        os.link(victim, home.day_file(day))
        temporary = f"{os.path.dirname(home.day_file(day))}/.{day}.json.tmp-0123456789abcdef"
        os.link(victim, temporary)
        other_text(home)
        read_again(home)
        must(changed(home, day), "it waits")
        home.verify({"repair": True, "yes": True})
        must(open(victim, "rb").read() == body, "the other file was written to")


def several_disks(lab):
    """The archive is on another disk than the ledger, and one month of it on yet another."""
    home = lab.house(70)
    archive = f"{home.folder}/state/archive"
    day = sorted(home.provider.days)[10]
    month = os.path.dirname(home.day_file(day))
    os.makedirs(archive)
    mount("-t", "tmpfs", "-o", "size=8m", "disk", archive)
    with contextlib.closing(home):
        home.begin()
        home.filled()
        files = {name: open(f"{month}/{name}", "rb").read() for name in os.listdir(month)}
        home.end(signal.SIGTERM)
        mount("-t", "tmpfs", "-o", "size=8m", "disk", month)
        for name, body in files.items():
            with open(f"{month}/{name}", "wb") as file:
                file.write(body)
        half = os.path.join(os.path.dirname(os.path.dirname(month)), "2001", "01")
        os.makedirs(half)
        mount("-t", "tmpfs", "-o", "size=1m", "disk", half)
        with open(f"{half}/2001-01-01.json", "w") as file:
            file.write("half a te")
        home.begin()
        other_text(home)
        read_again(home)
        must(changed(home, day), "the month is not written")
        # It cannot be renamed into quarantine, and is not copied and deleted either.
        home.verify({"deep": True, "repair": True, "yes": True})
        must(home.runs(), "it has ended")
        must(open(f"{half}/2001-01-01.json").read() == "half a te", "moved to another disk")
        home.end(signal.SIGTERM)
        must(not home.lies(), f"{home.lies()[:3]}")


def read_only(lab):
    """First the archive alone while the daemon works, then the whole state folder at a start."""
    home = lab.house(6, login=True)
    state = f"{home.folder}/state"
    mount("-t", "tmpfs", "-o", "size=16m", "disk", state)
    os.mkdir(f"{state}/archive")
    mount("-t", "tmpfs", "-o", "size=8m", "disk", f"{state}/archive")
    with contextlib.closing(home):
        home.begin()
        home.sign_in()
        home.filled()
        tokens = home.provider.issued
        other_text(home)
        mount("-o", "remount,ro", f"{state}/archive")
        home.resync()
        must(home.wait(60, lambda: "Read-only file system" in str(home.ask("Status"))
                       or "Read-only file system" in home.log()), "nothing is said")
        home.provider.access = {}
        home.resync()
        must(not home.wait(3, lambda: home.provider.issued > tokens), "a token is refreshed")
        must(home.account()["state"] != "sign-in-needed", "the sign-in is lost")
        mount("-o", "remount,rw", f"{state}/archive")
        must(changed(home, max(home.provider.days)), "no recovery")
        home.end(signal.SIGTERM)
        tokens = home.provider.issued
        home.provider.access = {}
        mount("-o", "remount,ro", state)
        home.refused(74, "")
        must(home.provider.issued == tokens, "a token is refreshed that cannot be stored")
        mount("-o", "remount,rw", state)
        home.begin()
        home.filled()
        must(home.provider.lost == 0, "the sign-in is lost")


def open_umask(lab):
    """Private are the databases, the lock and the folder; the archive is for its group too."""
    home = lab.house()
    home.before = UMASK
    os.rmdir(f"{home.folder}/state")
    with contextlib.closing(home):
        home.begin()
        home.filled()
        wrong, modes = [], {0o600: r"state/(ledger|accounts)\.sqlite(-wal|-shm)?|state/lock",
                            0o640: r"state/archive/.*", 0o660: r"run/control\.sock"}
        for top in ("state", "run"):
            for folder, _, names in os.walk(f"{home.folder}/{top}"):
                mode = os.stat(folder).st_mode & 0o777
                if mode & 0o007 and top == "state":
                    wrong.append((folder, oct(mode)))
                for name in names:
                    path = os.path.relpath(f"{folder}/{name}", home.folder)
                    mode = os.stat(f"{folder}/{name}").st_mode & 0o777
                    if not re.fullmatch(modes.get(mode, "nothing"), path):
                        wrong.append((path, oct(mode)))
        must(not wrong, f"modes: {wrong}")


def open_databases(lab):
    with contextlib.closing(stopped(lab)) as home:
        for name in ("ledger.sqlite", "accounts.sqlite"):
            os.chmod(f"{home.folder}/state/{name}", 0o644)
            home.refused(74, "chmod 600")
            os.chmod(f"{home.folder}/state/{name}", 0o600)
        home.begin()
        home.filled()


def linked_databases(lab):
    with contextlib.closing(stopped(lab)) as home:
        for name in ("ledger.sqlite", "accounts.sqlite", "ledger.sqlite-wal"):
            path = f"{home.folder}/state/{name}"
            if os.path.exists(path):
                os.rename(path, f"{home.folder}/{name}")
            os.symlink(f"{home.folder}/{name}", path)
            home.refused(74, "symbolic link")
            os.unlink(path)
            if os.path.exists(f"{home.folder}/{name}"):
                os.rename(f"{home.folder}/{name}", path)
        home.begin()
        home.filled()


def stopped(lab):
    home = lab.house()
    home.begin()
    home.filled()
    home.end(signal.SIGTERM)
    return home
