"""The life of a sign-in at django-oauth-toolkit, from the code to the logout.

Each scenario returns what was wrong.
"""

import time
import urllib.error
import urllib.parse
import urllib.request

from lab import day


def fetch(url):
    """The status that a browser gets."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def expect(problems, what, reached, wanted):
    if reached != wanted:
        problems.append(f"{what}: {reached}, not {wanted}")


def exchanged(site):
    """The exchanges of codes so far: status, and whether the verifier was there."""
    return [(call["status"], call["proof"]) for call in site.token_calls("authorization_code")]


def with_state(url, state):
    head, query = url.split("?", 1)
    fields = {**dict(urllib.parse.parse_qsl(query)), "state": state}
    return f"{head}?{urllib.parse.urlencode(fields)}"


def sign_in(lab):
    """`daybook login` waits at the loopback; a stranger's redirect comes before the right one."""
    problems = []
    site = lab.site()
    home = lab.house(site)
    home.begin()
    login = home.daybook("login", "me", "--no-browser")
    url = next((line.strip() for line in login.stdout if "/o/authorize/" in line), "")
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
    expect(problems, "challenge", asked.get("code_challenge_method"), "S256")
    back = site.browse(url)
    expect(problems, "a redirect of another state", fetch(with_state(back, "x" * 32)), 400)
    expect(problems, "exchanges before the right one", exchanged(site), [])
    expect(problems, "the redirect", fetch(back), 200)
    said = login.stdout.read()
    expect(problems, "exit status of login", login.wait(30), 0)
    if day(2) not in said:
        problems.append(f"login does not tell the first day: {said!r}")
    expect(problems, "exchanges and their verifiers", exchanged(site), [(200, True)])
    if not home.wait(home.patience, lambda: home.complete(3)):
        problems.append(f"not every day came: {home.streams()}")
    return problems + replay(home, site, back) + foreign(home, site) + tidy(home)


def replay(home, site, back):
    """The redirect comes again, in the same sign-in and in the next one."""
    problems = []
    if home.complete_login(back) is None:
        problems.append("a code was taken twice")
    expect(problems, "exchanges after a replay", len(exchanged(site)), 1)
    home.begin_login()
    if home.complete_login(back) is None:
        problems.append("the code of an old sign-in was taken")
    expect(problems, "exchanges after an old code", len(exchanged(site)), 1)
    return problems


def foreign(home, site):
    """A redirect with another state, given to the daemon itself; the right one counts after it."""
    problems = []
    back = site.browse(home.begin_login())
    if home.complete_login(with_state(back, "x" * 32)) is None:
        problems.append("another state was taken")
    expect(problems, "exchanges for it", len(exchanged(site)), 1)
    expect(problems, "the right state after it", home.complete_login(back), None)
    return problems


def tidy(home):
    """What is stored is as it should be."""
    problems = [f"lies: {lie}" for lie in home.lies()]
    findings = [finding for reply in home.verify({"deep": True}) or [{"parameters": {}}]
                for finding in reply["parameters"].get("findings") or []]
    return problems + [f"verify finds {finding}" for finding in findings]


def expiry(lab):
    """Access tokens live for 4 s: they are renewed in time, while 20 days are read all along. The
    toolkit ends the old token with the renewal, so calls under way may be refused: that is no
    reason to renew the new one."""
    problems = []
    site, home = lab.signed_in(days=20, life=4)
    end = time.monotonic() + 60
    while len(site.token_calls()) < 5 and time.monotonic() < end:
        expect(problems, "days read", home.resync(), 20)
    begun = [call["begin"] for call in site.token_calls()]
    if len(begun) < 5:
        problems.append("tokens are not renewed in time")
    # Half of the life, less the part of a second that the daemon does not count.
    soon = [round(b - a, 2) for a, b in zip(begun, begun[1:]) if b - a < 1]
    expect(problems, "seconds after which a new token was renewed", soon, [])
    return problems + tidy(home)


def storm(lab):
    """Access tokens end unforeseen, when many calls are about to leave: one refresh each time."""
    problems = []
    site, home = lab.signed_in(days=20)
    for count in range(1, 9):
        site.expire()
        expect(problems, "days read", home.resync(), 20)
        expect(problems, "refreshes", len(site.token_calls()), count)
    refused = [call for call in site.calls() if call.get("status") == 401 and call["access"]]
    if len(refused) < 9:
        problems.append(f"only {len(refused)} calls were refused: that is no storm")
    return problems + tidy(home)


def logout(lab):
    """The tokens are dead at the server, too."""
    problems = []
    site, home = lab.signed_in()
    home.wait(home.patience, lambda: home.complete(3))
    access = site.access()
    expect(problems, "the token before", site.status("/me", access), 200)
    expect(problems, "exit status of logout", home.daybook("logout", "me").wait(30), 0)
    if not home.wait(home.patience, lambda: not site.live()):
        problems.append("the refresh token lives on at the server")
    expect(problems, "the token after", site.status("/me", access), 401)
    expect(problems, "days that stay", home.complete(3), True)
    return problems + tidy(home)


def revoked(lab):
    """The grant is taken away at the server: somebody must sign in, and until then nothing is
    asked."""
    problems = []
    site, home = lab.signed_in()
    home.wait(home.patience, lambda: home.complete(3))
    site.revoke()
    home.ask("Resync", {"account": "me", "all": True})
    if not home.wait(home.patience, home.needs_sign_in):
        return problems + [f"no sign-in is asked for: {home.account()}"]
    problems += clear(home)
    before = len(site.calls())
    expect(problems, "a resync without a grant", home.resync(), None)
    home.end()
    home.begin()
    # A second is long for a daemon that has something to ask.
    home.wait(1, lambda: len(site.calls()) > before)
    expect(problems, "calls without a grant", len(site.calls()) - before, 0)
    home.sign_in()
    expect(problems, "days read after a sign-in", home.resync(), 3)
    return problems + tidy(home)


def clear(home):
    """That a sign-in is needed is said clearly: in the log, and by status, with the command."""
    problems = []
    if not home.wait(5, lambda: home.told(r"me: .*; run: daybook login me")):
        problems.append("the log does not name the command")
    status = home.daybook("status")
    said = status.stdout.read()
    expect(problems, "exit status of status", status.wait(30), 4)
    if "daybook login me" not in said:
        problems.append(f"status does not name the command: {said!r}")
    return problems


SCENARIOS = [
    ("sign-in by code and PKCE", sign_in),
    ("access tokens are renewed in time", expiry),
    ("access tokens end unforeseen", storm),
    ("logout", logout),
    ("revoked at the server", revoked),
]
