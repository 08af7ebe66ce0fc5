"""What the daemon is doing before the power goes."""

from scenarios import Scenario, complete, damage, nothing, repair, signed_in, stored


class Scene(Scenario):
    """With a number of accounts, and a provider that takes its time for so many answers at once.
    In the end so many tokens must have been used, and every day have been stored in that revision."""

    def __init__(self, *words, accounts=1, pause=0, at_once=100, tokens=0, revision=0, **more):
        super().__init__(*words, **more)
        self.accounts = ["me", "you", "them"][:accounts]
        self.pause, self.at_once = pause, at_once
        self.tokens, self.revision = tokens, revision


def rotated(home, scene):
    """Every day is asked for again, four times; each time the token is refused, and refreshed."""
    complete(home, scene)
    for _ in range(4):
        home.provider.access = {}
        home.ask("Resync", {"account": "me", "all": True})


def changed(home, scene):
    """Every day has changed when it is asked for again, three times. The daemon may answer before
    it has written its words, which would then be taken for words of the next revision."""
    complete(home, scene)
    for revision in (1, 2, 3):
        home.wait(home.patience, lambda: home.said(": stored ") == scene.count * revision)
        home.provider.revision = revision
        home.provider.tell(f"revision {revision}")
        home.ask("Resync", {"account": "me", "all": True})


def harmed(home, scene):
    stored(home, scene)
    for day in sorted(home.provider.days)[:3]:
        home.provider.tell(f"damaged {day}")
    damage(home)


SCENES = [
    Scene("first-run", 60, nothing, complete),
    Scene("one-by-one", 15, nothing, complete, pause=0.02, at_once=1),
    Scene("batches", 20, nothing, complete, accounts=3, pause=0.2),
    Scene("refresh", 4, signed_in, rotated, login=True, tokens=5),
    Scene("resync", 10, nothing, changed, revision=3),
    Scene("repair", 8, harmed, repair, mends=True),
]
