"""How much of a budget a backfill uses, and how often it is refused: each budget behind each way of
counting.

While nobody refuses, the daemon cannot tell windows that are fixed, aligned to the clock or moving
from each other. So one play is judged by all three; each refuses for itself.
"""

import collections
import dataclasses
import itertools

import oracle
import play

# (limit, seconds) of each window; the last one binds.
BUDGETS = {
    "150/h": [(150, 3600)],
    "20/min + 500/h": [(20, 60), (500, 3600)],
    "60/min": [(60, 60)],
    "60/min + 2,000/h": [(60, 60), (2000, 3600)],
}
# What may be declared of how the server counts, a seed each; "unknown" is what is left out.
WINDOWS = {"fixed": "first", "fixed aligned": "clock", "moving": "rolling"}
COUNTER = ("sliding counter",)
ACCOUNTS = 3


@dataclasses.dataclass
class Case:
    budget: str
    shapes: tuple
    align: str
    seed: int
    hours: int


@dataclasses.dataclass
class Outcome:
    case: Case
    calls: int
    # By how the server counts.
    refused: dict
    use: float


def declared(seeds, hours):
    aligns = list(WINDOWS.values())
    return [case for budget, seed in itertools.product(BUDGETS, seeds) for case in (
        Case(budget, tuple(WINDOWS), aligns[seed % len(aligns)], seed, hours),
        Case(budget, COUNTER, "sliding", seed, hours))]


def undeclared():
    """Nobody has said that the server has a sliding counter: it is learnt from refusals, in the
    first windows, that say when to come again or do not."""
    return [Case(budget, COUNTER, "unknown", seed, 4)
            for budget, seed in itertools.product(BUDGETS, (1, 2))]


def run(program, case):
    windows = BUDGETS[case.budget]
    judges = {shape: oracle.Oracle(shape, windows) for shape in case.shapes}
    allowed, refused = [], collections.Counter()
    # A refusal says when to come again, or does not; a day that is stored ends what it began.
    tells = case.seed % 2 == 0
    good = play.DAY if case.align == "unknown" else play.NO_DAY

    def answer(moment, _):
        against = [shape for shape, judge in judges.items() if not judge.allows(moment, "app")]
        if not against:
            allowed.append(moment)
            return good
        refused.update(against)
        wait = max(judges[shape].wait("app") for shape in against)
        return f"429\tRetry-After: {wait}" if tells else "429"

    limit, seconds = windows[-1]
    play.play(program, [play.window(*window, align=case.align) for window in windows], answer,
              seed=case.seed, minutes=case.hours * 60, accounts=ACCOUNTS,
              days=limit * case.hours * 3600 // seconds // 2)
    calls = len(allowed) + max(refused.values(), default=0)
    return Outcome(case, calls, refused, use(allowed, *windows[-1], case.hours))


def use(allowed, limit, seconds, hours):
    """Of the budget of all hours; or, where it is less, of the time that whole windows should have
    taken: the first call of the n-th comes n windows after the very first."""
    of_all = len(allowed) * seconds / (limit * hours * 3600)
    whole = min(hours * 3600 // seconds, len(allowed) // limit) - 1
    if whole < 1:
        return 0
    return min(of_all, whole * seconds / (allowed[whole * limit] - allowed[0]))
