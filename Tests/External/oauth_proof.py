"""Daybook against django-oauth-toolkit: the life of a sign-in, the daemon's death at every point
of a refresh, and the figures of both."""

import statistics
import textwrap
import time

import oauth_kills
import oauth_scenarios
import oauth_timing

GRACES = (0, 120)
# Of either grace there are about 130.
KILLS = 200


def together(calls):
    """The most calls that were at the server at one moment."""
    moments = sorted([(call["begin"], 1) for call in calls] + [(call["end"], -1) for call in calls])
    most = now = 0
    for _, step in moments:
        now += step
        most = max(most, now)
    return most


def replays(calls):
    """Refreshes with a token whose successor had been used by then: that gives a thief away, and
    ends the family."""
    bad = 0
    used = {}
    for call in calls:
        if call.get("path") != "/o/token/" and call["status"] == 200:
            used.setdefault(call["access"], call["end"])
    for call in calls:
        if call.get("grant") == "refresh_token":
            bad += any(used.get(older["access"], call["begin"]) < call["begin"]
                       for older in calls if older.get("refresh") == call["refresh"]
                       and older.get("access") and older["end"] < call["begin"])
    return bad


def scenarios(lab):
    """How many failed, having told why."""
    bad = 0
    for name, play in oauth_scenarios.SCENARIOS:
        begun = time.monotonic()
        try:
            problems = play(lab)
        except Exception as error:  # what could not be played is no pass
            problems = [repr(error)]
        bad += bool(problems)
        tell(f"{name}, {time.monotonic() - begun:.1f} s", problems)
    return bad


def tell(name, problems):
    print(f"  {name}: {'as it should be' if not problems else 'NOT as it should be'}", flush=True)
    for problem in problems[:10]:
        print(textwrap.indent(textwrap.fill(problem, 76), "    "), flush=True)


def table(tallies):
    print(f"  {'daemon ended':<20}" + "".join(
        f"{f'grace {tally.grace} s':>12}{'lost':>6}" for tally in tallies))
    for stage in oauth_kills.STAGES:
        print(f"  {stage:<20}" + "".join(
            f"{tally.kills[stage]:>12}{tally.lost[stage]:>6}" for tally in tallies), flush=True)


def play(lab):
    """The figures."""
    bad = scenarios(lab)
    steady = [call for site in lab.sites for call in site.token_calls() if call["status"] == 200]
    times, problems = oauth_timing.rotate(lab)
    tell("new tokens are durable before they are used", problems)
    steady += lab.sites[-1].token_calls()
    tallies = [oauth_kills.disturb(lab, grace) for grace in GRACES]
    table(tallies)
    for tally in tallies:
        tell(f"grace of {tally.grace} s", tally.problems)
    none, some = tallies
    window = (oauth_kills.SENT, oauth_kills.ANSWERED)
    elsewhere = sum(lost for stage, lost in none.lost.items() if stage not in window)
    every = [call for site in lab.sites for call in site.calls()]
    return [
        ("OAuth scenarios that failed", bad + bool(problems), "= 0"),
        ("ends of the daemon in a refresh", sum(sum(t.kills.values()) for t in tallies),
         f">= {KILLS}"),
        ("of them not as they should be", sum(len(t.problems) for t in tallies), "= 0"),
        ("families lost, grace 120 s", sum(some.lost.values()), "= 0"),
        ("lost outside answer..commit, grace 0", elsewhere, "= 0"),
        ("lost within answer..commit, grace 0", sum(none.lost.values()) - elsewhere, "report"),
        ("answer to commit, median", f"{statistics.median(times):.1f} ms", "<= 5 ms"),
        ("refresh POSTs per rotation", round(len(steady) / len(
            {call["successor"] for call in steady}), 3), "= 1"),
        ("refreshes in flight at once", max(together(site.token_calls()) for site in lab.sites),
         "<= 1"),
        ("used tokens that were presented again", sum(replays(site.calls()) for site in lab.sites),
         "= 0"),
        ("calls that the OAuth server answered", len(every), "report"),
    ]
