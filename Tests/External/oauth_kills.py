"""Ends the daemon at every point of a refresh, and counts the token families that this loses.

A refresh is a POST to a server that rotates: from the moment it has processed the call, the token
that the daemon has stored is dead, unless the server takes it again for some seconds of grace.
Where the daemon was ended, and what was lost, is told by what the server has written down and by
the token that the daemon has stored.
"""

import os
import signal
import threading

from oauth_house import digest
from oauth_scenarios import clear, expect

STAGES = ("before the POST", "POST at the server", "answer, no commit", "after the commit")
BEFORE, SENT, ANSWERED, COMMITTED = STAGES
DAYS = 3


class Tally:
    """Families killed and lost, for each stage, at servers of one grace."""

    def __init__(self, grace):
        self.grace, self.problems = grace, []
        self.kills, self.lost = dict.fromkeys(STAGES, 0), dict.fromkeys(STAGES, 0)


class Refreshes:
    """One installation at one site, whose refreshes are disturbed."""

    def __init__(self, lab, grace):
        self.tally = Tally(grace)
        self.site, self.home = lab.signed_in(days=DAYS, grace=grace)
        self.home.resync()
        self.home.end()

    def begin(self, **how):
        """The daemon is about to find out that its access token has ended."""
        self.home.forget()
        self.home.begin(since=self.home.arm, **how)
        self.before = len(self.site.token_calls())
        self.site.expire()
        open(self.home.arm, "w").close()

    def sent(self):
        return self.site.token_calls()[self.before:]

    def settle(self):
        """What has reached the server is done, whoever waits for the answer or not."""
        os.unlink(self.home.arm)
        self.site.wait(lambda: all("end" in call for call in self.sent()))

    def points(self):
        """How many calls of the file system there are from there to the last day."""
        path = f"{self.home.folder}/points"
        self.begin(count=path)
        self.home.resync()
        self.home.end()
        self.settle()
        with open(path) as file:
            return sum(1 for _ in file)

    def at(self, point, mode):
        """Ended at one of them."""
        self.begin(at=point, mode=mode)
        self.home.resync()
        # What comes after the last day is done by then, or soon.
        reached = self.home.wait(1, lambda: not self.home.runs())
        self.home.end()
        self.settle()
        if reached:
            self.judge(f"{mode} at {point}", self.stage())

    def stage(self):
        if not self.sent():
            return BEFORE
        live = [digest(token) for token in self.site.live()]
        return COMMITTED if self.home.refresh_token() in live else ANSWERED

    def held(self, hold, moment, times=1):
        """Ended while the server has the call: before it hears of it, or once it has done it. The
        next refresh may meet the same."""
        self.begin()
        for _ in range(times):
            path = self.site.hold(hold)
            if self.home.runs():
                threading.Thread(target=self.home.resync, daemon=True).start()
            else:
                self.home.begin()
            self.site.wait(lambda: self.sent() and moment in self.sent()[-1])
            self.home.end()
            os.unlink(path)
            self.site.wait(lambda: "end" in self.sent()[-1])
        self.settle()
        self.judge(f"{hold} {times}", SENT)

    def stopped(self):
        """A stop in order waits for the answer: nothing may be lost, whatever the grace."""
        self.begin()
        path = self.site.hold("after")
        threading.Thread(target=self.home.resync, daemon=True).start()
        self.site.wait(lambda: self.sent() and "done" in self.sent()[-1])
        self.home.daemon.send_signal(signal.SIGTERM)
        # Long enough for a stop that does not wait.
        if self.home.wait(1, lambda: not self.home.runs()):
            self.tally.problems.append("a stop does not wait for the answer to a refresh")
        os.unlink(path)
        self.home.wait(self.home.patience, lambda: not self.home.runs())
        expect(self.tally.problems, "exit status of a stop", self.home.end(), 0)
        self.settle()
        expect(self.tally.problems, "stage after a stop", self.stage(), COMMITTED)
        self.judge("stop", COMMITTED)

    def judge(self, what, stage):
        """Starts it again: days come, or somebody must sign in, and then they come."""
        tally, home = self.tally, self.home
        tally.kills[stage] += 1
        home.begin()
        if home.resync() != DAYS:
            if not home.needs_sign_in():
                tally.problems.append(f"{what}, {stage}: days do not come: {home.account()}")
                return home.end()
            tally.lost[stage] += 1
            tally.problems += clear(home)
            home.sign_in()
            expect(tally.problems, f"{what}, {stage}: days after a sign-in", home.resync(), DAYS)
        home.end()


def disturb(lab, grace, modes=("kill", "torn")):
    """Every point of a refresh at a server of this grace."""
    play = Refreshes(lab, grace)
    for point in range(1, play.points() + 1):
        for mode in modes:
            play.at(point, mode)
    for hold, moment in (("before", "begin"), ("after", "done")):
        for times in (1, 2):
            play.held(hold, moment, times)
    play.stopped()
    return play.tally
