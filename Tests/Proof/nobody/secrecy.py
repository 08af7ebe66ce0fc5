"""Secrets through everything that can happen to them, 32 and 33."""

import contextlib
import os
import re
import signal
import urllib.parse

import canaries
from house import PROVIDER
from lab import must

CODE = "\nurls: {{api: {0}, authorize: {0}/authorize, token: {0}/token, revoke: {0}/revoke}}\n"
FORM = """form:
  page: /login
  post: /login
  hidden: [k]
  user: email
  password: password
  success: [/home]
  id: [{before: "userId="}]
answers:
  - {call: data, status: 302, means: stale_token}
"""
PAGE = (b'<form><input type="hidden" name="k" value="v"><input name="email">'
        b'<input name="password" type="password"></form>')
COMMANDS = [["status"], ["status", "--json"], ["days"], ["plan"], ["plan", "--json"], ["version"],
            ["verify", "--deep", "--json"], ["status", "me"], ["doctor", "--json"]]


def house(lab, marks, **given):
    """With a core file wanted, in a folder of its own, whenever it dies."""
    home = marks.mark(lab.house(**given))
    os.mkdir(f"{home.folder}/cores")
    home.before = ["sh", "-c", f'cd {home.folder}/cores; ulimit -c unlimited; exec "$@"', "sh"]
    return home


def revocable(home):
    path = f"{home.folder}/providers/days.yaml"
    with open(path) as file:
        text = re.sub(r"\nurls: .*\n", CODE.format(home.provider.origin), file.read())
    home.write("providers/days.yaml", text)


def look(home):
    """Every command has its say."""
    canaries.process(home)
    for words in COMMANDS:
        more = ["--config", f"{home.folder}/daybook.yaml"] if "doctor" in words else []
        home.daybook(*words, *more)
    home.ask("Status")


def again(home, number):
    """Ends it, in the way that is asked for, and starts it again."""
    home.end(number)
    home.begin()


def login(home, code):
    """With a code that is a canary too."""
    answer = home.sign_in(code)
    must("error" not in answer[0], f"no sign-in: {answer}")


@contextlib.contextmanager
def signed_in(lab, prepare=lambda home: None):
    """A house whose secrets are canaries, once somebody has signed in and every day is there; and
    the canaries."""
    marks = canaries.Canaries()
    with contextlib.closing(house(lab, marks, login=True)) as home:
        prepare(home)
        home.begin()
        login(home, marks.word("code"))
        home.filled()
        yield home, marks


def whole_life(lab):
    """Sign-in, reading, refreshing, ends of every kind, a sign-in that is refused, logout."""
    canaries.self_test(canaries.Canaries())
    with signed_in(lab, revocable) as (home, marks):
        marks.words["verifier"] = next(
            form["code_verifier"] for *_, form in home.provider.heard if form)
        look(home)
        for number in (signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGTERM):
            issued = home.provider.issued
            home.provider.access = {}
            home.resync()
            must(home.wait(60, lambda: home.provider.issued > issued), "no refresh")
            again(home, number)
        home.filled()
        canaries.granted(home, marks, "access", "refresh")
        home.provider.instead = refuse
        back, state = home.begin_login()
        typed = f"{back}?code={urllib.parse.quote(marks.word('code'), safe='')}"
        home.ask("LoginComplete", {"account": "me", "url": f"{typed}&state={state[::-1]}"})
        home.ask("LoginComplete", {"account": "me", "url": f"{typed}&state={state}"})
        home.provider.instead = None
        look(home)
        home.daybook("logout", "me")
        must(any(path == "/revoke" for _, path, _, _ in home.provider.heard), "nothing is revoked")
        home.end(signal.SIGTERM)
        canaries.search(lab, home, marks)


def refuse(request, form):
    """The token endpoint says all that it was told."""
    if form is None:
        return None
    return 400, {"error": form.get("code"), "error_description": str(form)}


def echoing(origin, kinds):
    """An error for each call, of another kind each time, which says all that came."""
    turn = iter(range(1 << 30))

    def answer(request, form):
        if request.path == "/me":
            return None
        bearer = request.headers.get("Authorization") or (form or {}).get("refresh_token", "")
        status = kinds[next(turn) % len(kinds)]
        if form and status in (401, 410) and len(kinds) == 1:
            status = 503  # the end of the sign-in or of the service, if it came from both
        said = {"error": bearer, "error_description": f"{bearer} {form}", "message": bearer,
                "items": [bearer]}
        return status, said, [
            ("WWW-Authenticate", f'Bearer error="invalid_token", error_description="{bearer}"'),
            ("Location", f"{origin}/?access_token={bearer.split()[-1] if bearer else ''}"),
            ("ETag", f'"{bearer}"'), ("X-Echo", bearer), ("Retry-After", bearer)]

    return answer


# One after another: three failures in a row make it wait, and a kill ends the waiting. That after a
# refusal outlasts a kill, so those have an installation of their own.
ECHOES = ([[500, 503, 404], [403], [410], [301, 302, 308], [200, 206, 422], [401], [400, 500],
           [401, 401]], [[429]])


def echoes(lab):
    """Errors of both the API and the token endpoint; a 200 that is none is one."""
    for turns in ECHOES:
        with signed_in(lab) as (home, marks):
            tree = home.tree()
            for kinds in turns:
                echo(home, kinds)
            home.provider.instead = None
            home.end(signal.SIGTERM)
            must(home.tree() == tree, "an error is stored")
            canaries.granted(home, marks, "access", "refresh")
            canaries.search(lab, home, marks)


def echo(home, kinds):
    home.provider.instead = echoing(home.provider.origin, kinds)
    asked = len(home.provider.heard)
    home.resync()
    must(home.wait(60, lambda: len(home.provider.heard) > asked), f"{kinds}: nothing asked")
    home.wait(0.3, lambda: False)
    home.ask("Status")
    home.daybook("status", "me")
    again(home, signal.SIGKILL)


def typed_token(lab, login, kind):
    """A token, or a key, that is typed into the command; the first one is not accepted."""
    marks = canaries.Canaries()
    with contextlib.closing(house(lab, marks)) as home:
        word = marks.word(kind)
        api = f"api: {home.provider.origin}"
        urls = api + (f", token: {home.provider.origin}/token" if login == "key" else "")
        home.write("providers/days.yaml", PROVIDER.format(
            name="days", login=login, urls=urls, more=""))
        if login == "token":
            home.provider.access[word + "-1"] = None
        home.begin()
        ran = home.daybook("login", "me", typed=word + " x\n")
        must(ran.returncode == 4, f"a token of two words: {ran.returncode}")
        if login == "token":
            home.daybook("login", "me", typed=word + "-2\n")
        else:
            home.provider.instead = lambda request, form: (
                home.provider.pair() if request.path == "/token" else None)
        ran = home.daybook("login", "me", typed=word + "-1\n")
        must(ran.returncode == 0, f"the {kind} is not taken: {ran.stderr}")
        home.filled()
        look(home)
        again(home, signal.SIGABRT)
        home.end(signal.SIGTERM)
        canaries.granted(home, marks, kind if login == "token" else "access")
        canaries.search(lab, home, marks)


def typed_form(lab):
    """User name and password of a site; its cookies are the grant."""
    marks = canaries.Canaries()
    with contextlib.closing(house(lab, marks)) as home:
        home.write("providers/days.yaml", PROVIDER.format(
            name="days", login="form", urls=f"api: {home.provider.origin}", more=FORM))
        password, cookie = marks.word("password"), marks.word("cookie")
        home.provider.instead = site(home, password, cookie)
        home.begin()
        ran = home.daybook("login", "me", typed=f"jane\n{password}-wrong\n")
        must(ran.returncode == 4, f"a wrong password: {ran.returncode}")
        ran = home.daybook("login", "me", typed=f"jane\n{password}\n")
        must(ran.returncode == 0, f"no sign-in: {ran.stderr}")
        home.filled()
        look(home)
        again(home, signal.SIGKILL)
        home.end(signal.SIGTERM)
        canaries.granted(home, marks, "cookie")
        canaries.search(lab, home, marks)


def site(home, password, cookie):
    page = [("Content-Type", "text/html")]

    def answer(request, form):
        signed_in = cookie in (request.headers.get("Cookie") or "")
        if form is not None:
            right = form.get("password") == password
            session = [("Set-Cookie", f"session={cookie}; Path=/")] if right else []
            return 302, b"", [("Location", "/home" if right else "/login"), *session]
        if request.path == "/login":
            return 200, PAGE, page
        if request.path == "/home" and signed_in:
            return 200, b"<script>userId=7</script>", page
        return None if signed_in else (302, b"", [("Location", "/login")])

    return answer


def everything(lab):
    whole_life(lab)
    typed_token(lab, "token", "token")
    typed_token(lab, "key", "key")
    typed_form(lab)
