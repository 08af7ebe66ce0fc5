"""A machine that has too little, clocks that are wrong, and mistakes of its owner, 52 to 58."""

import contextlib
import os
import signal
import subprocess
import time

from files import changed, mount, other_text
from lab import must
from names import checked

YEAR = 366 * 86400


def disk(path, size):
    os.makedirs(path, exist_ok=True)
    mount("-t", "tmpfs", "-o", f"size={size}", "disk", path)


def fill(path):
    with open(f"{path}/balloon", "wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def full_disk(lab):
    full_archive(lab)
    full_state(lab)


def full_archive(lab):
    """The ledger has room."""
    home = lab.house(60)
    archive = f"{home.folder}/state/archive"
    disk(archive, "8m")
    with contextlib.closing(home):
        home.begin()
        home.filled()
        other_text(home)
        fill(archive)
        tree = {name: body for name, body in home.tree().items() if name != "balloon"}
        home.resync()
        must(home.wait(60, lambda: "no space for the archive" in home.log()), "it says nothing")
        lost = {name for name, body in home.tree().items() if name in tree and not body}
        must(not lost and tree.keys() <= home.tree().keys(), f"lost: {lost}")
        os.unlink(f"{archive}/balloon")
        begun = time.monotonic()
        must(changed(home, min(home.provider.days)), "it does not recover")
        must(time.monotonic() - begun < 60, "it takes more than 60 s to recover")
        home.end(signal.SIGTERM)
        must(not home.lies(), f"{home.lies()[:3]}")


def full_state(lab):
    """The daemon ends, and its service manager starts it again and again."""
    home = lab.house(60)
    state = f"{home.folder}/state"
    disk(state, "12m")
    home.may_end = (74,)
    with contextlib.closing(home):
        home.begin()
        home.filled()
        fill(state)
        other_text(home)
        with contextlib.suppress(OSError):
            home.resync()
        for _ in range(3):
            if home.wait(2, lambda: not home.runs()):
                home.end()
                home.start()
        os.unlink(f"{state}/balloon")
        home.wait(2, lambda: not home.runs())
        home.end(signal.SIGTERM)
        home.begin()
        home.filled()
        home.end(signal.SIGTERM)
        must(not home.lies() and len(home.rows()) == 60, f"{len(home.rows())} days are left")


def few_descriptors(lab):
    """With 32 it may have room for nobody, but lives and loses nothing; with 100 it works."""
    home = lab.house(40)
    home.patience = 2
    with contextlib.closing(home):
        home.before = ["prlimit", "--nofile=32:32"]
        home.start()
        must(home.wait(60, lambda: "open files" in home.log() or home.complete(40)), "no word")
        must(not home.wait(5, lambda: not home.runs()), "it has ended")
        must(home.end(signal.SIGTERM) == 0, "it does not stop in order")
        must(not home.lies(), f"{home.lies()[:3]}")
        home.before = ["prlimit", "--nofile=100:100"]
        home.patience = 30
        home.begin()
        # What failed would wait for minutes.
        home.resync()
        home.filled()
        wires = [home.wire() for _ in range(40)]
        must(home.ask("Status"), "idle clients keep everybody out")
        for wire in wires:
            wire.socket.close()
        home.end(signal.SIGTERM)
        must(not home.lies(), f"{home.lies()[:3]}")


# Of an answer for a day, of one for a day that is too much, and of one about the account.
SIZES = [("/day/", 64 << 20, True), ("/day/", 256 << 20, False), ("/me", 64 << 20, False)]


def huge_reply(lab):
    """As much memory as a small machine has: what is huge goes to the disk as it comes."""
    for path, size, taken in SIZES:
        home = lab.house(1)
        day, = home.provider.days
        body = b'{"first":"%s","day":"%s","items":[1],"text":"' % (day.encode(), day.encode())
        body += b"x" * size + b'"}'
        home.provider.instead = lambda request, form, path=path, body=body: (
            (200, body) if request.path.startswith(path) else None)
        with open(f"{home.folder}/daybook.yaml") as file:
            home.write("daybook.yaml", file.read().replace("timeout: 5s", "timeout: 100s"))
        with contextlib.closing(home):
            home.begin()
            if taken:
                home.filled(120)
            else:
                must(home.wait(120, lambda: len(home.provider.heard) > 2), "not refused")
                stored = list(home.tree())
                must(home.lies() == [] and not [n for n in stored if n.endswith(".json")
                                                and ".tmp-" not in n], f"stored: {stored}")
            must(home.memory() < 48, f"{home.memory():.0f} MB")
            must(home.ask("Status"), "it does not live")


def wrong_clock(lab, *moments):
    """At each of these moments it starts with what it had: nothing is asked that is not due, no
    token is lost, no day is made, closed or sealed, and with the right clock all goes on."""
    home = lab.house(20, login=True)
    with contextlib.closing(home):
        home.begin()
        home.sign_in()
        home.filled()
        home.end(signal.SIGTERM)
        before, now, tree = home.states(), int(time.time()), home.tree()
        for moment in moments:
            home.set_clocks(moment - now, 0)
            asked = len(home.provider.heard)
            home.begin()
            # The first answer says what time it is; what is due follows.
            home.wait(4, lambda: False)
            must(home.account()["state"] not in ("sign-in-needed", "sealed"), "it has ended")
            counted = home.streams()
            home.end(signal.SIGTERM)
            calls = [path[5:] for _, path, _, _ in home.provider.heard[asked:] if "/day/" in path]
            must(len(calls) <= 20 and set(calls) <= home.provider.days,
                 f"at {moment} it asks for {len(calls)} days, {max(calls, default='')} among them")
            number = sum(n for key, n in counted[0].items() if key not in ("name", "confirmed"))
            must(number == 20, f"at {moment} there are {number} days")
            must(home.states() == before, f"{moment}: the days have changed")
            must(home.tree() == tree, f"{moment}: the archive has changed")
        home.set_clocks(0, 0)
        home.begin()
        home.filled()
        must(home.account()["state"] not in ("sign-in-needed", "sealed"), "the sign-in is lost")
        must(home.provider.lost == 0, "tokens are lost")


def ends_of_time(lab):
    """1970 and 2100."""
    wrong_clock(lab, 0, 4102444800)


def year_behind(lab):
    wrong_clock(lab, int(time.time()) - YEAR)


def year_ahead(lab):
    wrong_clock(lab, int(time.time()) + YEAR)


def two_daemons(lab):
    with lab.home() as home:
        ran = subprocess.Popen(
            [f"{home.build}/daybookd", "--config", f"{home.folder}/daybook.yaml", "--providers",
             f"{home.folder}/providers", "--state", f"{home.folder}/state", "--runtime",
             f"{home.folder}/run2"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said = ran.stderr.read()
        _, status, used = os.wait4(ran.pid, 0)
        ran.returncode = os.waitstatus_to_exitcode(status)
        must(ran.returncode == 75, f"{ran.returncode}: {said}")
        # A busy machine takes longer; the work it has is less than a second.
        must(used.ru_utime + used.ru_stime < 1, f"{used.ru_utime + used.ru_stime:.1f} s of CPU")
        must(f"process {home.daemon.pid}" in said and len(said.splitlines()) == 1, said)
        home.filled()


def stopped_process(lab):
    """Half a minute stands for an hour, since the window has ten seconds."""
    limit, span = 20, 10.0
    more = f"windows:\n  - {{name: ten, seconds: {span:.0f}, limit: {limit}, per: user}}\n"
    with lab.home(400, more=more) as home:
        must(home.wait(60, lambda: len(home.provider.heard) > limit + 5), "no second window")
        home.daemon.send_signal(signal.SIGSTOP)
        time.sleep(30)
        stopped = len(home.provider.heard)
        home.daemon.send_signal(signal.SIGCONT)
        must(home.wait(60, lambda: len(home.provider.heard) > stopped + limit + 5), "it stands")
        moments = [moment for moment, *_ in home.provider.heard]
        for i in range(len(moments) - limit):
            seconds = moments[i + limit] - moments[i]
            must(seconds > span, f"{limit + 1} calls within {seconds:.3f} s")


def open_secrets(lab):
    with contextlib.closing(lab.house(login=True)) as home:
        path = f"{home.folder}/daybook.yaml"
        with open(path) as file:
            good = file.read()
        for inline in ("client_secret: 0f9a-Inline.Secret", 'client_secret: "Inline Secret/+"'):
            os.chmod(path, 0o644)
            home.write("daybook.yaml", good.replace(
                f"client_secret_file: {home.folder}/secret", inline))
            status, said = checked(home)
            must(status == 78 and "credential" in said, f"{inline}: {status} {said}")
            must("nline" not in said, f"the secret is shown: {said}")
            home.refused(78, "credential")
        must("nline" not in home.log(), "the secret is in the log")
        home.write("daybook.yaml", good)
        os.chmod(f"{home.folder}/secret", 0o644)
        must("s3cret" not in home.refused(78, "run chmod 0600"), "the secret is shown")
        os.chmod(f"{home.folder}/secret", 0o600)
        home.begin()
