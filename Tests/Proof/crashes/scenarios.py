"""What the daemon is doing while it is ended."""

import contextlib
import glob
import os
import signal
import sqlite3
import threading


class Scenario:
    """What the daemon is doing while it is ended. `prepare` makes the state it starts from; `work`
    drives it after the start and returns when it is done, or dead. Where it `mends`, the damage is
    not the daemon's, and a repair is asked for once more before the last look."""

    def __init__(self, name, count, prepare, work, login=False, mends=False):
        self.name, self.count, self.login, self.mends = name, count, login, mends
        self.prepare, self.work = prepare, work


def complete(home, scenario):
    home.wait(home.patience, lambda: not home.runs() or home.is_stuck()
              or home.complete(scenario.count))


def nothing(home, scenario):
    pass


def one_by_one(home, scenario):
    """Each answer comes after the one before it was taken up."""
    home.provider.at_once(1)
    home.provider.pause = 0.01


def limited(home, scenario):
    """After a kill the window is closed: what the tree has and the ledger has not is taken up
    before the provider can be asked for it. It is closed for as long as a call may take."""
    home.timeout = "1s"
    home.accounts(["me"])
    with open(f"{home.folder}/providers/days.yaml", "a") as file:
        file.write("windows:\n  - {name: second, seconds: 0.2, limit: 3, per: user}\n")


def stored(home, scenario):
    """All days are stored, and the daemon stopped in order."""
    home.start()
    complete(home, scenario)
    home.end(signal.SIGTERM)


def sign_in(home):
    home.wait(home.patience, lambda: home.ask("Status") is not None)
    home.sign_in()


def signed_in(home, scenario):
    """As after a sign-in, with a token that is to be refreshed at once."""
    home.start()
    sign_in(home)
    complete(home, scenario)
    home.end(signal.SIGTERM)
    home.provider.access = {}


def resync(home, scenario):
    """Every day is asked for again: the refused token is refreshed on the way."""
    if home.wait(home.patience, lambda: not home.runs() or home.complete(scenario.count)):
        home.ask("Resync", {"account": "me", "all": True})


def kept(home, scenario):
    home.provider.behind = 60
    stored(home, scenario)


def reread(home, scenario):
    """Every day that is kept has changed when it is asked for again, twice, and seconds have gone
    by. The daemon may answer before it has written its words, which would then be taken for words
    of the next revision."""
    for revision in (1, 2):
        home.wait(home.patience, lambda: not home.runs() or home.is_stuck()
                  or home.complete(scenario.count)
                  and home.said(": stored ") == scenario.count * revision)
        if not home.runs() or home.is_stuck():
            return
        home.provider.behind -= 20
        home.provider.revision = revision
        home.provider.tell(f"revision {revision}")
        home.ask("Resync", {"account": "me", "all": True})


def older(home, scenario):
    """As an older version left it: the ledger lacks the last step of its schema."""
    stored(home, scenario)
    # Closed here: whenever else that is, it takes the log away from whoever looks.
    with contextlib.closing(sqlite3.connect(f"{home.state}/ledger.sqlite")) as ledger, ledger:
        version, = ledger.execute("PRAGMA user_version").fetchone()
        if version != 2:
            raise RuntimeError(f"the ledger has version {version}: teach this scenario its last step")
        ledger.execute("ALTER TABLE stream DROP COLUMN changes_at")
        ledger.execute("PRAGMA user_version = 1")
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def damage(home):
    """Of the first three days one is gone, one cut, one altered; one is left over, one unknown."""
    folder = f"{home.state}/archive/me/steps"
    files = sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names
                   if name.endswith(".json"))
    os.unlink(files[0])
    with open(files[1], "r+b") as file:
        file.truncate(9)
    with open(files[2], "r+b") as file:
        file.write(b"x")
    month, name = os.path.split(files[0])
    open(f"{month}/.{name}.tmp-0123456789abcdef", "w").close()
    with open(f"{month}/2001-01-01.json", "w") as file:
        file.write("half a te")


def damaged(home, scenario):
    stored(home, scenario)
    for day in sorted(home.provider.days)[:3]:
        home.provider.tell(f"damaged {day}")
    damage(home)


def repair(home, scenario):
    home.wait(home.patience, lambda: not home.runs() or home.ask("Status") is not None)
    home.ask("Verify", {"deep": True, "repair": True, "yes": True})
    complete(home, scenario)


def moved(home, scenario):
    """One account leaves the settings, another comes."""
    home.wait(home.patience, lambda: not home.runs() or home.ask("Status") is not None)
    home.accounts(["you"])
    home.ask("Reload")
    complete(home, scenario)


def lost(home, scenario):
    """The ledger is gone: its rows come back from the tree, where one file is not whole."""
    stored(home, scenario)
    for day in home.provider.days:
        home.provider.tell(f"damaged {day}")
    for path in glob.glob(f"{home.state}/ledger.sqlite*"):
        os.unlink(path)
    with open(home.path("me", max(home.provider.days)), "r+b") as file:
        file.truncate(9)


def more(home, scenario):
    """The provider's file has one more stream, and the daemon is told."""
    home.wait(home.patience, lambda: not home.runs() or home.ready())
    home.provider.streams.add("night")
    with open(f"{home.folder}/providers/days.yaml") as file:
        steps = file.read()
    night = steps[steps.index("  - name: steps"):]
    home.write("providers/days.yaml",
               steps + night.replace("steps", "nights").replace("/day/", "/night/"))
    home.ask("Reload")
    complete(home, scenario)


def stopping(when):
    """Work that ends with a stop in order, once `when` has brought the daemon into a state."""
    def work(home, scenario):
        when(home, scenario)
        if home.runs():
            home.daemon.send_signal(signal.SIGTERM)
            home.wait(home.patience, lambda: not home.runs())

    return work


def begun(home, scenario):
    home.wait(home.patience, lambda: not home.runs() or home.streams())


def paused(home, scenario):
    complete(home, scenario)
    home.ask("Pause", {"account": "me"})


def signing_in(home, scenario):
    complete(home, scenario)
    home.ask("LoginBegin", {"account": "me"})


def verifying(home, scenario):
    """It answers when it has ended, which is not waited for."""
    complete(home, scenario)
    threading.Thread(target=home.ask, args=("Verify", {"deep": True}), daemon=True).start()
    home.wait(home.patience, lambda: not home.runs() or home.said("checked") > 1)


def refreshing(home, scenario):
    """The token endpoint answers only when the stop has begun: what it says must not be lost."""
    complete(home, scenario)
    arrived, stops, daemon = threading.Event(), home.said("stopping"), home.daemon
    see = home.provider.instead

    def late(request, form):
        see(request, form)
        if form and not arrived.is_set():
            arrived.set()
            home.wait(home.patience,
                      lambda: daemon.poll() is not None or home.said("stopping") > stops)

    home.provider.instead = late
    home.ask("Resync", {"account": "me", "all": True}, more=False)
    home.wait(home.patience, lambda: not home.runs() or home.is_stuck() or arrived.is_set())


SCENARIOS = [
    Scenario("first-run", 1, nothing, complete),
    Scenario("one-by-one", 5, one_by_one, complete),
    Scenario("limited", 3, limited, complete),
    Scenario("twenty-days", 20, nothing, complete),
    Scenario("refresh", 3, signed_in, resync, login=True),
    Scenario("reread", 4, kept, reread),
    Scenario("accounts", 4, stored, moved),
    Scenario("reload", 3, stored, more),
    Scenario("upgrade", 4, older, complete),
    Scenario("repair", 6, damaged, repair, mends=True),
    Scenario("rebuild", 4, lost, complete, mends=True),
    Scenario("stop-begun", 12, nothing, stopping(begun)),
    Scenario("stop-idle", 3, stored, stopping(complete)),
    Scenario("stop-paused", 3, stored, stopping(paused)),
    Scenario("stop-login", 3, signed_in, stopping(signing_in), login=True),
    Scenario("stop-verify", 6, stored, stopping(verifying)),
    Scenario("stop-refresh", 3, signed_in, stopping(refreshing), login=True),
]
