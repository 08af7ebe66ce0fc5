"""Answers to refreshes that are lost while the daemon lives: outages, connections that end just
then; and settings that change meanwhile."""

import threading
import time

from families import GRACES, cut, reset

DAYS = 2
# Grace, answers lost in a row, seconds for which nobody gets through afterwards, and whether the
# family outlives it: one retry comes at once, the others take seconds.
OUTAGES = [
    ("none", 1, 0, False), ("2 s", 1, 0, True), ("2 s", 1, 4, False),
    ("120 s", 1, 0, True), ("120 s", 3, 0, True), ("120 s", 1, 6, True),
    ("until used", 1, 0, True), ("until used", 3, 0, True), ("until used", 1, 10, True),
]
# Where the connection ends, and how.
ENDS = [(step, end) for step in ("read", "done") for end in (cut, reset)] * 2


def outage(lab, grace, lost, away, survives):
    """What was wrong, and whether the family has died although the grace allows for it."""
    problems = []
    provider, home = lab.house(DAYS, GRACES[grace])
    home.patience = 120
    home.sign_up(count=home.trace)

    def lose(wire):
        if not provider.plan:
            provider.away = time.monotonic() + away
            provider.drop(but=wire)
        cut(wire)

    before = len(provider.posts)
    provider.plan = [("done", lose)] * lost
    provider.expire()
    days, posts = home.resync(), provider.posts[before:]
    if survives and days != DAYS:
        problems.append(f"{lost} answers lost, {away} s, grace {grace}: {home.account()}")
    if not survives and not home.needs_sign_in():
        problems.append(f"grace {grace}: nobody is asked to sign in: {home.account()}")
    # Every answer that was lost, one that comes, or the word that the family is dead.
    if len(posts) != lost + 1:
        problems.append(f"{lost} answers lost, {away} s, grace {grace}: {len(posts)} refreshes")
    home.end()
    return problems, survives and provider.lost


def outages(lab):
    problems, dead = [], 0
    for found, died in lab.together(lambda case: outage(lab, *case), OUTAGES, len(OUTAGES)):
        problems += found
        dead += died
    return problems, dead


def resends(lab):
    """Every kept connection ends when a refresh has just come, and its own too: libcurl would send
    it again by itself on a connection that it had used before, and the daemon hear nothing of it.
    What the daemon sends again it notes again, in another second. How many were not noted."""
    problems, hidden = [], 0
    provider, home = lab.house(DAYS, GRACES["until used"])
    home.sign_up(count=home.trace)
    for step, end in ENDS:
        before = len(provider.posts)
        provider.plan = [(step, lambda wire, end=end: ended(provider, wire, end))]
        provider.expire()
        days = home.resync()
        first, *others = provider.posts[before:]
        if days != DAYS or len(others) != 1:
            problems.append(f"{end.__name__} when {step}: {days} days, {len(others)} more calls")
        hidden += sum(again.seen.grant.intent <= first.seen.grant.intent for again in others)
    home.end()
    return problems, hidden


def ended(provider, wire, end):
    second = int(time.time())
    while int(time.time()) == second:
        time.sleep(0.01)
    provider.drop(but=wire)
    end(wire)


def reloads(lab):
    """While the server has the refresh, the account leaves the settings and comes back, and all its
    days are wanted: it waits for the answer, which is not lost, though there is no grace."""
    provider, home = lab.house(DAYS, GRACES["none"])
    home.sign_up(count=home.trace)
    changed = threading.Event()

    def change(_):
        for name in ("you", "me"):
            home.accounts([name], login=True)
            home.ask("Reload")
        home.ask("Resync", {"account": "me", "all": True}, more=False)
        # Long enough for a second refresh.
        home.wait(1, lambda: provider.flying > 1)
        changed.set()

    before = len(provider.posts)
    provider.plan = [("done", change)]
    provider.expire()
    home.resync()
    changed.wait(home.patience)
    days = home.resync()
    home.end()
    if days != DAYS or provider.lost or len(provider.posts) != before + 1:
        return [f"reload in a refresh: {days} days, {provider.lost} families lost, "
                f"{len(provider.posts) - before} refreshes"]
    return []


def late_name(lab):
    """At the first sign-in the server is slow to say who it was, and quick with all else: the token
    ends, and is refreshed, before that answer comes. It must not bring the old token back."""
    provider, home = lab.house(DAYS, GRACES["none"])

    def tell(_):
        provider.expire()
        # Whatever happens to an account makes it look around for work.
        home.ask("Resume", {"account": "me"})
        # Long enough for a refresh, if one comes, and the first use of what it brings.
        home.wait(2, lambda: provider.refresh_name % 1 in provider.spent)
        return 200, {"first": provider.first, "id": "7"}

    provider.plan = [("who", tell)]
    home.begin(count=home.trace)
    home.sign_in()
    days = home.resync()
    home.end()
    if days != DAYS or provider.lost or provider.replayed:
        return [f"a refresh in a first sign-in: {days} days, {provider.lost} families lost, "
                f"{provider.replayed} tokens sent whose successor was used"]
    return []
