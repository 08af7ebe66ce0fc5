"""What the daemon is doing while it is ended."""

import os
import signal
import sqlite3


class Scenario:
    """What the daemon is doing while it is ended. `prepare` makes the state it starts from; `work`
    drives it after the start and returns when it is done, or dead. Where it `mends`, the damage is
    not the daemon's, and a repair is asked for once more before the last look."""

    def __init__(self, name, count, prepare, work, login=False, mends=False):
        self.name, self.count, self.login, self.mends = name, count, login, mends
        self.prepare, self.work = prepare, work


def complete(home, scenario):
    home.wait(home.patience, lambda: not home.runs() or home.complete(scenario.count))


def nothing(home, scenario):
    pass


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


def older(home, scenario):
    """As an older version left it: the ledger lacks the last step of its schema."""
    stored(home, scenario)
    with sqlite3.connect(f"{home.state}/ledger.sqlite") as ledger:
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
    open(f"{os.path.dirname(files[0])}/.{os.path.basename(files[0])}.tmp-0123456789abcdef", "w").close()
    with open(f"{os.path.dirname(files[0])}/2001-01-01.json", "w") as file:
        file.write("half a te")


def damaged(home, scenario):
    stored(home, scenario)
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


def stopped(home, scenario):
    home.wait(home.patience, lambda: not home.runs() or home.streams())
    if home.runs():
        home.daemon.send_signal(signal.SIGTERM)
        home.wait(home.patience, lambda: not home.runs())


SCENARIOS = [
    Scenario("first-run", 1, nothing, complete),
    Scenario("five-days", 5, nothing, complete),
    Scenario("twenty-days", 20, nothing, complete),
    Scenario("refresh", 3, signed_in, resync, login=True),
    Scenario("accounts", 4, stored, moved),
    Scenario("upgrade", 4, older, complete),
    Scenario("repair", 6, damaged, repair, mends=True),
    Scenario("stop", 12, nothing, stopped),
]
