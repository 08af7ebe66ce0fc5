"""Ends the daemon at every call of the file system in a refresh, and at the steps of the network.

What a kill costs is told by the server, which counts the families that end; where it was, by what
the server had done and by the token that the daemon had stored.
"""

import os
import signal
import threading
import time

from families import GRACES

STAGES = ("before rotation", "until commit", "after commit")
BEFORE, WITHIN, COMMITTED = STAGES
MODES = ("kill", "torn")
DAYS = 2
# Of the network, with the seconds that the daemon has before it is ended there.
STEPS = [("unread", 0), ("read", 0), ("done", 0), ("half answered", 0),
         *(("answered", wait / 1000) for wait in (0, 0.5, 1, 1.5, 2, 3, 4, 6, 10)), ("used", 0)]


class Kills:
    """One installation at a server of one grace, whose refreshes are disturbed."""

    def __init__(self, lab, grace):
        self.grace, self.problems = grace, []
        self.kills, self.lost = dict.fromkeys(STAGES, 0), dict.fromkeys(STAGES, 0)
        # Seconds from a rotation that was lost to the next refresh, at most.
        self.slowest = 0
        self.provider, self.home = lab.house(DAYS, GRACES[grace])
        self.home.sign_up(count=self.home.trace)
        self.home.end()
        # What the last kill was, and where, until it is known what it cost.
        self.pending = None

    def play(self):
        # They differ a little from run to run: answers that come together are stored together.
        for point in range(1, max(self.points() for _ in range(3)) + 1):
            for mode in MODES:
                self.at_point(point, mode)
        for step, wait in STEPS:
            for times in (1, 2):
                self.at_step(step, wait, times)
        self.stopped()
        self.recover()
        self.home.end()
        return self

    def arm(self, plan=(), **how):
        """What the last kill has left is recovered; then the access token ends."""
        self.recover(since=self.home.arm, count=self.home.trace, **how)
        self.provider.plan = list(plan)
        self.old, self.begun = self.provider.refresh, len(self.provider.posts)
        self.armed = time.monotonic()
        open(self.home.arm, "w").close()
        self.provider.expire()

    def points(self):
        """How many calls there are from there to the last day."""
        self.arm()
        os.truncate(self.home.trace, 0)
        self.home.resync()
        self.home.end()
        os.unlink(self.home.arm)
        with open(self.home.trace) as file:
            return sum(1 for _ in file)

    def at_point(self, point, mode):
        self.arm(at=point, mode=mode)
        self.home.resync()
        # What comes after the last day is done by then, or soon.
        reached = self.home.wait(1, lambda: not self.home.runs())
        self.ended(f"{mode} at {point}" if reached else None)

    def at_step(self, step, wait, times):
        """At a step of the network; the refresh that the next start brings may meet the same, if
        there is one."""
        plan = [(step, lambda wire: self.kill(wait))]
        self.arm(plan)
        for again in range(times):
            if again:
                self.provider.plan = list(plan)
                self.home.end()
                self.home.begin()
            self.home.resync()
            if self.provider.plan and not again:
                self.problems.append(f"{step} was not reached")
        self.provider.plan = []
        self.ended(f"{step} {wait} {times}")

    def kill(self, wait):
        time.sleep(wait)
        self.home.daemon.kill()
        self.home.daemon.wait()

    def stopped(self):
        """A stop in order waits for the answer to a refresh."""
        met, go = threading.Event(), threading.Event()
        self.arm([("done", lambda wire: (met.set(), go.wait(60)))])
        thread = threading.Thread(target=self.home.resync)
        thread.start()
        met.wait(60)
        self.home.daemon.send_signal(signal.SIGTERM)
        # Long enough for a stop that does not wait.
        if self.home.wait(1, lambda: not self.home.runs()):
            self.problems.append("a stop does not wait for the answer to a refresh")
        go.set()
        self.home.wait(self.home.patience, lambda: not self.home.runs())
        thread.join()
        self.ended("stop")
        if self.pending[1] is not COMMITTED:
            self.problems.append("a stop lets go of the answer to a refresh")

    # What is left.

    def ended(self, what):
        """The daemon is dead: where, and what has it stored?"""
        self.home.end()
        os.unlink(self.home.arm)
        self.home.wait(self.home.patience, lambda: not self.provider.flying)
        if what is None:
            return
        sent, grant = self.provider.posts[self.begun:], self.home.grant()
        stage = WITHIN if any(post.issued for post in sent) else BEFORE
        if grant.refresh not in (self.old, None) and grant.refresh == self.provider.refresh:
            stage = COMMITTED
        self.kills[stage] += 1
        self.pending = (what, stage)
        self.problems += [f"{what}, {stage}: {text}" for text in self.kept(stage, sent, grant)]

    def kept(self, stage, sent, grant):
        """What is wrong with the secrets that are stored, and with what was stored before calls."""
        used = self.old in self.provider.spent
        if not used and self.old not in (grant.refresh, grant.previous):
            yield "the old token is gone before the new one was used"
        if grant.proven and stage is COMMITTED and not used:
            yield "the new token counts as used, and is not"
        if stage is BEFORE and grant.refresh != self.old:
            yield "there is a token that nobody gave"
        waits = sent and stage is not COMMITTED and (sent[-1].issued or not sent[-1].answered)
        if waits and grant.intent is None:
            yield "the intent is gone before the pair was stored"
        for post in sent:
            if not announced(post, self.armed):
                yield f"a refresh that was not noted first: {post.seen}"

    def recover(self, **how):
        """Starts it: days come at once, or somebody must sign in, and then they come."""
        before, lost = len(self.provider.posts), self.provider.lost
        self.home.begin(**how)
        days = self.home.resync()
        posts = self.provider.posts[before:]
        what, stage = self.pending or ("a start", COMMITTED)
        self.pending = None
        if len(posts) > 1:
            self.problems.append(f"{what}, {stage}: {len(posts)} refreshes after the next start")
        if posts and stage is WITHIN:
            self.slowest = max(self.slowest, posts[0].read - self.provider.rotated)
        if days == DAYS and self.provider.lost == lost:
            return
        if not self.home.needs_sign_in():
            self.problems.append(f"{what}, {stage}: days do not come: {self.home.account()}")
        self.lost[stage] += 1
        self.home.sign_in()
        if self.home.resync() != DAYS:
            self.problems.append(f"{what}, {stage}: days do not come after a sign-in")


def announced(post, since):
    """The intent was durable before the server had read the refresh; where the calls of that daemon
    are counted, it is known to have been noted after a moment."""
    grant, call, at = post.seen
    noted = grant is not None and grant.intent is not None
    return noted and (at is None or call == "fsync" and since < at < post.read)
