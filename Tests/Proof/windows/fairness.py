"""Whether equal accounts get equal parts: Jain's index (1984), 1 where all get the same, 1/n where
one gets all."""

import collections

import oracle
import play

ACCOUNTS = 10
# (limit, seconds, whose), and hours.
SHARED = {"shared 60/min": ((60, 60, "app"), 2), "shared 150/h": ((150, 3600, "app"), 12),
          "own 150/h": ((150, 3600, "user"), 4)}


def run(program, name, seed):
    """The index of the whole time, and the least of any hour."""
    (limit, seconds, per), hours = SHARED[name]
    judge = oracle.Oracle("moving", [(limit, seconds)])
    counts = collections.defaultdict(collections.Counter)
    begun = None

    def answer(moment, account):
        nonlocal begun
        begun = begun or moment
        if not judge.allows(moment, "app" if per == "app" else account):
            return "429"
        counts[int(moment - begun) // 3600][account] += 1
        return play.NO_DAY

    play.play(program, [play.window(limit, seconds, per)], answer, seed=seed,
              minutes=hours * 60, accounts=ACCOUNTS, days=1000)
    return jain(sum(counts.values(), collections.Counter())), min(map(jain, counts.values()))


def jain(counts):
    parts = counts.values()
    return sum(parts) ** 2 / (ACCOUNTS * sum(part * part for part in parts))
