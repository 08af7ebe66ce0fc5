"""What is played: 98 behaviours of bad servers, each at one account or more, with the reaction that
the design promises.

The reactions, with the letters of the list that this table is taken from: T tried again, nothing
stored; H the host is left alone; Q, N, C quarantine, no data, provider off; L sign-in needed; P(t)
a pause; S stored. Where Daybook promises something else than the list, `does` says what. There is
no quarantine of answers and no provider that is switched off: an answer that is no good is dropped,
and its day tried again, after 5 s, 20 s, 80 s and so on to every 6 hours, or once a day where
nothing explains the answer. Not a host but an account is left alone: after three failures in a row
for 2 s, doubled each time, to 15 minutes.
"""

import collections
import dataclasses
import importlib
import typing

ROWS = 98
TABLES = ("framing", "bodies", "statuses", "limits", "wires")


# What the misdeed is about: of a host, a request.

def one_day(host, request):
    """One day from the first call on, and another one once it is stored."""
    return request.kind == "day" and (
        request.day == host.bad_day or (request.day == host.stored_day and host.turned))


def every_day(host, request):
    return request.kind == "day" and request.stream == "day"


def the_day(host, request):
    return request.day == host.bad_day


def tokens_too(host, request):
    """Every day, and the token endpoint once somebody has signed in."""
    return every_day(host, request) or (
        request.kind == "token" and host.tally.get("token", 0) > 0)


def today(host, request):
    return request.day == host.order[0]


def profile(host, request):
    return request.kind == "me"


@dataclasses.dataclass
class Case:
    number: int
    does: str
    misdeed: typing.Optional[typing.Callable]
    reaction: typing.Callable
    hits: typing.Callable = one_day
    # A connection that goes bad: see misdeeds.py.
    connection: typing.Optional[typing.Callable] = None
    tls: bool = False
    h2: bool = False
    # Streams of HTTP/2 that the server permits at once.
    streams: typing.Optional[int] = None
    # The host's name, and what the name server says of it; without a name it is 127.0.0.1.
    domain: typing.Optional[str] = None
    trouble: typing.Any = 0
    # Header lines of every good answer, and their Date: seconds it is ahead of ours.
    extra: typing.Sequence = ()
    ahead: int = 0
    provider: str = "days"
    timeout: str = "5s"
    count: int = 5
    # Of the days, newest first: which is bad from the first call on, and which is asked again.
    bad_at: int = 2
    again_at: int = 3
    # The day that was stored is asked for again; the account waits so long that only a restart, or
    # nothing at all, ends it.
    again: bool = True
    signs_in: bool = True
    holds: bool = False
    stays: bool = False
    # Which daemon plays it: `clock` those whose Date is wrong, `alone` those that are to have no
    # others beside them: its processor time is measured, and no connection makes room for another.
    house: str = "main"
    name: str = ""


def load():
    """All cases, in their order; those of one number have names c07, c07b."""
    out = []
    for table in TABLES:
        out += importlib.import_module(f"cases_{table}").CASES
    seen = collections.Counter()
    for case in out:
        case.name = f"c{case.number:02}{'abcdefgh'[seen[case.number]]}"
        seen[case.number] += 1
    assert set(seen) == set(range(1, ROWS + 1)), sorted(set(range(1, ROWS + 1)) - set(seen))
    return out
