"""Wrong daemons, made by `mutants.c`: each must be seen by the judge or by the order."""

import scenarios

# Each with the scenario that it is played in, and the fault that brings it out: at the first such
# call.
MUTANTS = [
    ("no-fsync", "one-by-one", "", ""),
    ("row-first", "one-by-one", "", ""),
    ("file-range", "one-by-one", "", ""),
    ("no-folder-fsync", "one-by-one", "", ""),
    ("normal-tokens", "refresh", "", ""),
    ("rename-first", "one-by-one", "", ""),
    ("short-write", "first-run", "short", "write .json.tmp-"),
    ("fsync-again", "first-run", "eio", "fsync .json.tmp-"),
]


def play(lab, pool, seed):
    """How many are caught; and faults of the right daemon, which are none, in the same runs."""
    named = {scenario.name: scenario for scenario in scenarios.SCENARIOS}

    def run(row, mutant):
        _, name, mode, only = row
        more = {"MUTANT": mutant} | ({"POINTS_ONLY": only} if only else {})
        return lab.one(named[name], 1 if only else 0, mode, seed, **more)

    wrong = [pool.submit(run, row, row[0]) for row in MUTANTS]
    right = [pool.submit(run, row, "") for row in MUTANTS]
    caught = 0
    for row, future in zip(MUTANTS, wrong):
        seen = [(who, words) for who, words in future.result() if who != "harness"]
        who, words = seen[0] if seen else ("nobody", "NOT CAUGHT")
        caught += bool(seen)
        print(f"  {row[0]}: {who}: {words}"[:79], flush=True)
    for row, future in zip(MUTANTS, right):
        for who, words in future.result():
            print(f"  not {row[0]}, and yet {who}: {words}", flush=True)
    return caught, sum(bool(future.result()) for future in right)
