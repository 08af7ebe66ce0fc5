"""Refreshes that nothing disturbs: how many calls they take, and how long a new pair is nowhere but
in the daemon's memory.

That is from the moment at which the server's answer leaves to the moment at which the fsync of the
account book's log has returned, both by CLOCK_MONOTONIC. The server's own sending, the network and
all of the daemon's work are within. The state is on a real disk.
"""

import time

from families import GRACES
from kills import announced

ROTATIONS = 40
# More than the calls that are under way at once: all of them are refused together, and while the
# refresh waits for so many seconds, none of them may bring another.
DAYS, HOLD = 12, 0.02


def rotate(lab):
    """What was wrong, milliseconds of each rotation, and refreshes for each."""
    problems = []
    provider, home = lab.house(DAYS, GRACES["none"], disk=True)
    home.sign_up(count=home.trace)
    for _ in range(ROTATIONS):
        provider.plan = [("read", lambda wire: time.sleep(HOLD))]
        provider.expire()
        days = home.resync()
        if days != DAYS:
            problems.append(f"{days} days after a refresh: {home.account()}")
    home.end()
    used = {}
    for moment, _, headers, form in provider.heard:
        if form is None:
            used.setdefault(headers.get("Authorization"), moment)
    commits = [at for call, at in home.log_calls() if call == "fsync"]
    times, before = [], 0
    for post in provider.posts:
        commit = next((at for at in commits if at > post.answered), None)
        use = used.get(f"Bearer {provider.access_name % post.issued}")
        if commit is None or use is None or use < commit:
            problems.append(f"a new token was used before its commit: {use}, {commit}")
        else:
            times.append((commit - post.answered) * 1000)
        if not announced(post, before):
            problems.append(f"a refresh that was not noted first: {post.seen}")
        before = post.read
    return problems, times, len(provider.posts) / ROTATIONS
