"""What the daemon must be seen to do about a bad answer. Each makes a check: of a View, taken after
all have been watched for a while, to a list of what is wrong."""

import json
import re

from lodging import moment
from views import counted, expect, nothing, others, untouched

# Seconds by which a moment on a busy machine may be late.
SLACK = 10


def retried(why, least=2, sends=1):
    """Nothing is stored, and the day is tried again, more and more slowly."""

    def check(view):
        problems, day = [], view.host.bad_day
        expect(problems, view.days.get(day) == "f", f"the day is {view.days.get(day)}")
        expect(problems, view.file(day) is None, "something is stored under its name")
        expect(problems, re.search(why, view.reason(day)), f"its reason: {view.reason(day)}")
        counted(view, problems, least, sends)
        others(view, problems)
        untouched(view, problems)
        return problems

    return check


def stored(make=None, most=1):
    """What came is whole: it is the day, byte for byte."""

    def check(view):
        problems, host = [], view.host
        wanted = (make or bytes)(host.whole(host.bad_day))
        expect(problems, view.file(host.bad_day) == wanted, "other bytes are stored, or none")
        asked = len(host.asked(host.bad_day))
        expect(problems, 1 <= asked <= most, f"asked {asked} times")
        others(view, problems, but=() if view.case.again else (host.stored_day,))
        expect(problems, view.days.get(host.bad_day) == "o", "the day is not stored")
        if view.case.again:
            wanted = (make or bytes)(host.whole(host.stored_day))
            expect(problems, view.file(host.stored_day) == wanted, "the resync brought others")
        return problems

    check.genuine = lambda whole, body: body == (make or bytes)(whole)
    return check


def ended(state, why, most=1):
    """The provider's word ends the work on the day: it is not asked again. `f` is parked: an
    answer that nothing explains is asked for once a day."""

    def check(view):
        problems, day = [], view.host.bad_day
        expect(problems, view.days.get(day) == state, f"the day is {view.days.get(day)}")
        expect(problems, view.file(day) is None, "something is stored under its name")
        expect(problems, re.search(why, view.reason(day)), f"its reason: {view.reason(day)}")
        expect(problems, len(view.host.asked(day)) <= most, "it is asked again")
        if state == "f":
            wait = view.rows[day][1] - view.host.first_bad
            expect(problems, wait > 86_000, f"it is asked again in {wait} s")
        others(view, problems)
        untouched(view, problems)
        return problems

    return check


def each_ended(state):
    """The same for every day of the stream; another stream of the account is complete."""

    def check(view):
        problems = []
        for day in view.host.order:
            expect(problems, view.days.get(day) == state, f"{day} is {view.days.get(day)}")
            # Once in each stream; what was refused before the sign-in was over is asked after it.
            expect(problems, len(view.host.asked(day)) <= 3, f"{day} was asked again")
            pulse = view.home.days(view.host.name)["pulse"].get(day)
            expect(problems, pulse == "o", f"{day} of the other stream is {pulse}")
        return problems

    return check


def account(state, why, refreshes, calls):
    """The account rests, in this state, and asks no more."""

    def check(view):
        problems, host = [], view.host
        expect(problems, view.state == state, f"the account is {view.state}")
        expect(problems, re.search(why, view.status.get("reason") or ""),
               f"its reason: {view.status.get('reason')}")
        asked = sum(1 for _, kind, *_ in host.calls if kind == "token") - 1
        expect(problems, asked <= refreshes, f"{asked} refreshes")
        expect(problems, len(host.calls) <= calls, f"{len(host.calls)} calls")
        last = max(at for at, *_ in host.calls)
        expect(problems, view.taken - last > 15, "it went on asking")
        nothing(view, problems)
        return problems

    return check


def paused(*gaps, most=SLACK):
    """After each bad answer no call leaves before so many seconds, and one does soon after; then
    all is complete."""

    def check(view):
        problems, host = [], view.host
        expect(problems, len(host.misdeeds) == len(gaps), f"{len(host.misdeeds)} bad answers")
        for end, gap in zip(host.misdeeds, gaps):
            later = view.calls_after(end)
            wait = min(later) - end if later else None
            expect(problems, wait and gap - 0.1 <= wait <= gap + most,
                   f"a wait of {wait} s, not {gap}")
        expect(problems, max(gaps) < 5 or view.waited(max(gaps) - 3), "Status told no wait")
        expect(problems, view.days.get(host.bad_day) == "o", "the day did not come afterwards")
        others(view, problems)
        return problems

    return check


def held(seconds, why="trouble"):
    """The account waits for longer than anybody watches: not one call more."""

    def check(view):
        problems, host = [], view.host
        until = moment(view.status.get("until") or "1970-01-01T00:00:00") - host.first_bad
        expect(problems, view.state == "waiting" and why in view.status.get("reason", ""),
               f"the account is {view.state}: {view.status.get('reason')}")
        expect(problems, abs(until - seconds) < 60, f"it waits {until} s, not {seconds}")
        # An answer to a call that was under way may be good: the day is then tried once more.
        later = view.calls_after(host.misdeeds[0] + 1)
        expect(problems, len(later) <= 1, f"{len(later)} calls meanwhile")
        expect(problems, view.file(host.bad_day) is None, "something is stored")
        return problems

    return check


def troubled(why, most, waits=True, least=3):
    """Every day fails: nothing is stored, and after three failures in a row the account waits."""

    def check(view):
        problems, host = [], view.host
        for day in host.order:
            expect(problems, view.days.get(day) in "f.", f"{day} is {view.days.get(day)}")
            expect(problems, not view.reason(day) or re.search(why, view.reason(day)),
                   f"its reason: {view.reason(day)}")
        asked = sum(1 for _, kind, *_ in host.calls if kind == "day")
        expect(problems, least <= asked <= most, f"{asked} calls")
        expect(problems, not waits or view.waited(1, "trouble"), "Status told no wait")
        nothing(view, problems)
        return problems

    return check


def unreached(why, least=3, most=24):
    """No request arrives: the account waits, more and more slowly, and the journal says why."""

    def check(view):
        problems, host = [], view.host
        expect(problems, not [c for c in host.calls if c[1] == "day"], "a request arrived")
        tries = view.tries
        expect(problems, least <= tries <= most, f"{tries} tries, not {least} to {most}")
        expect(problems, view.waited(1, "trouble"), "Status told no wait")
        expect(problems, re.search(why, view.journal), "the journal does not say why")
        nothing(view, problems)
        return problems

    return check


def budgeted(limit, seconds):
    """Never more calls in a rolling window than our own count allows, and all days come."""

    def check(view):
        problems = []
        at = [moment for moment, kind, *_ in view.host.calls if kind != "token"]
        for first, past in zip(at, at[limit:]):
            expect(problems, past - first >= seconds, f"{limit + 1} calls in {past - first:.2f} s")
        for day in view.host.order:
            expect(problems, view.days.get(day) == "o", f"{day} is {view.days.get(day)}")
        expect(problems, not view.waited(30), "it waited as a header said")
        return problems

    return check


def calm(view):
    """All days come as if nothing had been said."""
    problems = []
    others(view, problems)
    expect(problems, view.days.get(view.host.bad_day) == "o", "the day is not stored")
    expect(problems, not view.waited(1), "it waited")
    return problems


def provisional(view):
    """Today is what was read last, and open; nothing is known of tomorrow."""
    problems, host = [], view.host
    today = host.order[0]
    expect(problems, view.days.get(today) == "o", f"today is {view.days.get(today)}")
    expect(problems, b'"items": [0, 1],' in (view.file(today) or b""),
           "today is not its last answer")
    expect(problems, max(view.days) == today, f"there is a {max(view.days)}")
    others(view, problems)
    return problems


provisional.genuine = lambda whole, body: json.loads(body)["day"] == json.loads(whole)["day"]


def refreshed(times, state):
    """The access token is refreshed so often, and then the day is this."""

    def check(view):
        problems, host = [], view.host
        asked = sum(1 for _, kind, *_ in host.calls if kind == "token") - 1
        expect(problems, asked == times, f"{asked} refreshes")
        expect(problems, view.days.get(host.bad_day) == state,
               f"the day is {view.days.get(host.bad_day)}")
        others(view, problems)
        return problems

    return check


