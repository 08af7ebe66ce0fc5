"""68 to 81: refusals, what headers say about limits, clocks, trouble that says how long."""

import time

from cases import Case, every_day, the_day
from misdeeds import once_alone, reply, retry_at, turns
from reactions import budgeted, calm, held, paused, troubled

HOUR = 3_600


def refuse(*lines):
    return reply(429, b"{}", *lines)


def metered(*lines):
    """Good answers with headers about limits."""
    return dict(misdeed=None, reaction=budgeted(4, 3), extra=lines, provider="meters", count=12,
                again=False)


CASES = [
    Case(68, "429 with seconds: a pause to the second",
         once_alone(refuse("Retry-After: 6")), paused(6), hits=the_day),
    Case(69, "429 with a date, by a clock 1 h ahead",
         once_alone(retry_at(6, clock=HOUR)), paused(6, most=12), hits=the_day, ahead=HOUR,
         house="clock"),
    Case(70, "429 without Retry-After: the window, doubled", once_alone(*[refuse()] * 3),
         paused(2, 2, 4), hits=the_day, provider="window", again=False),
    Case(71, "429 until a moment that is past: 1 s",
         once_alone(retry_at(-HOUR)), paused(1), hits=the_day),
    Case(72, "429 for 10 years: a day, over a restart too",
         refuse("Retry-After: 315360000"), held(86_400, "burst window"), provider="window",
         again=False, stays=True),
    Case(73, "429 with a negative number, with garbage",
         once_alone(refuse("Retry-After: -5"), refuse("Retry-After: soon")), paused(2, 2),
         hits=the_day, provider="window", again=False),
    Case(74, "Retry-After with every 200: nothing", None, calm, extra=("Retry-After: 60",),
         again=False),
    Case(75, "headers of limits are missing", **metered()),
    Case(76, "they are negative",
         **metered("X-Limit: -4", "X-Left: -1", "X-Reset: -1")),
    Case(77, "they are huge: more is not used",
         **metered("X-Limit: 99999", "X-Left: 99999999999999999999", "X-Reset: 9e99")),
    Case(78, "more is left than the limit",
         **metered("X-Limit: 4", "X-Left: 4000", "X-Reset: 2")),
    Case(78, "a reset in ms or since 1970, where seconds are meant",
         **metered("X-Limit: 4", "X-Left: 3", f"X-Reset: {int(time.time() * 1000)}")),
    Case(79, "a Date that is 1 h off: all goes on", None, calm, ahead=HOUR, again=False,
         house="clock"),
    Case(80, "500, 502, 504 for all: the account waits",
         turns(*(reply(status, b"{}") for status in (500, 502, 504))),
         troubled("status 50[024]", most=20), hits=every_day, again=False),
    Case(81, "503 with Retry-After: a pause",
         once_alone(reply(503, b"{}", "Retry-After: 6")), paused(6), hits=the_day),
]
