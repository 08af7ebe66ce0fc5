"""Names, ids, dates and provider files that somebody else wrote, 16 to 23."""

import contextlib
import json
import os
import re
import subprocess

from lab import must
from wire import NOBODY

NAMES = ["../x", "a/b", ".", "..", "", "x" * 65, "x" * 300, "-rf", "a\0b", "a\nb", "a\u202eb",
         "CON", "\u00e9", "e\u0301", "Me", "a b", "~", "a%2fb", ".hidden"]
GOOD = ["x" * 64, "con", "0", "a.b_c-d"]
SIGN_IN = """name: days
title: Days
login: code
urls: {{api: {0}, authorize: {0}/authorize, token: {0}/token}}
account:
  first_day: {{get: /me, at: /first, form: ymd}}
  id: {{get: /me, at: /id}}
streams:
  - name: steps
    request: {{get: "/user/{{id}}/day/{{start}}"}}
    window: {{form: ymd, ends: "[]"}}
    items: /items
    belongs: {{at: /day, form: ymd}}
    each:
      item: /id
      get:
        - {{name: track, request: {{get: "/item/{{item}}"}}}}
"""


def account_names(lab):
    with lab.home(login=True) as home:
        for name in NAMES:
            for method in ("Status", "Pause", "LoginBegin", "Logout", "Resync", "Verify"):
                error = home.error(method, {"account": name})
                must(error == "InvalidParameter", f"{method} of {name!r}: {error}")
            if "\0" not in name:
                status = home.daybook("status", "--", name).returncode
                must(status == 64, f"daybook status {name!r}: {status}")
        for name in NAMES + ["quarantine"]:
            status, said = checked(home, f"accounts: {{{json.dumps(name)}: {{provider: days}}}}\n")
            must(status == 78 and "daybook.yaml:1:" in said, f"settings with {name!r}: {said}")
        for name in GOOD:
            must(home.error("Status", {"account": name}) == "NoSuchAccount", name)


def checked(home, settings=None):
    """What the daemon says of settings, or of its provider files, before it starts."""
    if settings is not None:
        home.write("daybook.yaml", settings)
    ran = subprocess.run(
        [f"{home.build}/daybookd", "--check", "--config", f"{home.folder}/daybook.yaml",
         "--providers", f"{home.folder}/providers"], capture_output=True, text=True, timeout=60)
    return ran.returncode, ran.stdout + ran.stderr


def provider_names(lab):
    with lab.home() as home:
        for name in NAMES:
            status, said = checked(home, f"accounts: {{me: {{provider: {json.dumps(name)}}}}}\n")
            must(status == 78 and "daybook.yaml:1:" in said, f"provider {name!r}: {said}")
        home.accounts(["me"])
        for name in NAMES:
            with contextlib.suppress(OSError, ValueError):
                home.write(f"providers/{name}.yaml", "x: 1\n")
        status, said = checked(home)
        ignored = [line for line in said.splitlines() if "is not read" in line]
        must(status == 0 and len(ignored) >= 8, f"{len(ignored)} files are not read: {said}")


def server_ids(lab):
    """Ids go into requests, encoded; of names in the archive none comes from a server. An id that
    is a step in a path even so, or no text of one line, is no id: its day waits."""
    ids = ["../../etc/passwd", "..%2f..%2fetc", "/tmp/x", "%00", "\u202ea", "..", "."]
    for person in ("../../etc/passwd", "..%2F..%2Fx"):
        home = lab.house(len(ids), login=True)
        days = sorted(home.provider.days)

        def answer(request, form, home=home, person=person, days=days):
            path = request.path.split("?")[0]
            if path == "/me":
                return 200, {"first": home.provider.first, "id": person}
            if path.startswith("/item/"):
                return 200, {"track": [1, 2]}
            if "/day/" in path:
                day = path.rsplit("/", 1)[1]
                return 200, {"day": day, "items": [{"id": ids[days.index(day)]}]}
            return None

        home.provider.instead = answer
        home.write("providers/days.yaml", SIGN_IN.format(home.provider.origin))
        before = set(os.listdir(home.folder))
        with contextlib.closing(home):
            home.begin()
            must("error" not in home.sign_in()[0], "no sign-in")
            must(home.wait(60, lambda: sum(s["missing"] for s in home.streams()) == 0),
                 f"days: {home.streams()}")
            names = [name for name in home.tree() if not re.fullmatch(
                r"\.daybook|me/steps/\d{4}/\d\d/\d{4}-\d\d-\d\d\.(parts|[0-9a-f]{16})\.json", name)]
            must(not names, f"the archive has {names}")
            must(set(os.listdir(home.folder)) <= before | {"log", "copy"}, "something is beside it")
            paths = [path for _, path, _, _ in home.provider.heard]
            must(any("..%2F..%2Fetc%2Fpasswd" in path for path in paths), f"asked for {paths}")
            # libcurl takes the steps out of a path, and would ask for what no provider file names.
            strange = [path for path in paths if not re.fullmatch(
                r"/me|/token|/user/[^/]+/day/[\d-]+|/item/[^/]+", path)]
            must(not strange, f"ids . and .. lead to {strange}")
            stored = sum(s["open"] for s in home.streams())
            must(stored == len(ids) - 2, f"{stored} days with strange ids are stored")


def server_dates(lab):
    dates = ["2024-13-45", "-1", "99999-01-01", 20240101, None, "2024-02-30", "0000-00-00"]
    home = lab.house(len(dates))
    days = sorted(home.provider.days)

    def answer(request, form):
        path = request.path.strip("/").split("/")
        if path[0] != "day":
            return None
        return 200, {"day": dates[days.index(path[1])], "items": [1]}

    home.provider.instead = answer
    with contextlib.closing(home):
        home.begin()
        must(home.wait(60, lambda: sum(s["failing"] for s in home.streams()) == len(dates)),
             f"days about other days: {home.streams()}")
        must(list(home.tree()) == [".daybook"], f"stored: {list(home.tree())}")
        home.provider.instead = None
        home.resync()
        home.filled()
    for date in dates + [True, "1969-12-31T", ""]:
        first = lab.house(1)
        first.provider.instead = lambda request, form, date=date: (
            (200, {"first": date}) if request.path == "/me" else None)
        with contextlib.closing(first):
            first.begin()
            must(first.wait(60, lambda: first.provider.heard), "nothing is asked")
            must(not first.wait(0.3, lambda: sum(s["missing"] for s in first.streams())),
                 f"a first day of {date!r} is believed")
            must(first.account()["state"] != "sealed", "sealed")


URLS = [
    ("api: {0}", 'api: "https://{{host}}"'), ("api: {0}", 'api: "https://{{id}}.example"'),
    ("api: {0}", 'api: "https://api.example/{{item}}"'),
    ("api: {0}", "api: https://a@evil.example"),
    ("token: {0}/token", 'token: "https://{{id}}/token"'),
    ("authorize: {0}/authorize", 'authorize: "{{id}}"'),
    ('"/user/{{id}}/day/{{start}}"', '"https://evil.example/{{start}}"'),
    ('"/user/{{id}}/day/{{start}}"', '"@evil.example/{{start}}"'),
    ('"/user/{{id}}/day/{{start}}"', '".evil.example/{{start}}"'),
    ('"/user/{{id}}/day/{{start}}"', '":1@evil.example/{{start}}"'),
    ('"/user/{{id}}/day/{{start}}"', '"{{id}}/{{start}}"'),
    ('"/user/{{id}}/day/{{start}}"', '"/{{host}}/{{start}}"'),
    ('"/item/{{item}}"', '"{{item}}"'), ("get: /me, at: /id", 'get: "//{{item}}/me", at: /id'),
]


def url_templates(lab):
    with lab.home() as home:
        good = SIGN_IN.format("https://api.example")
        must(ruled(home, good).returncode == 0, "the file without a change is refused")
        for old, new in URLS:
            text = SIGN_IN.replace(old, new).format("https://api.example")
            must(text != good, f"{old} is not in it")
            ran = ruled(home, text)
            placed = re.search(r"days\.yaml:\d+:\d+: ", ran.stdout + ran.stderr)
            must(ran.returncode == 1 and placed, f"{new} passes: {ran.stdout}")


def ruled(home, text):
    home.write("providers/days.yaml", text)
    return home.daybook("check", f"{home.folder}/providers/days.yaml")


def foreign_files(lab):
    with contextlib.closing(lab.house()) as home:
        path = f"{home.folder}/providers/days.yaml"
        for mode, owner, word in ((0o666, 0, "chmod o-w"), (0o602, 0, "chmod o-w"),
                                  (0o600, NOBODY, "belongs to uid 65534")):
            os.chmod(path, mode)
            os.chown(path, owner, 0)
            home.refused(78, word)
        os.chmod(path, 0o644)
        os.chown(path, 0, 0)
        home.begin()


def cost(home, text):
    """CPU seconds that a check of this provider file takes."""
    home.write("providers/days.yaml", text)
    child = subprocess.Popen(
        [f"{home.build}/daybookd", "--check", "--config", f"{home.folder}/daybook.yaml",
         "--providers", f"{home.folder}/providers"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, used.ru_utime + used.ru_stime


def bombs(lab):
    """CPU time: a busy machine takes longer and does not work more."""
    laughs = "".join(f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 9)}]\n" for i in range(9))
    with contextlib.closing(lab.house()) as home:
        with open(f"{home.folder}/providers/days.yaml") as file:
            good = file.read()
        ordinary = min(cost(home, good)[1] for _ in range(3))
        for name, text in {
            "100 MB": good + "#" * (100 << 20), "100 MB in one word": "x" * (100 << 20),
            "depth": "a: " + "[" * 500_000, "depth of maps": "".join(
                " " * i + "a:\n" for i in range(1_000)), "laughs": "a0: &a0 x\n" + laughs,
            "a loop": "a: &a [*a]\n", "a merge loop": "a: &a\n  <<: *a\n",
            "include": "a: !include days.yaml\n", "documents": "---\n" * 300_000,
        }.items():
            status, seconds = cost(home, text)
            must(status == 78, f"{name}: {status}")
            must(seconds - ordinary <= 0.1, f"{name}: {seconds - ordinary:.3f} s of CPU more")


def plain_http(lab):
    with contextlib.closing(lab.house()) as home:
        with open(f"{home.folder}/providers/days.yaml") as file:
            good = file.read()
        for origin in ("http://example.org", "http://192.0.2.1", "http://127.0.0.1.example.org",
                       "ftp://example.org", "http://localhost.example.org", "http://[::2]"):
            home.write("providers/days.yaml", good.replace(home.provider.origin, origin))
            status, said = checked(home)
            must(status == 78 and "days.yaml:" in said, f"{origin} is taken: {said}")
        home.write("providers/days.yaml", good)
        settings = "accounts: {me: {provider: days, origin: %s}}\n"
        status, said = checked(home, settings % '"http://192.0.2.1"')
        must(status == 78 and "allow_plain_http" in said, f"an origin of http: {said}")
        status, said = checked(home, settings % '"https://192.0.2.1"')
        must(status == 0, f"an origin of https: {said}")
